// The action, carried out step by step against the emulator and an API of comments on loopback.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { dragNode } from '../../src/provider/emulator/person.ts';
import { type NoteApi, openNoteApi, readAction, runAction, workflowCommands } from './runner.ts';
import { handbook, openSite, root, type Site, type SiteOptions, user } from './site.ts';

const pages = handbook('- Welcome\n- { title: Onboarding, children: [Day one] }');

interface Workplace {
  readonly site: Site;
  readonly api: NoteApi;
  run(command: string, env?: Readonly<Record<string, string>>): ReturnType<typeof runAction>;
  summary(): string;
  outputs(): Readonly<Record<string, string>>;
}

async function openWorkplace(options: SiteOptions = {}): Promise<Workplace> {
  const site = await openSite(options);
  const api = await openNoteApi({
    listPath: /^\/repos\/team\/wiki\/issues\/7\/comments$/,
    notePath: /^\/repos\/team\/wiki\/issues\/comments\/(\d+)$/,
    me: undefined,
    shown: ({ id, author, body }) => ({ id, body, user: { login: author } }),
  });
  const inFolder = (name: string): string => join(site.folder, name);
  site.write('event.json', JSON.stringify({ pull_request: { number: 7, head: { sha: 'a'.repeat(40) } } }));
  return {
    site,
    api,
    run(command, env = {}) {
      for (const file of ['summary', 'output']) site.write(file, '');
      return runAction({
        cwd: site.folder,
        inputs: { command },
        env: {
          ...user,
          RUNNER_TEMP: site.folder,
          GITHUB_API_URL: api.url,
          GITHUB_SERVER_URL: 'https://github.example',
          GITHUB_REPOSITORY: 'team/wiki',
          GITHUB_RUN_ID: '99',
          GITHUB_WORKSPACE: site.folder,
          GITHUB_EVENT_NAME: 'pull_request',
          GITHUB_EVENT_PATH: inFolder('event.json'),
          GITHUB_STEP_SUMMARY: inFolder('summary'),
          GITHUB_OUTPUT: inFolder('output'),
          ...env,
        },
      });
    },
    summary: () => site.read('summary'),
    outputs: () =>
      Object.fromEntries(
        site
          .read('output')
          .trim()
          .split('\n')
          .map((line) => line.split(/=(.*)/s)),
      ),
  };
}

