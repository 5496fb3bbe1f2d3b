// The emulator as a whole: its log, rates, faults, locks and end.

import { afterEach, describe, expect, test } from 'vitest';
import type { Fault } from '../../../src/provider/emulator/faults.ts';
import { outlineOf } from '../../../src/provider/emulator/outline.ts';
import { restoreWorld } from '../../../src/provider/emulator/restore.ts';
import {
  type Emulator,
  type EmulatorOptions,
  feishuRules,
  startEmulator,
} from '../../../src/provider/emulator/server.ts';
import { type HandClock, handClock } from './clocks.ts';
import { type Answer, ask, tenantToken } from './feishu-client.ts';
import { home, smallWorld } from './worlds.ts';

const nodes = `/wiki/v2/spaces/${home}/nodes`;
const open: Emulator[] = [];

afterEach(async () => {
  for (const emulator of open.splice(0)) await emulator.close();
});

interface Stage {
  readonly emulator: Emulator;
  readonly clock: HandClock;
  create(title: string, parent?: string): Promise<Answer>;
  list(query?: string): Promise<Answer>;
  titles(): string[];
}

async function stage(options: Partial<EmulatorOptions> = {}): Promise<Stage> {
  const clock = handClock();
  const world = smallWorld(['A', 'B', 'C'].map((title) => ({ title, id: `wikcn${title}` })));
  const emulator = await startEmulator({ clock, world, ...options });
  open.push(emulator);
  const token = await tenantToken(emulator.url);
  return {
    emulator,
    clock,
    create: (title, parent) => {
      const body = { obj_type: 'docx', node_type: 'origin', title, parent_node_token: parent };
      return ask(emulator.url, { path: nodes, token, body });
    },
    list: (query = '') => ask(emulator.url, { path: nodes + query, token }),
    titles: () => outlineOf(emulator.world, home),
  };
}

const first = (endpoint: string, fault: Fault): Partial<EmulatorOptions> => ({
  faults: { seed: 1, script: [{ endpoint, nth: 1, fault }] },
});

/** Lets the event loop turn until so many answers are being delayed. */
async function asleep(clock: HandClock, count: number): Promise<void> {
  while (clock.sleepers() < count) await new Promise(setImmediate);
}

describe('the log', () => {
  test('tells each request, its answer and its order', async () => {
    const { emulator, clock, create, list } = await stage();
    clock.advance(5);
    await create('D');
    await list('?page_size=99');
    await ask(emulator.url, { path: '/nowhere' });
    expect(emulator.requests()).toEqual([
      expect.objectContaining({ endpoint: 'tenant-token', method: 'POST', status: 200, code: 0, atMs: 0 }),
      {
        endpoint: 'create-node',
        method: 'POST',
        path: `/open-apis${nodes}`,
        status: 200,
        code: 0,
        atMs: 5,
        startedOrder: 2,
        fault: undefined,
      },
      expect.objectContaining({ endpoint: 'list-nodes', status: 400, code: 99992402, startedOrder: 3 }),
      expect.objectContaining({ endpoint: 'unknown', status: 404, code: undefined, startedOrder: 4 }),
    ]);
  });

  test('names every endpoint', async () => {
    const { emulator } = await stage();
    const space = `/wiki/v2/spaces/${home}`;
    const asks = [
      ['POST', '/auth/v3/app_access_token/internal', 'app-token'],
      ['GET', '/wiki/v2/spaces', 'list-spaces'],
      ['POST', '/wiki/v2/spaces', 'create-space'],
      ['GET', '/wiki/v2/spaces/get_node?token=a', 'get-node'],
      ['GET', space, 'get-space'],
      ['POST', `${nodes}/a/copy`, 'copy-node'],
      ['POST', `${nodes}/a/move`, 'move-node'],
      ['POST', `${nodes}/a/update_title`, 'rename-node'],
      ['GET', `${space}/members`, 'list-members'],
      ['POST', `${space}/members`, 'add-member'],
      ['DELETE', `${space}/members/a`, 'remove-member'],
    ] as const;
    for (const [method, path] of asks) await ask(emulator.url, { method, path });
    const named = emulator.requests().map((request) => request.endpoint);
    expect(named.slice(1)).toEqual(asks.map(([, , endpoint]) => endpoint));
  });
});

describe('rates', () => {
  test('are the vendor’s, with its status, code and headers', async () => {
    const { clock, list } = await stage();
    for (let call = 0; call < 100; call += 1) expect((await list()).status).toBe(200);
    clock.advance(1_500);
    const answer = await list();
    expect([answer.status, answer.json.code]).toEqual([429, 99991400]);
    expect(answer.headers.get('x-ogw-ratelimit-limit')).toBe('100');
    expect(answer.headers.get('x-ogw-ratelimit-reset')).toBe('59');
    clock.advance(58_500);
    expect((await list()).status).toBe(200);
  });

  test('can be replaced one by one, or switched off', async () => {
    const tight = await stage({ pace: { 'create-node': { count: 1, windowMs: 1000 } } });
    expect((await tight.create('D')).status).toBe(200);
    expect((await tight.create('E')).status).toBe(429);
    expect((await tight.list()).status).toBe(200);
    expect(tight.titles()).toEqual(['A', 'B', 'C', 'D']);
    const none = await stage({ pace: false });
    for (let call = 0; call < 101; call += 1) expect((await none.list()).status).toBe(200);
  });
});

