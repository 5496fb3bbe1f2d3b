// The script that is printed for bash, sourced by a real one, asking the built command.

import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { handbook, openSite, root, type Site } from './site.ts';

const hasBash = spawnSync('bash', ['--version']).status === 0;

/** What bash is given to offer where the cursor stands at the end of the line. */
function offered(site: Site, line: string): readonly string[] {
  const reply = '"$' + '{COMPREPLY[@]}"';
  const script = `source <(wikiform completion bash); _wikiform; printf "%s\\n" ${reply}`;
  const ended = spawnSync('bash', ['--norc', '--noprofile', '-c', script], {
    cwd: site.folder,
    encoding: 'utf8',
    env: {
      PATH: `${join(site.folder, 'bin')}:${process.env.PATH}`,
      COMP_LINE: line,
      COMP_POINT: String(line.length),
    },
  });
  expect(ended.stderr).toBe('');
  return ended.stdout.split('\n').filter((value) => value !== '');
}

test.skipIf(!hasBash)('bash completes commands, flags, values and addresses', async () => {
  const site = await openSite({ env: {} });
  site.manifest(handbook('- Welcome\n- { title: "Day: one", children: [A (b)] }'));
  site.write('bin/wikiform', `#!/bin/sh\nexec "${process.execPath}" "${root}dist/cli/main.js" "$@"\n`);
  chmodSync(join(site.folder, 'bin/wikiform'), 0o755);
  expect(offered(site, 'wikiform expl')).toEqual(['explain']);
  expect(offered(site, 'wikiform plan --format=mark')).toEqual(['markdown']);
  expect(offered(site, 'wikiform explain ')).toEqual(['handbook']);
  expect(offered(site, 'wikiform explain handbook/')).toEqual(['handbook/Welcome', 'handbook/Day\\:\\ one']);
  expect(offered(site, "wikiform explain 'handbook/Day: one/")).toEqual(['handbook/Day: one/A (b)']);
});

test.skipIf(!hasBash)('nothing that was typed is run', async () => {
  const site = await openSite({ env: {} });
  site.manifest(handbook('- Welcome'));
  site.write('bin/wikiform', `#!/bin/sh\nexec "${process.execPath}" "${root}dist/cli/main.js" "$@"\n`);
  chmodSync(join(site.folder, 'bin/wikiform'), 0o755);
  expect(offered(site, 'wikiform explain $(touch run) `touch run` ;touch run;')).toEqual([]);
  expect(() => site.read('run')).toThrow('ENOENT');
});

test('completion says which shells there are, and prints JSON where that is asked for', async () => {
  const site = await openSite({ env: {} });
  const unknown = await site.run('completion tcsh');
  expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
  expect(unknown.stderr).toContain('bash, zsh, fish');
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { stdout } = await site.run(`completion ${shell}`);
    expect(stdout).toContain(`wikiform completion ${shell} --`);
    expect(JSON.parse((await site.run(`completion ${shell} --format json`)).stdout)).toMatchObject({
      shell,
      script: stdout,
    });
  }
  // A manifest with mistakes is being written: nothing is offered, and nothing is said.
  site.write('wikiform.yaml', 'version: [');
  const asked = await site.run('completion zsh -- explain h');
  expect(asked).toMatchObject({ exitCode: 0, stdout: 'values\n', stderr: '' });
});
