// Stand-ins for a host of pipelines: the runner that carries out a composite action, with its files, and
// the API that keeps notes.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { root } from './site.ts';

export interface KeptNote {
  readonly id: number;
  readonly author: string;
  body: string;
}

export interface NoteApi {
  readonly url: string;
  readonly notes: KeptNote[];
  /** Tokens that came along, and what was asked for. */
  readonly tokens: ReadonlySet<string>;
  readonly requests: readonly string[];
  /** Answers every write with this status from now on. */
  refuse(status: number): void;
}

export interface NoteHost {
  /** The list of notes, and where a new one is sent. */
  readonly listPath: RegExp;
  /** One note, its id in the first group. */
  readonly notePath: RegExp;
  /** Who the token is; `undefined`: it may not ask. */
  readonly me: string | undefined;
  /** A note as the API shows it. */
  readonly shown: (note: KeptNote) => object;
}

/** An API on loopback that keeps notes by pages of the size asked for. */
export async function openNoteApi(host: NoteHost): Promise<NoteApi> {
  const notes: KeptNote[] = [];
  const tokens = new Set<string>();
  const requests: string[] = [];
  let refusal: number | undefined;

  const answer = (method: string, url: URL, body: string): readonly [number, unknown] => {
    if (url.pathname === '/user')
      return host.me === undefined ? [403, {}] : [200, { login: host.me, id: host.me }];
    if (method !== 'GET' && refusal !== undefined) return [refusal, { message: 'no' }];
    const id = Number(host.notePath.exec(url.pathname)?.[1]);
    const note = notes.find((one) => one.id === id);
    if (note !== undefined && method !== 'GET') note.body = JSON.parse(body).body;
    if (note !== undefined) return [200, host.shown(note)];
    if (!host.listPath.test(url.pathname)) return [404, { message: 'unknown' }];
    if (method === 'POST') {
      const made = {
        id: notes.length + 1,
        author: host.me ?? 'github-actions[bot]',
        body: JSON.parse(body).body,
      };
      notes.push(made);
      return [201, host.shown(made)];
    }
    const size = Number(url.searchParams.get('per_page'));
    const from = (Number(url.searchParams.get('page')) - 1) * size;
    return [200, notes.slice(from, from + size).map(host.shown)];
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    tokens.add(String(request.headers.authorization ?? request.headers['private-token']));
    requests.push(`${request.method} ${url.pathname}`);
    const [status, value] = answer(request.method ?? '', url, await bodyOf(request));
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => new Promise<void>((closed) => void server.close(() => closed())));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    notes,
    tokens,
    requests,
    refuse: (status) => {
      refusal = status;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

interface ActionStep {
  readonly run: string;
  readonly shell: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly 'working-directory'?: string;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
}

export const readAction = (): Action => parse(readFileSync(join(root, 'action.yml'), 'utf8'));

export interface Ended {
  readonly exitCode: number;
  /** Stdout and stderr as the runner gets them. */
  readonly log: string;
}

export interface ActionRun {
  readonly cwd: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
}

/** Carries out the steps of the action one after another, as a runner does, up to the first that fails. */
export async function runAction({ cwd, inputs, env }: ActionRun): Promise<Ended> {
  const action = readAction();
  const resolved = (expression: string): string => {
    const name = /^inputs\.([\w-]+)$/.exec(expression)?.[1] ?? '';
    const value = inputs[name] ?? action.inputs[name]?.default ?? '';
    return value === '$' + '{{ github.token }}' ? 'ghs_canaryOfTheWorkflow' : value;
  };
  const filled = (text: string): string =>
    text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression: string) => resolved(expression));
  let log = '';
  for (const step of action.runs.steps) {
    const own = Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)] as const);
    const ended = await runShell(step.run, {
      cwd: join(cwd, filled(step['working-directory'] ?? '.')),
      env: { GITHUB_ACTION_PATH: root, ...env, ...Object.fromEntries(own) },
    });
    log += ended.log;
    if (ended.exitCode !== 0) return { ...ended, log };
  }
  return { exitCode: 0, log };
}

/** As runners run `shell: bash`. */
export function runShell(
  script: string,
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): Promise<Ended> {
  const flags = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
  const child = spawn('bash', flags, {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ exitCode: code ?? -1, log }));
  });
}

/** The commands that GitHub's runner would carry out: it trims lines, and heeds none while told to stop. */
export function workflowCommands(log: string): readonly string[] {
  const found: string[] = [];
  let stop: string | undefined;
  for (const line of log.split(/\r?\n/)) {
    const text = line.trim();
    if (stop !== undefined) {
      if (text === `::${stop}::`) stop = undefined;
      continue;
    }
    stop = /^::stop-commands::(.+)$/.exec(text)?.[1];
    if (stop !== undefined) continue;
    if (text.startsWith('::')) found.push(text);
    if (line.includes('##[')) found.push(line.slice(line.indexOf('##[')));
  }
  expect(stop, 'commands stay stopped').toBeUndefined();
  return found;
}
