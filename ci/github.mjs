#!/usr/bin/env node

// A job on GitHub: `node github.mjs plan | apply | drift`. Everything comes from the environment: what the
// runner sets, flags as WIKIFORM_… and credentials as wikiform takes them. It writes annotations to the
// log, the summary and the outputs to the runner's files, and the plan to one comment on the pull request.

import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fenced, wikiform } from './command.mjs';
import { ApiError, callApi, markerOf, notesPerPage, upsertNote } from './note.mjs';

const { env } = process;
/** What wikiform gets: it has no use for the token of the workflow, and colours do not belong in a summary. */
const { GITHUB_TOKEN: _, ...rest } = env;
const own = { ...rest, NO_COLOR: '1' };
const scratch = mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), 'wikiform-'));

function run(command) {
  switch (command) {
    case 'plan':
      return plan();
    case 'apply':
      return apply();
    case 'drift':
      return drift();
    default:
      console.log('::error title=wikiform::The command is plan, apply or drift.');
      return 1;
  }
}

async function plan() {
  const summaryFile = join(scratch, 'summary.md');
  const planFile = env.WIKIFORM_OUT || join(scratch, 'plan.json');
  writeFileSync(summaryFile, '');
  const base = withBase();
  const { exitCode, stdout } = await shielded(() =>
    wikiform(['plan', '--format', 'github', '--out', planFile, '--detailed-exitcode'], {
      catches: true,
      env: { ...own, ...base, WIKIFORM_OUT: '', GITHUB_STEP_SUMMARY: summaryFile },
    }),
  );
  // Annotations alone: the summary went to the file.
  process.stdout.write(stdout);
  // A run that was killed leaves none, and an older comment must not stand for it.
  const ended = `### wikiform plan: ended with exit code ${exitCode}\n\nSee the log of the job.\n`;
  const summary = readFileSync(summaryFile, 'utf8') || ended;
  append(env.GITHUB_STEP_SUMMARY, summary);
  setOutputs({ 'exit-code': exitCode, ...factsOf(exitCode, planFile) });
  await comment(summary);
  return exitCode === 2 ? 0 : exitCode;
}

async function apply() {
  const words = ['apply', '--auto-approve'];
  const { exitCode, stdout } = await shielded(() => wikiform(words, { catches: false, env: own }));
  append(env.GITHUB_STEP_SUMMARY, `### wikiform apply: ${applyWords(exitCode)}\n\n${fenced(stdout)}\n`);
  setOutputs({ 'exit-code': exitCode });
  if (exitCode !== 0) console.log(`::error title=wikiform apply::${applyWords(exitCode)}. See the summary.`);
  return exitCode;
}

const applyWords = (exitCode) =>
  exitCode === 0
    ? 'done'
    : exitCode === 3 || exitCode === 130
      ? 'not finished; run the job again to go on'
      : 'nothing was written';

async function drift() {
  const words = ['drift', '--detailed-exitcode'];
  const { exitCode, stdout } = await shielded(() => wikiform(words, { catches: false, env: own }));
  append(env.GITHUB_STEP_SUMMARY, `### wikiform drift\n\n${fenced(stdout)}\n`);
  setOutputs({ 'exit-code': exitCode, drifted: exitCode === 2 });
  if (exitCode === 2)
    console.log('::warning title=wikiform drift::The wiki was changed by hand. See the summary.');
  return exitCode;
}

/**
 * Titles and manifests can hold what the runner takes for commands; while this works it takes none. The word
 * that ends it is not to be guessed.
 */
async function shielded(work) {
  const token = randomUUID();
  console.log(`::stop-commands::${token}`);
  try {
    return await work();
  } finally {
    console.log(`\n::${token}::`);
  }
}

/** The commit that the pull request is merged into, so that steps say whose they are. */
function withBase() {
  if (env.WIKIFORM_BASE || env.GITHUB_EVENT_NAME !== 'pull_request') return {};
  const base = event().pull_request?.base?.sha;
  // What is checked out is the merge, and its first parent is the base.
  const parent = isCommit('HEAD^2') ? 'HEAD^1' : undefined;
  const known = [base, parent].find((commit) => commit !== undefined && isCommit(commit));
  if (known === undefined) {
    console.log(
      '::notice title=wikiform::The base is not in the checkout (fetch-depth: 2), so no step says whose it is.',
    );
    return {};
  }
  return { WIKIFORM_BASE: known };
}

const isCommit = (name) => spawnSync('git', ['cat-file', '-e', `${name}^{commit}`]).status === 0;

/** What a later job may need; nothing of it is secret. */
function factsOf(exitCode, planFile) {
  if (exitCode !== 0 && exitCode !== 2) return { changes: false };
  const { digest, steps, spaces } = JSON.parse(readFileSync(planFile, 'utf8'));
  const keys = spaces.map(({ key }) => listed(key));
  return { changes: exitCode === 2, steps: steps.length, digest, spaces: JSON.stringify(keys) };
}

/** As WIKIFORM_SPACE takes it, where commas part the keys. */
const listed = (key) => key.replaceAll(',', '\\,');

function setOutputs(outputs) {
  const lines = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  append(env.GITHUB_OUTPUT, lines.join(''));
}

function append(file, text) {
  if (file) appendFileSync(file, text);
}

const event = () => (env.GITHUB_EVENT_PATH ? JSON.parse(readFileSync(env.GITHUB_EVENT_PATH, 'utf8')) : {});

/** A comment that cannot be written fails nothing: the summary has the plan. */
async function comment(summary) {
  const number = event().pull_request?.number;
  const { GITHUB_TOKEN: token, GITHUB_REPOSITORY: repository, GITHUB_API_URL: api } = env;
  if (env.WIKIFORM_CI_COMMENT === 'false' || number === undefined || !token) return;
  try {
    const notes = pullRequestNotes({ api, repository, number, token });
    await upsertNote(notes, markerOf(env), `${summary.trimEnd()}\n\n${footer()}`);
  } catch (error) {
    const why =
      error instanceof ApiError && error.status === 403
        ? 'the token may not (permissions: pull-requests: write; pull requests from forks never may)'
        : String(error.message ?? error).replace(/\s+/g, ' ');
    console.log(`::notice title=wikiform::No comment was written: ${why}. The plan is in the summary.`);
  }
}

function footer() {
  const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID } = env;
  const commit = event().pull_request?.head?.sha ?? env.GITHUB_SHA ?? '';
  return `<sub>${commit.slice(0, 12)} · <a href="${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}">run</a></sub>\n`;
}

function pullRequestNotes({ api = 'https://api.github.com', repository, number, token }) {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json' };
  const issues = `${api}/repos/${repository}/issues`;
  return {
    /** The token of a workflow may not ask who it is; it writes under this name. */
    async whoAmI() {
      try {
        return (await callApi(`${api}/user`, { headers })).login;
      } catch (error) {
        if (error instanceof ApiError) return 'github-actions[bot]';
        throw error;
      }
    },
    async list(page) {
      const url = `${issues}/${number}/comments?per_page=${notesPerPage}&page=${page}`;
      const found = await callApi(url, { headers });
      return found.map(({ id, body, user }) => ({ id, body: body ?? '', author: user?.login ?? '' }));
    },
    create: (body) => callApi(`${issues}/${number}/comments`, { method: 'POST', headers, body: { body } }),
    update: (id, body) => callApi(`${issues}/comments/${id}`, { method: 'PATCH', headers, body: { body } }),
  };
}

try {
  process.exitCode = await run(process.argv[2]);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