describe('plan', () => {
  test('annotates the manifest, sums up, and keeps one comment', async () => {
    const { site, api, run, summary, outputs } = await openWorkplace();
    site.manifest(pages);
    const planned = await run('plan');
    expect(planned.exitCode, planned.log).toBe(0);
    expect(workflowCommands(planned.log)).toContainEqual(
      expect.stringMatching(
        /^::notice file=wikiform\.yaml,line=7,col=9,title=create::handbook\/Welcome: declared$/,
      ),
    );
    expect(workflowCommands(planned.log)).toContainEqual(
      expect.stringContaining('The base is not in the checkout'),
    );
    expect(summary()).toMatch(/^### Plan: 1 space, 3 to create\n/);
    expect(outputs()).toMatchObject({
      changes: 'true',
      steps: '4',
      spaces: '["handbook"]',
      'exit-code': '2',
    });
    expect(outputs().digest).toMatch(/^sha256:/);
    expect(api.notes).toHaveLength(1);
    expect(api.notes[0]?.body).toContain(summary().trim());
    expect(api.notes[0]?.body).toContain('https://github.example/team/wiki/actions/runs/99');

    // The token of the workflow goes to the host alone, and no secret into what people see.
    expect([...api.tokens]).toEqual(['Bearer ghs_canaryOfTheWorkflow']);
    for (const text of [planned.log, summary(), site.read('output'), ...api.notes.map(({ body }) => body)]) {
      expect(text).not.toContain('ghs_canary');
      expect(text).not.toContain(user.FEISHU_USER_ACCESS_TOKEN);
    }

    site.manifest(handbook('- Welcome'));
    await run('plan');
    expect(api.notes).toHaveLength(1);
    expect(api.notes[0]?.body).toContain('### Plan: 1 space, 1 to create');

    await site.apply();
    expect(await run('plan')).toMatchObject({ exitCode: 0 });
    expect(outputs()).toMatchObject({ changes: 'false', steps: '0', 'exit-code': '0' });
    expect(api.notes.map(({ body }) => body)).toEqual([expect.stringContaining('### No changes.')]);
  });

  test('finds its comment behind a hundred others, and leaves one alone that copies its marker', async () => {
    const { site, api, run } = await openWorkplace();
    site.manifest(pages);
    await run('plan');
    const own = api.notes.pop();
    const marker = own?.body.split('\n')[0] ?? '';
    for (let id = 1; id <= 130; id += 1) api.notes.push({ id, author: 'someone', body: `${marker}\nmine` });
    api.notes.push({ id: 131, author: own?.author ?? '', body: own?.body ?? '' });
    site.manifest(handbook('- Welcome'));
    await run('plan');
    expect(api.notes).toHaveLength(131);
    expect(api.notes.filter(({ body }) => body.includes('1 to create'))).toMatchObject([{ id: 131 }]);
  });

  test('tells what the pull request does from what main asks for already', async () => {
    const { site, api, run } = await openWorkplace();
    const git = (...words: readonly string[]): string =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...words], {
        cwd: site.folder,
        encoding: 'utf8',
      }).trim();
    const commit = (nodes: string): string => {
      site.manifest(handbook(nodes));
      git('add', 'wikiform.yaml');
      git('commit', '--quiet', '--message', nodes);
      return git('rev-parse', 'HEAD');
    };
    git('init', '--quiet', '--initial-branch', 'main');
    commit('- Welcome');
    await site.apply();
    const base = commit('- Welcome\n- Merged');
    git('checkout', '--quiet', '-b', 'topic', 'HEAD^');
    commit('- Welcome\n- Asked for');
    git('checkout', '--quiet', '--detach', 'main');
    // As GitHub does: what is checked out is the merge. The event names a base that is not in the checkout.
    git('merge', '--quiet', '--no-commit', '--strategy', 'ours', 'topic');
    commit('- Welcome\n- Merged\n- Asked for');
    expect(git('rev-parse', 'HEAD^1')).toBe(base);
    site.write('event.json', JSON.stringify({ pull_request: { number: 7, base: { sha: 'f'.repeat(40) } } }));
    const planned = await run('plan');
    expect(planned.exitCode, planned.log).toBe(0);
    expect(api.notes[0]?.body).toMatch(/\n\+ +├─ Merged +.*\(pending\)\n/);
    expect(api.notes[0]?.body).toMatch(/\n\+ +[├└]─ Asked for +declared\n/);
  });

  test('an error fails the job, and stands in the comment', async () => {
    const { site, api, run, outputs } = await openWorkplace();
    site.manifest(handbook('- Welcome\n- Welcome'));
    const failed = await run('plan');
    expect(failed.exitCode).toBe(1);
    expect(workflowCommands(failed.log)).toContainEqual(
      expect.stringMatching(/^::error file=wikiform\.yaml,line=8,col=9,title=DUPLICATE_KEY/),
    );
    expect(outputs()).toMatchObject({ changes: 'false', 'exit-code': '1' });
    expect(api.notes[0]?.body).toContain('### No plan: 1 error');

    site.manifest(handbook('- Welcome', '', 'guard: { maxChanges: 1 }'));
    expect(await run('plan')).toMatchObject({ exitCode: 4 });
    expect(api.notes[0]?.body).toContain('GUARD_EXCEEDED');
  });

  test('where it may not comment, the summary does', async () => {
    const { site, api, run, summary } = await openWorkplace();
    site.manifest(pages);
    api.refuse(403);
    const planned = await run('plan');
    expect(planned.exitCode, planned.log).toBe(0);
    expect(workflowCommands(planned.log).at(-1)).toMatch(/pull-requests: write/);
    expect(summary()).toContain('### Plan:');
    const before = api.requests.length;
    expect(await run('plan', { WIKIFORM_CI_COMMENT: 'true', GITHUB_EVENT_PATH: '' })).toMatchObject({
      exitCode: 0,
    });
    expect(api.requests).toHaveLength(before);
  });

  test('no title, no manifest and no flag is taken for a command or a shell word', async () => {
    const { site, run } = await openWorkplace();
    const titles = ['::error::title', '##[add-mask]title', '$(touch run)', '`touch run`', '"; touch run; "'];
    site.manifest(
      `# ::error::comment\n${handbook(titles.map((title) => `- ${JSON.stringify(title)}`).join('\n'))}`,
    );
    const planned = await run('plan', { GITHUB_EVENT_NAME: 'workflow_dispatch' });
    expect(planned.exitCode, planned.log).toBe(0);
    const commands = workflowCommands(planned.log);
    expect(commands.filter((line) => !line.startsWith('::notice file=wikiform.yaml,'))).toEqual([]);
    const applied = await run('apply');
    expect(applied.exitCode, applied.log).toBe(0);
    expect(workflowCommands(applied.log)).toEqual([]);
    const misused = await runAction({
      cwd: site.folder,
      inputs: { command: '$(touch run)', file: '"; touch run; "' },
      env: { RUNNER_TEMP: site.folder },
    });
    expect(misused.exitCode).toBe(1);
    expect(() => site.read('run')).toThrow('ENOENT');
  });
});

