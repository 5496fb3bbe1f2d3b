// What wikiform remembers between runs: which address is which live page. Memory only; the live tree
// is the truth, and losing the state loses no page.
// Invariant: no two addresses bind one id.

import { assertNever } from '../diagnostic/invariant.ts';
import type { Endpoint, Identity, VendorKind } from '../tree/capability.ts';
import type { NodeKind } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';

export interface SpaceBinding {
  readonly id: SpaceId;
  /** The name last applied. */
  readonly name: string;
  /** Another name that the vendor has for its top level; only the vendor's folder knows what it means. */
  readonly alias?: string | undefined;
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
  /** Another name that the vendor has for the page; only the vendor's folder knows what it means. */
  readonly alias?: string | undefined;
}

export interface State {
  readonly provider: VendorKind;
  /** Who applied it: another identity sees another tree. */
  readonly identity: Identity;
  readonly spaces: ReadonlyMap<Address, SpaceBinding>;
  readonly nodes: ReadonlyMap<Address, NodeBinding>;
  /** Calls of which nobody has documented that they work (`Capabilities.unconfirmed`), and that have. */
  readonly confirmed?: ReadonlySet<Endpoint> | undefined;
}

/** A change to the memory, made by one step or by adopting and forgetting. */
export type StateEvent =
  | { readonly kind: 'bind-space'; readonly address: Address; readonly binding: SpaceBinding }
  | { readonly kind: 'bind-node'; readonly address: Address; readonly binding: NodeBinding }
  | { readonly kind: 'forget'; readonly address: Address }
  | { readonly kind: 'confirm'; readonly call: Endpoint };

export function emptyState(provider: VendorKind, identity: Identity): State {
  return { provider, identity, spaces: new Map(), nodes: new Map() };
}

/** A state that is being written: events go in, `state` is always the sum of them. */
export interface StateBook {
  readonly state: State;
  /** Binding an id to an address takes it from the address that had it. */
  record(event: StateEvent): void;
}

export function openBook(state: State): StateBook {
  const spaces = new Map(state.spaces);
  const nodes = new Map(state.nodes);
  const confirmed = new Set(state.confirmed);
  const holders = new Map([...nodes].map(([address, binding]) => [binding.id, address] as const));

  function release(address: Address): void {
    const binding = nodes.get(address);
    if (binding !== undefined && holders.get(binding.id) === address) holders.delete(binding.id);
    nodes.delete(address);
  }

  function bind(address: Address, binding: NodeBinding): void {
    const holder = holders.get(binding.id);
    if (holder !== undefined) release(holder);
    release(address);
    nodes.set(address, binding);
    holders.set(binding.id, address);
  }

  return {
    get state() {
      return { ...state, spaces, nodes, ...(confirmed.size === 0 ? {} : { confirmed }) };
    },
    record(event) {
      switch (event.kind) {
        case 'bind-space':
          spaces.set(event.address, event.binding);
          break;
        case 'bind-node':
          bind(event.address, event.binding);
          break;
        case 'forget':
          release(event.address);
          spaces.delete(event.address);
          break;
        case 'confirm':
          confirmed.add(event.call);
          break;
        default:
          assertNever(event);
      }
    },
  };
}
