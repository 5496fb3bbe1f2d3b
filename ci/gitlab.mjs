#!/usr/bin/env node
// A job on GitLab: `node gitlab.mjs plan` writes the plan to one note on the merge request, and to plan.json
// and plan.md for artifacts. The note needs WIKIFORM_GITLAB_TOKEN, a project access token with the scope
// `api`; GitLab's own job token may not write notes.

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { wikiform } from './command.mjs';
import { callApi, markerOf, notesPerPage, upsertNote } from './note.mjs';

const { env } = process;

async function plan() {
  const { exitCode, stdout } = await wikiform(
    ['plan', '--format', 'markdown', '--out', 'plan.json', '--detailed-exitcode'],
    { catches: true, env: { ...withoutToken(), ...withBase() } },
  );
  // A run that was killed leaves none, and an older note must not stand for it.
  const plan = stdout || `### wikiform plan: ended with exit code ${exitCode}\n\nSee the log of the job.\n`;
  writeFileSync('plan.md', plan);
  process.stdout.write(plan);
  await note(plan);
  return exitCode === 2 ? 0 : exitCode;
}

/** wikiform has no use for it. */
function withoutToken() {
  const { WIKIFORM_GITLAB_TOKEN: _, ...rest } = env;
  return rest;
}

function withBase() {
  const base = env.CI_MERGE_REQUEST_DIFF_BASE_SHA;
  if (env.WIKIFORM_BASE || !base) return {};
  const isHere = spawnSync('git', ['cat-file', '-e', `${base}^{commit}`]).status === 0;
  if (!isHere) console.error('The base is not in the checkout (GIT_DEPTH), so no step says whose it is.');
  return isHere ? { WIKIFORM_BASE: base } : {};
}

async function note(markdown) {
  const { CI_API_V4_URL: api, CI_PROJECT_ID: project, CI_MERGE_REQUEST_IID: request } = env;
  const token = env.WIKIFORM_GITLAB_TOKEN;
  if (!request) return;
  if (!token) {
    console.error('No note was written: WIKIFORM_GITLAB_TOKEN is not set. The plan is in plan.md.');
    return;
  }
  try {
    const notes = mergeRequestNotes({ api, project, request, token });
    await upsertNote(notes, markerOf(env), `${markdown.trimEnd()}\n\n${footer()}`);
  } catch (error) {
    console.error(`No note was written: ${error.message ?? error}. The plan is in plan.md.`);
  }
}

const footer = () =>
  `<sub>${(env.CI_COMMIT_SHA ?? '').slice(0, 12)} · <a href="${env.CI_JOB_URL}">job</a></sub>\n`;

function mergeRequestNotes({ api, project, request, token }) {
  const headers = { 'private-token': token };
  const notes = `${api}/projects/${project}/merge_requests/${request}/notes`;
  return {
    whoAmI: async () => String((await callApi(`${api}/user`, { headers })).id),
    async list(page) {
      const url = `${notes}?per_page=${notesPerPage}&page=${page}&sort=asc`;
      const found = await callApi(url, { headers });
      return found.map(({ id, body, author }) => ({ id, body: body ?? '', author: String(author?.id) }));
    },
    create: (body) => callApi(notes, { method: 'POST', headers, body: { body } }),
    update: (id, body) => callApi(`${notes}/${id}`, { method: 'PUT', headers, body: { body } }),
  };
}

if (process.argv[2] === 'plan') process.exitCode = await plan();
else {
  console.error('The command is plan; apply and drift need nothing but wikiform itself.');
  process.exitCode = 1;
}
