// What wikiform remembers between runs: which address is which live page. Memory only; the live tree
// is the truth, and losing the state loses no page.
// Invariant: no two addresses bind one id.

import type { Identity, VendorKind } from '../tree/capability.ts';
import type { NodeKind } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';

export interface SpaceBinding {
  readonly id: SpaceId;
  /** The name last applied. */
  readonly name: string;
}

export interface NodeBinding {
  readonly id: NodeId;
  /** The address of the parent last applied; differs from the address's own where archived. */
  readonly parent: Address;
  /** The title the manifest had when this was last applied. */
  readonly title: string;
  readonly type: string;
  readonly kind: NodeKind;
  /** The page a shortcut points to. */
  readonly origin: NodeId | null;
  /** It left the manifest and was moved under the archive; declared again, it moves back. */
  readonly archived: boolean;
}

export interface State {
  readonly provider: VendorKind;
  /** Who applied it: another identity sees another tree. */
  readonly identity: Identity;
  readonly spaces: ReadonlyMap<Address, SpaceBinding>;
  readonly nodes: ReadonlyMap<Address, NodeBinding>;
}

/** A change to the memory, made by one step or by adopting and forgetting. */
export type StateEvent =
  | { readonly kind: 'bind-space'; readonly address: Address; readonly binding: SpaceBinding }
  | { readonly kind: 'bind-node'; readonly address: Address; readonly binding: NodeBinding }
  | { readonly kind: 'forget'; readonly address: Address };

export function emptyState(provider: VendorKind, identity: Identity): State {
  return { provider, identity, spaces: new Map(), nodes: new Map() };
}

/**
 * The state after these events, in order. Binding an id to an address takes it from the address that
 * had it.
 */
export function foldState(state: State, events: readonly StateEvent[]): State {
  const spaces = new Map(state.spaces);
  const nodes = new Map(state.nodes);
  const holders = new Map([...nodes].map(([address, binding]) => [binding.id, address] as const));
  for (const event of events) {
    switch (event.kind) {
      case 'bind-space':
        spaces.set(event.address, event.binding);
        break;
      case 'bind-node': {
        const holder = holders.get(event.binding.id);
        if (holder !== undefined && holder !== event.address) nodes.delete(holder);
        const replaced = nodes.get(event.address);
        if (replaced !== undefined && holders.get(replaced.id) === event.address) holders.delete(replaced.id);
        nodes.set(event.address, event.binding);
        holders.set(event.binding.id, event.address);
        break;
      }
      case 'forget': {
        const forgotten = nodes.get(event.address);
        if (forgotten !== undefined && holders.get(forgotten.id) === event.address)
          holders.delete(forgotten.id);
        nodes.delete(event.address);
        spaces.delete(event.address);
        break;
      }
    }
  }
  return { ...state, spaces, nodes };
}
