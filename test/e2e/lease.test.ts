// The lease between processes of their own: races for it, and holders that are killed.

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { systemProcesses } from '../../src/cli/process-table.ts';
import { present } from '../../src/diagnostic/invariant.ts';
import { root } from './site.ts';

interface Answer {
  readonly kind?: 'held' | 'refused';
  readonly codes?: readonly string[];
}

interface Contender {
  readonly child: ChildProcess;
  /** Says a word, and resolves to the answer. */
  ask(word: string): Promise<Answer>;
  /** Kills the process, and waits until it is gone. */
  kill(): Promise<void>;
}

async function contender(statePath: string): Promise<Contender> {
  const child = spawn(process.execPath, [`${root}test/e2e/lease-holder.mjs`, statePath], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const kill = (): Promise<void> => {
    child.kill('SIGKILL');
    return gone;
  };
  onTestFinished(kill);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async (): Promise<Answer> => JSON.parse((await lines.next()).value ?? '{}');
  await answer();
  const ask = (word: string): Promise<Answer> => {
    child.stdin.write(`${word}\n`);
    return answer();
  };
  return { child, ask, kill };
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'wikiform-lease-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('of processes that race for the lease exactly one wins, also when the last holder was killed', async () => {
  const place = folder();
  const statePath = join(place, 'state.json');
  let contenders = await Promise.all(Array.from({ length: 5 }, () => contender(statePath)));
  let wasKilled = false;
  for (let round = 0; round < 12; round += 1) {
    const answers = await Promise.all(contenders.map(({ ask }) => ask('acquire')));
    const winners = contenders.filter((_, at) => answers[at]?.kind === 'held');
    expect(winners).toHaveLength(1);
    const codes = answers.flatMap((answer) => answer.codes ?? []).toSorted();
    const refusals = Array.from(contenders.slice(1), () => 'STATE_LOCKED');
    expect(codes).toEqual(wasKilled ? ['LEASE_TAKEN_OVER', ...refusals] : refusals);
    expect(readdirSync(place)).toEqual(['state.lock']);
    const winner = present(winners[0], 'the winner');
    wasKilled = round % 3 === 1;
    if (wasKilled) {
      await winner.kill();
      contenders = [...contenders.filter((other) => other !== winner), await contender(statePath)];
    } else {
      await winner.ask('release');
      expect(readdirSync(place)).toEqual([]);
    }
  }
});

test('a process is told from the one that had its pid before', async () => {
  const { child, kill } = await contender(join(folder(), 'state.json'));
  const { isRunning, self } = systemProcesses();
  const pid = present(child.pid, 'the pid');
  expect(isRunning({ ...self, pid, started: null })).toBe(true);
  expect(isRunning(self)).toBe(true);
  if (self.started !== null) expect(isRunning({ ...self, started: '1' })).toBe(false);
  await kill();
  expect(isRunning({ ...self, pid, started: null })).toBe(false);
});
