// What is remembered, and who did it, for people.

import type { State } from '../state/state.ts';
import type { LoggedRun } from '../state/store.ts';
import type { Address } from '../tree/identifier.ts';
import { counted } from './count.ts';
import { sorted } from './state-json.ts';
import type { Style } from './style.ts';

/** A line for each binding: its address and its id. */
export function renderStateList(state: State, isShown: (address: Address) => boolean): string {
  const bindings = [
    ...sorted<{ id: string }>(state.spaces, isShown),
    ...sorted<{ id: string }>(state.nodes, isShown),
  ];
  const lines = bindings.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const width = Math.min(
    60,
    lines.reduce((most, [address]) => Math.max(most, address.length), 0),
  );
  return lines.map(([address, { id }]) => `${address.padEnd(width)}  ${id}\n`).join('');
}

/** Everything that is known of each. */
export function renderBindings(state: State, isShown: (address: Address) => boolean, style: Style): string {
  const spaces = sorted(state.spaces, isShown).map(([address, { id, name }]) =>
    block(address, { id, name }, style),
  );
  const nodes = sorted(state.nodes, isShown).map(([address, binding]) => {
    const { id, parent, title, type, kind, origin, archived } = binding;
    const shortcut = kind === 'shortcut' ? { 'points to': origin ?? 'a page that is gone' } : {};
    return block(
      address,
      { id, title, type, parent, ...shortcut, ...(archived ? { archived: 'yes' } : {}) },
      style,
    );
  });
  return [...spaces, ...nodes].join('\n');
}

function block(address: Address, fields: Readonly<Record<string, string>>, { bold }: Style): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name.padEnd(9)}  ${value}\n`);
  return `${bold(address)}\n${lines.join('')}`;
}

export function renderLog(runs: readonly LoggedRun[], style: Style): string {
  return runs.map((run) => renderRun(run, style)).join('\n');
}

function renderRun({ commit, atMs, author, account, subject }: LoggedRun, { yellow, red }: Style): string {
  const head = `${yellow(commit.slice(0, 12))}  ${nameTime(atMs)}  ${account?.who ?? author}\n`;
  if (account === undefined) return `${head}  ${subject}\n`;
  const { manifest, isChanged, plan, steps, command } = account;
  const from = manifest === undefined ? 'of no commit' : `of commit ${manifest.slice(0, 12)}`;
  const changed = isChanged ? ', and changes that are not committed' : '';
  const done = steps.filter(({ status }) => status === 'done').length;
  const found = steps.filter(({ status }) => status === 'found').length;
  const bad = steps.filter(({ status }) => status === 'failed' || status === 'unknown');
  const counts = [counted(done, 'step'), ...(found > 0 ? [`${found} found`] : [])];
  const lines = [
    `${command}, the manifest ${from}${changed}`,
    ...(plan === undefined ? [] : [`plan ${plan}`]),
    ...(steps.length === 0
      ? []
      : [`${counts.join(', ')} done${bad.length > 0 ? `, ${bad.length} not` : ''}`]),
    ...bad.map(({ status, kind, address, error }) =>
      red(`${status} ${kind} ${address}${error === undefined ? '' : `: ${error}`}`),
    ),
  ];
  return `${head}${lines.map((line) => `  ${line}\n`).join('')}`;
}

const nameTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
