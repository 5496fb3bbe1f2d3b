// The plan laid over the manifest's tree: every declared space and page once, with a mark per change,
// and the places that pages leave. Invariant: every step has a mark somewhere, also where its place is
// not declared; such places are added as undeclared branches.

import type { Match } from '../diff/match.ts';
import type { Plan, Step } from '../schedule/plan.ts';
import { scopeTest } from '../schedule/scope.ts';
import { lastSegment, parentAddress, splitAddress } from '../tree/address.ts';
import type { DesiredNode, DesiredSpace } from '../tree/desired.ts';
import type { Address } from '../tree/identifier.ts';
import { oneLine } from './clip.ts';
import { type Glyph, glyphOf } from './glyph.ts';
import { type Journey, journeys } from './journey.ts';
import { presentPlaces } from './plan-place.ts';
import { adoptionNote, departureNote, noteOf, tagOf } from './step-note.ts';

interface Mark {
  readonly glyph: Glyph;
  readonly note: string;
  readonly tag: string;
  /** Steps that the mark tells of; none where they are told elsewhere, or there is nothing to do. */
  readonly steps: number;
}

export interface Branch {
  readonly kind: 'space' | 'page' | 'undeclared';
  readonly title: string;
  /** The key where it differs, the type where it is not the usual one, a shortcut's target. */
  readonly detail: string;
  /** It is matched with a page and was compared. */
  readonly compared: boolean;
  readonly marks: readonly Mark[];
  readonly children: readonly Branch[];
}

interface Growing extends Branch {
  readonly marks: Mark[];
  readonly children: Growing[];
}

/** The spaces, each with its tree. `defaultType` is the type that goes without saying. */
export function outline(plan: Plan, match: Match, defaultType: string): readonly Branch[] {
  const trunk = declaredTrunk(plan, match, defaultType);
  const all = journeys(plan.steps);
  const isToldThere = departures(all, match, trunk);
  // What brings a page to its place is said before what it is called there.
  for (const isRename of [false, true]) {
    for (const journey of all) {
      const { step } = journey;
      if ((step.kind === 'rename-node') !== isRename || isToldThere(journey)) continue;
      const target = step.archives ? archived(step, trunk) : trunk.at(step.address);
      target.marks.push(arrivalMark(journey));
    }
  }
  for (const address of plan.adopted) {
    const branch = trunk.at(address);
    const found = match.nodes.get(address) ?? match.spaces.get(address);
    if (branch.marks.length === 0)
      branch.marks.push({ glyph: '=', note: adoptionNote(found), tag: '', steps: 0 });
  }
  return trunk.roots;
}

interface Trunk {
  readonly roots: readonly Growing[];
  /** The branch of an address; one that is not declared grows when it is first asked for. */
  at(address: Address): Growing;
  undeclaredAt(address: Address, title?: string): Growing;
}

function declaredTrunk(plan: Plan, match: Match, defaultType: string): Trunk {
  const isPlanned = plan.part === undefined ? () => true : scopeTest(plan.part.scope);
  const roots: Growing[] = [];
  const declared = new Map<Address, Growing>();
  const undeclared = new Map<Address, Growing>();
  const typeOf = declaredTypes(plan, defaultType);

  for (const space of match.desired.spaces.values()) {
    const branch = spaceBranch(space, match, isPlanned(space.address));
    roots.push(branch);
    declared.set(space.address, branch);
    for (const node of space.nodes) {
      const isCompared = isPlanned(node.address) && match.nodes.has(node.address);
      const page = grow('page', node.title, pageDetail(node, typeOf(node)), isCompared);
      declared.get(node.parent)?.children.push(page);
      declared.set(node.address, page);
    }
  }

  function at(address: Address): Growing {
    return declared.get(address) ?? undeclaredAt(address);
  }

  function undeclaredAt(address: Address, title?: string): Growing {
    const known = undeclared.get(address);
    if (known !== undefined) return known;
    const branch = grow('undeclared', title ?? splitAddress(address)?.at(-1) ?? address, '', true);
    undeclared.set(address, branch);
    const parent = parentAddress(address);
    (parent === undefined ? roots : at(parent).children).push(branch);
    return branch;
  }

  return { roots, at, undeclaredAt };
}

/** Marks the places that pages leave, and tells what is told there alone. */
function departures(all: readonly Journey[], match: Match, trunk: Trunk): (journey: Journey) => boolean {
  const placeNow = presentPlaces(all, match);
  const told = new Set<Journey>();
  const moves = all.filter(({ step }) => step.kind === 'move-node');
  for (const journey of moves.sort((a, b) => Number(b.step.archives) - Number(a.step.archives))) {
    const { step } = journey;
    if (step.before === undefined) continue;
    const parent = placeNow(step.before.parent);
    if (step.archives) {
      const place = `${parent}/${lastSegment(step.before.address)}` as Address;
      const isBlocked = step.blocked !== undefined;
      const mark = isBlocked ? arrivalMark(journey) : departureMark(step);
      trunk.undeclaredAt(place, step.before.title).marks.push(mark);
      if (isBlocked) told.add(journey);
    } else if (step.blocked === undefined && parent !== step.parent) {
      const left = grow('undeclared', step.before.title, '', true);
      left.marks.push(departureMark(step));
      trunk.at(parent).children.push(left);
    }
  }
  return (journey) => told.has(journey);
}

const arrivalMark = ({ step, detours }: Journey): Mark => ({
  glyph: glyphOf(step),
  note: noteOf(step, detours),
  tag: tagOf(step),
  steps: detours.length + 1,
});

const departureMark = (step: Step): Mark => ({
  glyph: '←',
  note: departureNote(step),
  tag: tagOf(step),
  steps: 0,
});

/** A page that is put away has no place of its own in the manifest; it is shown below the archive. */
function archived(step: Step, trunk: Trunk): Growing {
  const branch = grow('undeclared', step.title, '', true);
  trunk.at(step.parent ?? step.address).children.push(branch);
  return branch;
}

function spaceBranch(space: DesiredSpace, match: Match, isPlanned: boolean): Growing {
  const found = match.spaces.get(space.address)?.kind;
  return grow('space', space.name, spaceDetail(space), isPlanned && (found === 'live' || found === 'new'));
}

/** What follows the name of a space. */
export const spaceDetail = ({ name, key }: DesiredSpace): string => (name === key ? '' : ` [${key}]`);

/** What follows the title of a page; `type` is empty where it goes without saying. */
export function pageDetail(node: DesiredNode, type: string): string {
  return [
    ...(node.key === node.title ? [] : [` [${node.key}]`]),
    ...(type === '' || node.kind === 'shortcut' ? [] : [` (${type})`]),
    ...(node.making.from === 'shortcut' ? [` -> ${nameOf(node.making.of)}`] : []),
  ].join('');
}

/** The type of a declared page, empty where it is the one that goes without saying. */
export function declaredTypes({ steps }: Plan, defaultType: string): (node: DesiredNode) => string {
  const types = new Map(steps.map((step) => [step.address, step.type] as const));
  return (node) => {
    const type = node.type ?? types.get(node.address) ?? defaultType;
    return type === defaultType ? '' : type;
  };
}

const nameOf = (of: { address: Address } | { id: string }): string => ('id' in of ? of.id : of.address);

function grow(kind: Branch['kind'], title: string, detail: string, compared: boolean): Growing {
  const shown = title === '' ? '(untitled)' : oneLine(title);
  return { kind, title: shown, detail: oneLine(detail), compared, marks: [], children: [] };
}
