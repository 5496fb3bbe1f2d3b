// The processes of this machine, as far as a lock needs them: who am I, and is that one still running?
// Where Linux tells them apart exactly (boots, containers, pids that are used again) it is asked.

import { readFileSync, readlinkSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import type { ProcessMark, ProcessTable } from '../state/lease.ts';

export function systemProcesses(): ProcessTable {
  const host = hostname();
  const { pid } = process;
  return {
    self: { host, machine: machineOf(host), pid, started: startOf(pid)?.started ?? null },
    user: userName(),
    isRunning,
  };
}

/** One boot and one set of pids. Elsewhere than on Linux a name has to do. */
function machineOf(host: string): string {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim());
  const pids = attempt(() => readlinkSync('/proc/self/ns/pid'));
  return boot === undefined || pids === undefined ? host : `${boot} ${pids}`;
}

function isRunning({ pid, started }: ProcessMark): boolean {
  if (!exists(pid)) return false;
  const found = startOf(pid);
  if (found === undefined) return true;
  return !found.isOver && (started === null || found.started === started);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process may not be signalled, and is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

interface Start {
  /** In clock ticks since the boot. */
  readonly started: string;
  /** It has ended, and nobody has asked yet how. */
  readonly isOver: boolean;
}

/** See proc_pid_stat(5): the second field is a name in parentheses that may hold anything; the third is
 * the state, the twenty-second the start. */
function startOf(pid: number): Start | undefined {
  const text = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ') ?? [];
  const [state, started] = [fields[0], fields[19]];
  if (state === undefined || started === undefined) return undefined;
  return { started, isOver: state === 'Z' || state === 'X' };
}

function userName(): string {
  return attempt(() => userInfo().username) ?? 'somebody';
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
