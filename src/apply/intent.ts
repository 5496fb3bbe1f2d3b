// What is written down before a call is made: enough to find what it made without its answer.

import type { Operation } from '../provider/provider.ts';
import type { Step } from '../schedule/plan.ts';
import type { Brought, Intent, Making } from '../state/journal.ts';
import { isYoung, type Moment } from '../state/recover.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, nodesAt, type Place, placeKey } from '../tree/live.ts';

export interface Circumstances extends Moment {
  /** Who makes pages in this run, in the vendor's ids, once an answer told. */
  readonly creator: string | undefined;
}

export interface Intents {
  of(step: Step, operation: Operation, circumstances: Circumstances): Intent;
  /** What the step will make in this place, as far as the place is known. */
  making(step: Step, place: Place, origin: NodeId | null, circumstances: Circumstances): Making;
}

/** Intents of these steps, on the wiki as it was read before the first of them. */
export function startIntents(
  live: LiveTree,
  steps: readonly Step[],
  desired: ReadonlyMap<Address, DesiredNode>,
): Intents {
  const titled = byTitle(live);
  const renames = titlesByAddress(steps);

  function makingOf(step: Step, operation: Operation, circumstances: Circumstances): Making | undefined {
    switch (operation.kind) {
      case 'create-space': {
        const { name, description = '' } = operation;
        return { kind: 'space', name, description, known: [...live.spaces.keys()] };
      }
      case 'create-node':
        return making(step, operation, operation.origin, circumstances);
      case 'copy-node': {
        const { targetSpace: space, targetParent: parent } = operation;
        return making(step, { space, parent }, null, circumstances);
      }
      case 'move-node':
      case 'rename-node':
        return undefined;
    }
  }

  function making(
    step: Step,
    { space, parent }: Place,
    origin: NodeId | null,
    { creator, ...moment }: Circumstances,
  ): Making {
    const { title, type = '', nodeType: nodeKind = 'origin' } = step;
    const couldBeTaken = (page: LiveNode): boolean =>
      (type === '' || page.type === type) && page.kind === nodeKind && isYoung(page, moment);
    const pages = [...nodesAt(live, placeKey({ space, parent })), ...(titled.get(title) ?? [])];
    const known = [...new Set(pages.filter(couldBeTaken).map(({ id }) => id))];
    const { since } = moment;
    const made = {
      kind: 'node',
      space,
      parent,
      title,
      type,
      nodeKind,
      origin,
      known,
      creator,
      since,
    } as const;
    return step.kind === 'copy-node' ? { ...made, ...copied(step) } : made;
  }

  /** What is to be known of a copy beside what is known of every page. */
  function copied({ address, brings = [] }: Step): Pick<Making & { kind: 'node' }, 'later' | 'brings'> {
    const later = renames.get(address) ?? [];
    const along = brings.map((page): Brought => ({ ...page, type: desired.get(page.address)?.type ?? '' }));
    return {
      ...(later.length === 0 ? {} : { later }),
      ...(along.length === 0 ? {} : { brings: along }),
    };
  }

  return {
    making,
    of: (step, operation, circumstances) => ({
      step: step.id,
      address: step.address,
      atMs: circumstances.atMs,
      making: makingOf(step, operation, circumstances),
    }),
  };
}

/** The titles that steps give to pages, in their order. */
function titlesByAddress(steps: readonly Step[]): ReadonlyMap<Address, readonly string[]> {
  const titles = new Map<Address, readonly string[]>();
  for (const { kind, address, title } of steps)
    if (kind === 'rename-node') titles.set(address, [...(titles.get(address) ?? []), title]);
  return titles;
}

function byTitle(live: LiveTree): ReadonlyMap<string, readonly LiveNode[]> {
  const titled = new Map<string, LiveNode[]>();
  for (const page of live.nodes.values()) {
    const others = titled.get(page.title);
    if (others === undefined) titled.set(page.title, [page]);
    else others.push(page);
  }
  return titled;
}
