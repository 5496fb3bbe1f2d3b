// `wikiform fmt`: the manifest and all it includes are laid out; what cannot be read is said.

import { chmodSync, lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSite } from './site.ts';

const untidy = `version:   1
provider: feishu
include: [ 'spaces/*.yaml' ]
`;
const untidySpace = `spaces:
    people:
        # who works here
        name:  'People'


        nodes:
        - Welcome   # first
        -   title: Policies
            children: [Holidays,Travel]
            # - Security
`;
const tidySpace = `spaces:
  people:
    # who works here
    name: "People"

    nodes:
      - Welcome   # first
      - title: Policies
        children: [Holidays, Travel]
        # - Security
`;

test('a manifest and what it includes', async () => {
  const site = await openSite();
  site.write('wikiform.yaml', untidy);
  site.write('spaces/people.yaml', untidySpace);
  site.write('spaces/sales.yaml', 'spaces:\n  sales:\n    name: Sales\n');

  const checked = await site.run('fmt --check');
  expect(checked).toMatchObject({ exitCode: 1, stdout: 'wikiform.yaml\nspaces/people.yaml\n' });
  expect(checked.stderr).toContain('wikiform fmt, without --check, mends it');
  expect(site.read('spaces/people.yaml')).toBe(untidySpace);

  const json = JSON.parse((await site.run('fmt --check --format json')).stdout);
  expect(json).toMatchObject({
    errored: false,
    files: ['wikiform.yaml', 'spaces/people.yaml', 'spaces/sales.yaml'],
    changed: ['wikiform.yaml', 'spaces/people.yaml'],
  });

  expect(await site.run('fmt')).toMatchObject({ exitCode: 0, stdout: 'wikiform.yaml\nspaces/people.yaml\n' });
  expect(site.read('wikiform.yaml')).toBe('version: 1\nprovider: feishu\ninclude: ["spaces/*.yaml"]\n');
  expect(site.read('spaces/people.yaml')).toBe(tidySpace);
  expect(await site.run('fmt')).toMatchObject({ exitCode: 0, stdout: '' });
  expect(await site.run('fmt --check')).toMatchObject({ exitCode: 0, stdout: '' });
});

test('files by name; one that cannot be read does not keep the others back', async () => {
  const site = await openSite();
  site.write('a.yaml', 'version:   1\n');
  site.write('b.yaml', 'version: [\n');
  const ended = await site.run('fmt a.yaml b.yaml c.yaml');
  expect(ended).toMatchObject({ exitCode: 1, stdout: 'a.yaml\n' });
  expect(ended.stderr).toContain('YAML_SYNTAX');
  expect(ended.stderr).toContain('FILE_UNREADABLE');
  expect(site.read('a.yaml')).toBe('version: 1\n');
  expect(site.read('b.yaml')).toBe('version: [\n');
});

test('what is wrong with the manifest itself does not matter', async () => {
  const site = await openSite();
  site.write('wikiform.yaml', 'version: 1\nprovider: nobody\nspaces:\n    a: { nodes: 3 }\n');
  expect(await site.run('fmt')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(site.read('wikiform.yaml')).toBe('version: 1\nprovider: nobody\nspaces:\n  a: { nodes: 3 }\n');
});

test('a link stays a link, and a mode stays', async () => {
  const site = await openSite();
  mkdirSync(join(site.folder, 'real'));
  writeFileSync(join(site.folder, 'real/w.yaml'), untidySpace);
  chmodSync(join(site.folder, 'real/w.yaml'), 0o640);
  symlinkSync('real/w.yaml', join(site.folder, 'wikiform.yaml'));
  expect(await site.run('fmt')).toMatchObject({ exitCode: 0 });
  expect(lstatSync(join(site.folder, 'wikiform.yaml')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(site.folder, 'real/w.yaml'), 'utf8')).toBe(tidySpace);
  expect(statSync(join(site.folder, 'real/w.yaml')).mode & 0o777).toBe(0o640);
});

test('a file that cannot be written is left as it is', async () => {
  const site = await openSite();
  site.write('wikiform.yaml', untidySpace);
  mkdirSync(join(site.folder, `wikiform.yaml.${process.pid}.tmp`));
  const ended = await site.run('fmt --format json');
  expect(ended.exitCode).toBe(1);
  const { errored, diagnostics } = JSON.parse(ended.stdout);
  expect({ errored, code: diagnostics[0].code }).toEqual({ errored: true, code: 'FILE_UNWRITABLE' });
  expect(site.read('wikiform.yaml')).toBe(untidySpace);
});
