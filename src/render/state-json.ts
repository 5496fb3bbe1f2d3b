// What is remembered, and who did it, as JSON documents.

import type { NodeBinding, SpaceBinding, State } from '../state/state.ts';
import type { LoggedRun } from '../state/store.ts';
import { type Address, compareText } from '../tree/identifier.ts';
import { formatVersion } from './document.ts';

export interface StateDocument {
  readonly formatVersion: string;
  readonly errored: boolean;
  /** What people call the place of the state. */
  readonly state: string;
  readonly provider?: string;
  readonly identity?: string;
  readonly spaces: readonly { readonly address: string; readonly id: string; readonly name: string }[];
  readonly nodes: readonly Record<string, unknown>[];
}

/** @param isShown - which addresses. */
export function stateToJson(
  place: string,
  state: State | undefined,
  isShown: (address: Address) => boolean,
): StateDocument {
  return {
    formatVersion,
    errored: false,
    state: place,
    ...(state === undefined ? {} : { provider: state.provider, identity: state.identity }),
    spaces: sorted<SpaceBinding>(state?.spaces, isShown).map(([address, { id, name }]) => ({
      address,
      id,
      name,
    })),
    nodes: sorted<NodeBinding>(state?.nodes, isShown).map(([address, binding]) =>
      nodeToJson(address, binding),
    ),
  };
}

function nodeToJson(address: Address, binding: NodeBinding): Record<string, unknown> {
  const { id, parent, title, type, kind, origin, archived } = binding;
  return {
    address,
    id,
    parent,
    title,
    type,
    nodeType: kind,
    ...(origin === null ? {} : { origin }),
    archived,
  };
}

export function logToJson(place: string, runs: readonly LoggedRun[]): unknown {
  return {
    formatVersion,
    errored: false,
    state: place,
    runs: runs.map(({ commit, atMs, author, account, subject }) => ({
      commit,
      at: new Date(atMs).toISOString(),
      author,
      subject,
      ...(account === undefined ? {} : { ...account, manifest: account.manifest ?? null }),
    })),
  };
}

/** The bindings that are shown, by address. */
export function sorted<T>(
  bindings: ReadonlyMap<Address, T> | undefined,
  isShown: (address: Address) => boolean,
): (readonly [Address, T])[] {
  return [...(bindings ?? [])].filter(([address]) => isShown(address)).sort(([a], [b]) => compareText(a, b));
}
