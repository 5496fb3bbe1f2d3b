import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { Pace } from '../../src/provider/http/pace.ts';
import { type PaceFileOptions, paceFile, pacePath } from '../../src/state/pace-file.ts';
import { foldPace, printBegan, printEnded } from '../../src/state/pace-text.ts';
import { VirtualClock } from '../clock.ts';

const windowMs = 60_000;

function site() {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-pace-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const clock = new VirtualClock();
  const warnings: Diagnostic[] = [];
  const options: PaceFileOptions = {
    statePath: join(folder, '.wikiform/state.json'),
    host: 'open.feishu.cn',
    appId: 'cli_a',
    keepMs: windowMs,
    wallMs: () => clock.wallMs(),
    onTrouble: (warning) => warnings.push(warning),
  };
  return { folder, clock, warnings, options, path: pacePath(options) };
}

describe('the file', () => {
  test('hands on what was made, also what a killed run has not seen the end of', async () => {
    const { clock, options, warnings } = site();
    const first = paceFile(options);
    expect(first.load()).toEqual([]);
    const end = first.began('create-node', clock.wallMs());
    first.began('move-node', clock.wallMs());
    await clock.advance(500);
    end(clock.wallMs());
    const endedMs = clock.wallMs();
    await clock.advance(2000);
    expect(paceFile(options).load()).toEqual([
      { endpoint: 'create-node', endedMs },
      { endpoint: 'move-node', endedMs: clock.wallMs() },
    ]);
    await clock.advance(1000);
    // An attempt without an end ends once, not again with every run.
    expect(paceFile(options).load()).toContainEqual({
      endpoint: 'move-node',
      endedMs: clock.wallMs() - 1000,
    });
    expect(warnings).toEqual([]);
  });

  test('holds no more than counts', async () => {
    const { clock, options, path } = site();
    const first = paceFile(options);
    first.load();
    for (let call = 0; call < 50; call += 1) first.began('get-node', clock.wallMs())(clock.wallMs());
    await clock.advance(windowMs - 1);
    expect(paceFile(options).load()).toHaveLength(50);
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(50);
    await clock.advance(1);
    expect(paceFile(options).load()).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  test('notes attempts of a generous endpoint together, before the first of them', async () => {
    const { clock, options, path } = site();
    const together = (endpoint: string): number => (endpoint === 'list-nodes' ? 10 : 1);
    const first = paceFile({ ...options, together });
    first.load();
    const ends = Array.from({ length: 25 }, () => first.began('list-nodes', clock.wallMs()));
    first.began('move-node', clock.wallMs())(clock.wallMs());
    // Two blocks are full, and the third is taken for full: more were never made than are remembered.
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(4);
    for (const end of ends.slice(0, 10)) end(clock.wallMs());
    const endedMs = clock.wallMs();
    await clock.advance(500);
    ends.at(-1)?.(clock.wallMs());
    // Whatever comes next takes along what ended.
    first.began('move-node', clock.wallMs());
    const found = paceFile(options).load();
    expect(found.filter(({ endpoint }) => endpoint === 'list-nodes')).toHaveLength(30);
    expect(found.filter((attempt) => attempt.endedMs === endedMs)).toHaveLength(11);
    expect(paceFile(options).load()).toHaveLength(32);
  });

  test('takes what a run adds while another starts beside it', () => {
    const { clock, options } = site();
    const apply = paceFile(options);
    apply.load();
    apply.began('create-node', clock.wallMs());
    const plan = paceFile(options);
    plan.load();
    plan.began('list-nodes', clock.wallMs());
    apply.began('move-node', clock.wallMs());
    const endpoints = paceFile(options)
      .load()
      .map(({ endpoint }) => endpoint);
    expect(endpoints).toEqual(['create-node', 'list-nodes', 'move-node']);
  });

  test('belongs to a host and an app, and names neither', () => {
    const { options, path } = site();
    expect(pacePath({ ...options, statePath: options.statePath.replace('state', 'other') })).toBe(path);
    const others = [{ appId: 'cli_b' }, { appId: undefined }, { host: 'open.larksuite.com' }];
    const paths = others.map((other) => pacePath({ ...options, ...other }));
    expect(new Set([path, ...paths]).size).toBe(4);
    expect(path).not.toMatch(/cli_a|feishu/);
  });

  test('that cannot be written is a warning, told once, and the pace is kept all the same', async () => {
    const { clock, folder, options, warnings } = site();
    writeFileSync(join(folder, '.wikiform'), 'a file where the folder should be');
    const pace = new Pace({
      rates: { a: { count: 1, windowMs } },
      clock,
      memory: paceFile(options),
    });
    const calls = [1, 2].map(async () => (await pace.acquire('a')).release());
    await clock.run();
    await Promise.all(calls);
    expect(clock.monotonicMs()).toBe(windowMs);
    expect(warnings).toMatchObject([{ code: 'PACE_FORGOTTEN', severity: 'warning' }]);
  });

  test('that cannot be read is a warning', () => {
    const { options, warnings, path } = site();
    mkdirSync(path, { recursive: true });
    expect(paceFile(options).load()).toEqual([]);
    expect(warnings).toMatchObject([{ code: 'PACE_FORGOTTEN' }]);
    expect(warnings[0]?.detail).toContain('EISDIR');
  });

  test('leaves no other file behind', () => {
    const { clock, folder, options } = site();
    const memory = paceFile(options);
    memory.load();
    memory.began('a', clock.wallMs());
    paceFile(options).load();
    expect(readdirSync(join(folder, '.wikiform'))).toHaveLength(1);
  });
});

describe('a line', () => {
  const nowMs = Date.UTC(2026, 0, 1);

  test('that was cut off, or is none at all, is passed over', () => {
    const good = printEnded('r-1', 'a', nowMs - 5);
    const cut = printBegan('r-2', 'a', nowMs).slice(0, 20);
    const odd = [
      '',
      'null',
      '7',
      '[]',
      '{}',
      '{"id":1,"endpoint":"a","endedMs":1}',
      '{"id":"r-3","endpoint":"a"}',
    ];
    const text = [...odd, good.trim(), '{"id":"r-4","endpoint":"a","endedMs":"soon"}', cut].join('\n');
    expect(foldPace(text, nowMs, windowMs)).toEqual([{ endpoint: 'a', count: 1, endedMs: nowMs - 5 }]);
  });

  test('from the future is now; one that never ended is forgotten after an hour', () => {
    const text = [
      printEnded('r-1', 'a', nowMs + 9_999_999),
      printBegan('r-2', 'b', nowMs + 9_999_999),
      printBegan('r-3', 'c', nowMs - 3_600_000),
    ].join('');
    expect(foldPace(text, nowMs, windowMs)).toEqual([
      { endpoint: 'a', count: 1, endedMs: nowMs },
      { endpoint: 'b', count: 1, endedMs: nowMs },
    ]);
  });
});

/** A run makes calls one after the other until it is killed, maybe with a call on its way. */
const run = fc.record({
  pauseMs: fc.integer({ min: 0, max: 900 }),
  calls: fc.array(
    fc.record({ wayMs: fc.integer({ max: 300, min: 0 }), backMs: fc.integer({ max: 300, min: 0 }) }),
    {
      maxLength: 8,
    },
  ),
  killedInFlight: fc.boolean(),
  garbage: fc.constantFrom('', '{"id":"r', '\n', 'nonsense\n{}\n'),
});

test('runs that follow each other never exceed the cap together, however they end', async () => {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: 4 }),
    fc.array(run, { minLength: 2, maxLength: 5 }),
    async (count, runs) => {
      const { clock, options, path, folder } = site();
      const rates = { a: { count, windowMs: 1000 } };
      const arrivals: number[] = [];
      for (const { pauseMs, calls, killedInFlight, garbage } of runs) {
        const pace = new Pace({ rates, clock, memory: paceFile(options) });
        const life = calls.map(async ({ wayMs, backMs }, at) => {
          const slot = await pace.acquire('a');
          await clock.sleep(wayMs);
          arrivals.push(clock.monotonicMs());
          await clock.sleep(backMs);
          if (!killedInFlight || at < calls.length - 1) slot.release();
        });
        await clock.run();
        await Promise.all(life);
        if (garbage !== '') appendFileSync(path, garbage);
        await clock.advance(pauseMs);
      }
      rmSync(join(folder, '.wikiform'), { recursive: true, force: true });
      for (const [at, first] of arrivals.entries()) {
        const next = arrivals[at + count];
        if (next !== undefined) expect(next - first).toBeGreaterThanOrEqual(1000);
      }
    },
  );
  await fc.assert(property, { numRuns: 60 });
});