describe('faults without an effect', () => {
  test.each<[string, Fault, number, number | undefined]>([
    ['over the rate', { kind: 'rate', resetSeconds: 3 }, 429, 99991400],
    ['lock contention', { kind: 'contention' }, 400, 131009],
    ['rpc fail', { kind: 'rpc', effect: false }, 400, 131001],
    ['a gateway’s page', { kind: 'server-error', effect: false }, 502, undefined],
    ['an expired token', { kind: 'expired-token' }, 400, 99991663],
  ])('%s', async (_, fault, status, code) => {
    const { create, titles, emulator } = await stage(first('create-node', fault));
    const answer = await create('D');
    expect([answer.status, answer.json.code]).toEqual([status, code]);
    expect(titles()).toEqual(['A', 'B', 'C']);
    expect(emulator.requests().at(-1)).toMatchObject({ fault: fault.kind, status });
    expect((await create('D')).status).toBe(200);
  });

  test('a cut connection', async () => {
    const { create, titles, emulator } = await stage(first('create-node', { kind: 'cut', effect: false }));
    await expect(create('D')).rejects.toThrow(TypeError);
    expect(titles()).toEqual(['A', 'B', 'C']);
    expect(emulator.requests().at(-1)).toMatchObject({ fault: 'cut', status: 0 });
  });
});

describe('faults behind which the write has happened', () => {
  test.each<[string, Fault, number]>([
    ['rpc fail', { kind: 'rpc', effect: true }, 400],
    ['a gateway’s page', { kind: 'server-error', effect: true, status: 504 }, 504],
    ['half an answer', { kind: 'half-json' }, 200],
  ])('%s', async (_, fault, status) => {
    const { create, titles } = await stage(first('create-node', fault));
    const answer = await create('D');
    expect(answer.status).toBe(status);
    expect(answer.json.data).toBe(undefined);
    expect(titles()).toEqual(['A', 'B', 'C', 'D']);
  });

  test('a cut connection', async () => {
    const { create, titles } = await stage(first('create-node', { kind: 'cut', effect: true }));
    await expect(create('D')).rejects.toThrow(TypeError);
    expect(titles()).toEqual(['A', 'B', 'C', 'D']);
  });
});

describe('faults of listings', () => {
  const seen = async ({ list }: Stage) => {
    const page = (await list('?page_size=2')).json.data;
    const rest = (await list(`?page_size=2&page_token=${page?.page_token}`)).json.data;
    return [page, rest].map((data) => data?.items?.map((item) => item.title));
  };

  test('repeat a node on the next page', async () => {
    expect(await seen(await stage(first('list-nodes', { kind: 'repeat' })))).toEqual([
      ['A', 'B'],
      ['B', 'C'],
    ]);
  });

  test('miss a node of the next page', async () => {
    expect(await seen(await stage(first('list-nodes', { kind: 'miss' })))).toEqual([['A', 'B'], []]);
  });
});

describe('writes that overlap', () => {
  test('under one parent meet while an answer is slow', async () => {
    const slow: Fault = { kind: 'slow', delayMs: 500 };
    const { clock, create, titles } = await stage(first('create-node', slow));
    const waiting = create('D', 'wikcnA');
    await asleep(clock, 1);
    expect(titles()).toEqual(['A', '  D', 'B', 'C']);
    expect((await create('E', 'wikcnA')).json.code).toBe(131009);
    expect((await create('E', 'wikcnB')).status).toBe(200);
    clock.advance(500);
    expect((await waiting).status).toBe(200);
    expect((await create('F', 'wikcnA')).status).toBe(200);
    expect(titles()).toEqual(['A', '  D', '  F', 'B', '  E', 'C']);
  });

  test('meet on every write where writes take their time', async () => {
    const { clock, create, list } = await stage({ lockMs: 50 });
    const waiting = create('D');
    await asleep(clock, 1);
    expect((await create('E')).json.code).toBe(131009);
    expect((await list()).status).toBe(200);
    clock.advance(50);
    expect((await waiting).status).toBe(200);
  });
});

describe('the world', () => {
  test('is told of after every write that succeeded', async () => {
    let changes = 0;
    const count = () => {
      changes += 1;
    };
    const { create, list } = await stage({
      ...first('create-node', { kind: 'rpc', effect: true }),
      onChange: count,
    });
    await create('D');
    await create('E');
    await create('F', 'wikcnNobody');
    await list();
    expect(changes).toBe(2);
  });

  test('goes on in another emulator from its snapshot', async () => {
    const before = await stage();
    await before.create('D');
    const restored = restoreWorld(before.emulator.snapshot(), feishuRules());
    if (!restored.ok) throw new Error(restored.diagnostic.detail);
    const after = await stage({ world: restored.world });
    await after.create('E');
    expect(after.titles()).toEqual(['A', 'B', 'C', 'D', 'E']);
    expect(before.titles()).toEqual(['A', 'B', 'C', 'D']);
  });

  test('is empty unless given', async () => {
    const emulator = await startEmulator({ clock: handClock() });
    open.push(emulator);
    expect(emulator.snapshot()).toMatchObject({ formatVersion: 1, spaces: [], nodes: [], documents: [] });
  });
});

describe('the end', () => {
  test('cuts connections that are kept alive or waiting, and frees the port', async () => {
    const { emulator, clock, create } = await stage({ lockMs: 1_000_000 });
    const waiting = create('D').catch((error: unknown) => error);
    await asleep(clock, 1);
    await emulator.close();
    expect(await waiting).toBeInstanceOf(TypeError);
    expect(clock.sleepers()).toBe(0);
    const again = await startEmulator({ clock, port: Number(new URL(emulator.url).port) });
    open.push(again);
    expect(again.url).toBe(emulator.url);
  });

  test('a port that is taken is an error', async () => {
    const { emulator, clock } = await stage();
    const port = Number(new URL(emulator.url).port);
    await expect(startEmulator({ clock, port })).rejects.toThrow(/EADDRINUSE/);
  });
});
