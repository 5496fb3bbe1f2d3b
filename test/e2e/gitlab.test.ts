// The job on GitLab, carried out as its template says, against the emulator and an API of notes on loopback.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type NoteApi, openNoteApi, runShell } from './runner.ts';
import { handbook, openSite, root, type Site, user } from './site.ts';

const openApi = (): Promise<NoteApi> =>
  openNoteApi({
    listPath: /^\/projects\/5\/merge_requests\/7\/notes$/,
    notePath: /^\/projects\/5\/merge_requests\/7\/notes\/(\d+)$/,
    me: '31',
    shown: ({ id, author, body }) => ({ id, body, author: { id: author } }),
  });

function run(site: Site, api: NoteApi, env: Readonly<Record<string, string>> = {}) {
  return runShell(`node "${root}ci/gitlab.mjs" plan`, {
    cwd: site.folder,
    env: {
      ...user,
      CI_API_V4_URL: api.url,
      CI_PROJECT_ID: '5',
      CI_MERGE_REQUEST_IID: '7',
      CI_COMMIT_SHA: 'b'.repeat(40),
      CI_JOB_URL: 'https://gitlab.example/jobs/1',
      WIKIFORM_GITLAB_TOKEN: 'glpat-canary',
      ...env,
    },
  });
}

test('keeps one note on the merge request, and the plan as artifacts', async () => {
  const site = await openSite();
  const api = await openApi();
  site.manifest(handbook('- Welcome'));
  api.notes.push({ id: 1, author: '8', body: '<!-- wikiform wikiform.yaml -->\nmine' });
  const planned = await run(site, api);
  expect(planned.exitCode, planned.log).toBe(0);
  expect(JSON.parse(site.read('plan.json'))).toMatchObject({ summary: { createNode: 1 } });
  expect(site.read('plan.md')).toContain('### Plan: 1 space, 1 to create');
  expect(api.notes[1]?.body).toContain(site.read('plan.md').trim());

  site.manifest(handbook('- Welcome\n- News'));
  await run(site, api);
  expect(api.notes).toHaveLength(2);
  expect(api.notes[0]?.body).toContain('mine');
  expect(api.notes[1]?.body).toContain('### Plan: 1 space, 2 to create');

  site.manifest(handbook('- Welcome\n- Welcome'));
  expect(await run(site, api)).toMatchObject({ exitCode: 1 });
  expect(api.notes[1]?.body).toContain('DUPLICATE_KEY');
  expect([...api.tokens]).toEqual(['glpat-canary']);
  for (const text of [planned.log, site.read('plan.md'), site.read('plan.json')]) {
    expect(text).not.toContain('glpat-canary');
  }
});

test('without a token, or where the host refuses, the job says so and goes on', async () => {
  const site = await openSite();
  const api = await openApi();
  site.manifest(handbook('- Welcome'));
  const without = await run(site, api, { WIKIFORM_GITLAB_TOKEN: '' });
  expect(without.exitCode, without.log).toBe(0);
  expect(without.log).toContain('WIKIFORM_GITLAB_TOKEN is not set');
  api.refuse(401);
  const refused = await run(site, api);
  expect(refused.exitCode, refused.log).toBe(0);
  expect(refused.log).toContain('HTTP 401');
  expect(api.notes).toEqual([]);
});

test('the template runs what is shipped, one apply at a time', () => {
  const template: Record<string, Record<string, unknown>> = parse(
    readFileSync(join(root, 'ci/templates/gitlab.yml'), 'utf8'),
  );
  expect(Object.keys(template)).toEqual([
    'stages',
    '.wikiform',
    'wikiform validate',
    'wikiform plan',
    'wikiform apply',
    'wikiform drift',
  ]);
  expect(template['wikiform apply']).toMatchObject({ resource_group: 'wikiform' });
  expect(JSON.stringify(template['wikiform plan'])).toContain('ci/gitlab.mjs');
});
