// With --format json, stdout is one document on every way out, and it is what its schema says.

import { expect, test } from 'vitest';
import { handbook, openSite } from './site.ts';

const good = handbook('- Welcome\n- { title: Onboarding, children: [Day one] }');
const bad = handbook('- Welcome\n- Welcome\n');

test('validate', async () => {
  const site = await openSite({ env: {} });
  site.manifest(good);
  const valid = await site.run('validate --format json');
  expect(valid.exitCode).toBe(0);
  expect(valid.validation()).toEqual({ formatVersion: '1.0', valid: true, diagnostics: [] });

  site.manifest(bad);
  const invalid = await site.run('validate --format json');
  expect(invalid.exitCode).toBe(1);
  expect(invalid.validation()).toMatchObject({
    valid: false,
    diagnostics: [{ code: 'DUPLICATE_KEY', source: { file: 'wikiform.yaml', line: 8, column: 9 } }],
  });
  const missing = await site.run('validate nowhere.yaml --format json');
  expect(missing.validation()).toMatchObject({ valid: false, diagnostics: [{ code: 'FILE_UNREADABLE' }] });
  const misused = await site.run('validate --nonsense --format=json');
  expect(misused.validation()).toMatchObject({ valid: false, diagnostics: [{ code: 'USAGE' }] });
});

test('validate says what is in a good file, and takes several', async () => {
  const site = await openSite({ env: {} });
  site.manifest(good);
  site.write('bad.yaml', 'version: 1\nprovider: dingding\nspaces: {}\n');
  expect((await site.run('validate')).stdout).toBe('wikiform.yaml: valid (1 space, 3 pages)\n');
  const both = await site.run('validate wikiform.yaml bad.yaml');
  expect(both).toMatchObject({ exitCode: 1, stdout: 'wikiform.yaml: valid (1 space, 3 pages)\n' });
  expect(both.stderr).toContain('bad.yaml:2:11');
  expect(both.stderr).toContain('FIELD_INVALID');
});

test('plan and apply', async () => {
  const site = await openSite();
  site.manifest(bad);
  for (const words of ['plan', 'apply', 'plan --nonsense', 'apply one two']) {
    const ended = await site.run(`${words} --format json`);
    expect(ended).toMatchObject({ exitCode: 1, stderr: '' });
    const document = words.startsWith('plan') ? ended.plan() : ended.apply();
    expect(document).toMatchObject({ errored: true, steps: [] });
    expect(document.diagnostics).toHaveLength(1);
  }

  site.manifest(good);
  const noCredentials = await site.run('plan --format json', { env: {} });
  expect(noCredentials.plan()).toMatchObject({ diagnostics: [{ code: 'CREDENTIALS_MISSING' }] });
  const planned = await site.run('plan --format json --out plan.json');
  expect(planned.plan()).toMatchObject({
    errored: false,
    provider: 'feishu',
    summary: { createSpace: 1, createNode: 3 },
    estimate: { readCalls: 1, writeCalls: 4 },
    diagnostics: [],
  });
  const unapproved = await site.run('apply --format json');
  expect(unapproved.exitCode).toBe(1);
  expect(unapproved.apply()).toMatchObject({
    errored: true,
    status: 'refused',
    diagnostics: [{ code: 'APPROVAL_MISSING' }],
  });
  const applied = await site.run('apply --auto-approve --format json');
  expect(applied.apply()).toMatchObject({ errored: false, status: 'applied', seconds: 0, diagnostics: [] });
  const again = await site.run('apply --auto-approve --format json');
  expect(again.apply()).toMatchObject({ status: 'no-changes', steps: [], calls: { total: 3 } });
});

test('a refused plan is a document with its steps and its errors', async () => {
  const site = await openSite();
  site.manifest(`guard: { maxChanges: 1 }\n${good}`);
  const planned = await site.run('plan --format json');
  expect(planned).toMatchObject({ exitCode: 4, stderr: '' });
  expect(planned.plan()).toMatchObject({ errored: true, diagnostics: [{ code: 'GUARD_EXCEEDED' }] });
  expect(planned.plan().steps).toHaveLength(4);
  const applied = await site.run('apply --auto-approve --format json');
  expect(applied.apply()).toMatchObject({ status: 'refused' });
  expect(applied.apply().steps.map(({ status }) => status)).toEqual(Array(4).fill('not-started'));
});

test('a failure of the vendor is a document, with the request to ask about', async () => {
  const site = await openSite({ credentials: { users: {} } });
  site.manifest(good);
  for (const words of ['plan', 'apply --auto-approve']) {
    const ended = await site.run(`${words} --format json`);
    const document = words === 'plan' ? ended.plan() : ended.apply();
    expect(document.diagnostics).toMatchObject([{ code: 'PROVIDER_FAILED' }]);
    expect(document.diagnostics[0]?.detail).toMatch(/\b20\d{12}[0-9A-F]{8}\b/);
  }
});
