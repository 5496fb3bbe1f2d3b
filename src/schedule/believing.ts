// A plan that rests on what the wiki was seen to be, though most of what is remembered was only believed.
//
// Rules.
//   1. A plan is made as if memory were true. Whatever its steps rest on is then looked at: the pages they
//      move, rename, copy and point to, all that a move carries, the parents they write under and what
//      lies there, and a space before it is made. With what was seen the plan is made again, until it
//      rests on nothing that was believed.
//   2. Where a limit binds, so that pages have to make way, or where something is wrong, the spaces
//      concerned are read as without any belief: room, and a way out, may be anywhere in them.
//
// So nothing is made that is there already, and if nobody has changed the wiki the plan is the one that
// reading everything makes. What only the wiki knows (a page moved or deleted by hand) is not found out
// where nothing is to be done.

import type { DiagnosticCode } from '../diagnostic/code.ts';
import type { Match } from '../diff/match.ts';
import type { Beliefs, Reliance } from '../survey/belief.ts';
import type { Survey } from '../survey/survey.ts';
import { spaceOfAddress } from '../tree/address.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { Place } from '../tree/live.ts';
import type { Plan, Step } from './plan.ts';

export interface Attempt {
  readonly plan: Plan;
  readonly survey: Survey;
  /** Undeclared pages that steps name. */
  readonly strangers: ReadonlyMap<Address, NodeId>;
}

/** Plans again and again, until what the plan rests on was seen. */
export async function planBelieving<T extends Attempt>(
  beliefs: Beliefs,
  attempt: () => Promise<T>,
): Promise<T> {
  for (;;) {
    beliefs.restart();
    const made = await attempt();
    const isNew = beliefs.doubt(relianceOf(made));
    const isNewSpace = beliefs.distrust(newSpaces(made.plan));
    if (isNew || isNewSpace) continue;
    if (!isTight(made.plan) || !beliefs.distrust(spacesConcerned(made))) return made;
  }
}

function relianceOf({ plan, survey, strangers }: Attempt): Reliance {
  const { match, live } = survey;
  const pages = new Set<NodeId>();
  const branches = new Set<NodeId>();
  const places: Place[] = [];
  const idOf = (address: Address): NodeId | undefined =>
    strangers.get(address) ?? match.nodes.get(address)?.id ?? match.bindings.at(address)?.id;
  const addPage = (id: NodeId | undefined): void => {
    if (id !== undefined) pages.add(id);
  };
  for (const step of plan.steps) {
    if (step.before !== undefined) addPage(idOf(step.address));
    const id = step.kind === 'move-node' ? idOf(step.address) : undefined;
    if (id !== undefined) branches.add(id);
    for (const each of referenced(step, match, idOf)) addPage(each);
    if (step.parent === undefined || step.kind === 'rename-node') continue;
    const space = match.spaces.get(step.parent);
    const parent = space === undefined ? idOf(step.parent) : undefined;
    addPage(parent);
    const page = parent === undefined ? undefined : live.nodes.get(parent);
    if (space?.kind === 'live') places.push({ space: space.id, parent: null });
    if (page !== undefined) places.push({ space: page.space, parent: page.id });
  }
  return { pages: [...pages], places, branches: [...branches] };
}

function* referenced(
  { reference }: Step,
  match: Match,
  idOf: (address: Address) => NodeId | undefined,
): Iterable<NodeId | undefined> {
  if (reference === undefined) return;
  if ('id' in reference) yield reference.id;
  else yield idOf(reference.address) ?? match.desired.nodes.get(reference.address)?.id;
}

/** Spaces that memory does not know may be there all the same. */
function newSpaces({ steps }: Plan): readonly Address[] {
  return steps.filter(({ kind }) => kind === 'create-space').map(({ address }) => address);
}

/** Errors that more reading cannot change. */
const settled: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  'GUARD_EXCEEDED',
  'MANIFEST_EMPTIED',
  'AUDIENCE_WIDENED',
  'IDENTITY_REQUIRED',
]);

function isTight({ steps, diagnostics }: Plan): boolean {
  return (
    steps.some(({ parks }) => parks) ||
    diagnostics.some(({ severity, code }) => severity === 'error' && !settled.has(code))
  );
}

/** Where the steps are; where there can be none, what is planned as a whole. */
function spacesConcerned({ plan, survey }: Attempt): ReadonlySet<Address> {
  const concerned = new Set<Address>();
  for (const { address, parent } of plan.steps) {
    concerned.add(spaceOfAddress(address));
    if (parent !== undefined) concerned.add(spaceOfAddress(parent));
  }
  if (concerned.size > 0 && !plan.diagnostics.some(({ severity }) => severity === 'error')) return concerned;
  const planned = plan.part?.scope.map(spaceOfAddress) ?? survey.match.desired.spaces.keys();
  for (const space of planned) concerned.add(space);
  return concerned;
}