describe('apply', () => {
  test('applies without asking, and tells what was done', async () => {
    const { site, run, summary, outputs } = await openWorkplace();
    site.manifest(pages);
    const applied = await run('apply', { GITHUB_EVENT_NAME: 'push' });
    expect(applied.exitCode, applied.log).toBe(0);
    expect(summary()).toMatch(
      /^### wikiform apply: done\n\n```text\n[\s\S]*Applied: 1 space and 3 pages created/,
    );
    expect(outputs()).toEqual({ 'exit-code': '0' });
    await site.expectNothingToDo();
  });

  test('what was refused fails the job, and says that nothing was written', async () => {
    const { site, run, summary } = await openWorkplace();
    site.manifest(handbook('- Welcome', '', 'guard: { maxChanges: 1 }'));
    const refused = await run('apply');
    expect(refused.exitCode).toBe(4);
    expect(workflowCommands(refused.log)).toEqual([
      '::error title=wikiform apply::nothing was written. See the summary.',
    ]);
    expect(summary()).toContain('### wikiform apply: nothing was written');
  });
});

test('drift tells what people changed, and fails the job', async () => {
  const { site, run, summary, outputs } = await openWorkplace();
  site.manifest(pages);
  await site.apply();
  expect(await run('drift')).toMatchObject({ exitCode: 0 });
  expect(outputs()).toEqual({ 'exit-code': '0', drifted: 'false' });
  dragNode(site.world, site.page('Handbook', 'Onboarding', 'Day one'), {
    parent: site.page('Handbook', 'Welcome'),
  });
  const drifted = await run('drift');
  expect(drifted.exitCode, drifted.log).toBe(2);
  expect(outputs()).toEqual({ 'exit-code': '2', drifted: 'true' });
  expect(summary()).toContain('Day one');
  expect(workflowCommands(drifted.log).at(-1)).toContain('changed by hand');
});

describe('what is published', () => {
  test('the action interpolates nothing into a command, and hands out what the script sets', () => {
    const { runs, outputs } = readAction();
    expect(runs.using).toBe('composite');
    for (const { run, shell } of runs.steps) {
      expect(shell).toBe('bash');
      expect(run).not.toContain('$' + '{{');
    }
    const script = readFileSync(join(root, 'ci/github.mjs'), 'utf8');
    for (const [name, { value }] of Object.entries(outputs)) {
      expect(value).toContain(`steps.run.outputs.${name} `);
      expect(script).toMatch(new RegExp(`(?:'${name}'|\\b${name})[:,]`));
    }
  });

  test("the pipeline's actions are pinned, its jobs ask for little, and its commands hold no expression", () => {
    interface Job {
      readonly permissions?: Readonly<Record<string, string>>;
      readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
    }
    const text = readFileSync(join(root, 'ci/templates/github.yml'), 'utf8');
    const workflow: { permissions: object; jobs: Record<string, Job> } = parse(text);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(Object.keys(workflow.jobs)).toEqual(['validate', 'plan', 'apply', 'drift']);
    for (const { steps } of Object.values(workflow.jobs)) {
      for (const { uses = 'x@'.padEnd(42, '0'), run = '' } of steps) {
        expect(uses).toMatch(/@[0-9a-f]{40}$/);
        expect(run).not.toContain('$' + '{{');
      }
    }
    expect(workflow.jobs.plan?.permissions).toEqual({ contents: 'read', 'pull-requests': 'write' });
    expect(text).not.toContain('pull_request_target');
  });
});
