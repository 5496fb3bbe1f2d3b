// A plan for a part of the manifest: `--target ADDRESS` and `--space KEY`.
//
// Terms. The *scope* is a list of addresses: pages, each with everything below it, or whole spaces. A
// change is *in scope* when its address is: the address at which the page is declared, or was, for one
// that left the manifest. What is not planned is *left out*.
//
// Premise. Identity is a question of the whole manifest: a page that left one place may be declared in
// another that is out of scope, and must then be neither put away nor forgotten. So everything is matched
// and compared as ever, and only then is a part of the changes taken.
//
// Rules.
//   1. What is in scope is planned, and with it whatever has to be *made* first: the parents above it, the
//      source of a copy, the origin of a shortcut, the archive.
//   2. A move belongs to the plan of the place it goes to. A page that comes into the scope from elsewhere
//      is moved; one that leaves the scope for a place outside waits for the plan of that place, and keeps
//      its binding until then.
//   3. A parent that exists serves where it is. That it is to move or to be renamed itself is left out.
//   4. Where that alone is not legal, or would park pages, changes out of scope that make room, or let go of
//      a title, are taken in: those that the steps in scope wait for in the order of the whole plan. The edges
//      between steps say that no step rests on any other, so such a part is legal by itself (`edge.ts`).
//   5. The memory of what is left out stays as it is: nothing of it is adopted, rebound, forgotten or
//      marked as archived. Only where a page in scope takes over an address's binding, that address's own
//      page is remembered at its new one; and what lies below a page that gets another address goes along
//      in memory as it does in the wiki, or nothing would tell any more which pages they are.
//
// Why not match the part alone: a job for one space would see a page that moved to another space as one
// that left the manifest, and archive it. Why not every step that the order puts first (rule 4 for all): a
// parent's own move is no need of its children's, and nobody asked for it.

import type { Change } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import { parentAddress } from '../tree/address.ts';
import type { Address } from '../tree/identifier.ts';
import type { Step } from './plan.ts';

/** Addresses of pages and spaces; each stands for everything below it too. */
export type Scope = readonly Address[];

/** Whether the address is one of the scope's or lies below one. */
export function scopeTest(scope: Scope): (address: Address) => boolean {
  const targets = new Set<Address>(scope);
  return (address) => {
    for (let at: Address | undefined = address; at !== undefined; at = parentAddress(at))
      if (targets.has(at)) return true;
    return false;
  };
}

/** Rules 1 to 3: the changes in scope, and the makings that they need, in the order they came in. */
export function changesInScope(changes: readonly Change[], scope: Scope, match: Match): readonly Change[] {
  const isInScope = scopeTest(scope);
  const making = new Map<Address, Change>();
  for (const change of changes)
    if (change.before === undefined && change.kind !== 'rename-node') making.set(change.address, change);
  const kept = new Set<Change>();
  const open = changes.filter(({ address }) => isInScope(address));
  for (let change = open.pop(); change !== undefined; change = open.pop()) {
    if (kept.has(change)) continue;
    kept.add(change);
    for (const address of needsOf(change, match)) {
      const maker = making.get(address);
      if (maker !== undefined) open.push(maker);
    }
  }
  return changes.filter((change) => kept.has(change));
}

/** What has to exist before the change: its parent and, where it is made from another page, that one. */
function* needsOf({ parent, reference }: Change, match: Match): Iterable<Address> {
  if (parent !== undefined) yield parent;
  if (reference !== undefined && 'address' in reference) yield* lineOf(reference.address, match);
}

/** The address and those declared above it, up to the space. */
export function* lineOf(address: Address, match: Match): Iterable<Address> {
  for (let at: Address | undefined = address; at !== undefined; at = match.desired.nodes.get(at)?.parent)
    yield at;
}

/**
 * Rule 4: the changes that these steps of the whole plan wait for, and those. A page that makes way on
 * their account goes on to where it belongs, and to the title it is to have.
 */
export function changesWithRoom(
  changes: readonly Change[],
  inScope: readonly Change[],
  steps: readonly Step[],
): readonly Change[] {
  const renamed = new Set(changes.filter(({ kind }) => kind === 'rename-node').map(({ address }) => address));
  // The rename of a copy is of no change but its making.
  const doing = ({ kind, address }: Change): string =>
    kind === 'rename-node' && renamed.has(address) ? `rename ${address}` : `place ${address}`;
  const byId = new Map(steps.map((step) => [step.id, step]));
  const stepsOf = new Map<string, Step[]>();
  for (const step of steps) {
    const list = stepsOf.get(doing(step));
    if (list === undefined) stepsOf.set(doing(step), [step]);
    else list.push(step);
  }
  const needed = new Set(inScope.map(doing));
  // What is found to be needed is looked at in its turn.
  for (const each of needed) {
    for (const { after } of stepsOf.get(each) ?? []) {
      for (const id of after) {
        const before = byId.get(id);
        if (before !== undefined) needed.add(doing(before));
      }
    }
  }
  const wanted = new Set(inScope);
  return changes.filter((change) => wanted.has(change) || needed.has(doing(change)));
}
