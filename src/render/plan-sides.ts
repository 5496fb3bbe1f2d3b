// The two trees of a plan: the wiki as it is and as it will be, as far as the plan knows it. Every page is
// one value in both, so that a reader of both need not compare titles to know what became of what.
//
// Invariant: siblings stand in the manifest's order on both sides, undeclared ones after them by title;
// what stays in its place therefore comes in the same order on both.

import type { Change } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { Plan, Step } from '../schedule/plan.ts';
import { lastSegment, parentAddress, splitAddress } from '../tree/address.ts';
import type { DesiredNode, DesiredSpace } from '../tree/desired.ts';
import { type Address, compareText } from '../tree/identifier.ts';
import { journeys } from './journey.ts';
import { presentPlaces } from './plan-place.ts';

/** Where a page stands on one side, and what it is called there. */
export interface Standing {
  /** `undefined` for a space. */
  readonly parent: Item | undefined;
  readonly title: string;
  readonly key: string;
}

/** A space or page that stands on one side or on both. */
export interface Item {
  readonly kind: 'space' | 'page' | 'undeclared';
  /** Of a page that is not declared: where it is now. */
  readonly address: Address;
  /** The type where it does not go without saying, a shortcut's target. */
  readonly detail: string;
  /** `undefined` for what the plan makes. */
  readonly before: Standing | undefined;
  /** `undefined` for what the manifest asks for and does not get: it is blocked, or was left out. */
  readonly after: Standing | undefined;
}

export type Side = 'before' | 'after';

/** A page at its level of one side's tree; spaces have level 0. */
export interface Place {
  readonly item: Item;
  readonly level: number;
}

interface Growing extends Item {
  before: Standing | undefined;
  after: Standing | undefined;
}

/** Everything declared, and what else the plan touches. `defaultType` is the type that goes without saying. */
export function sides(plan: Plan, match: Match, defaultType: string): readonly Item[] {
  const all = journeys(plan.steps);
  const placeNow = presentPlaces(all, match);
  const { items, declared, undeclaredAt } = plantDeclared(plan, match, defaultType);
  const at = (place: Address): Growing => declared.get(place) ?? undeclaredAt(place);

  // Pages that are put away stand nowhere in the manifest, and others may leave them first.
  for (const { step } of all) if (step.archives) putAway(step);
  for (const { step } of all) if (!step.archives) bring(step, step.blocked === undefined);
  for (const change of plan.part?.leftOut ?? []) if (!change.archives) bring(change, false);
  return items;

  function putAway(step: Step): void {
    if (step.before === undefined) return;
    const { parent, address, title } = step.before;
    const item = undeclaredAt(`${placeNow(parent)}/${lastSegment(address)}` as Address);
    item.before = { parent: item.before?.parent, title, key: keyOf(address) };
    const isDone = step.blocked === undefined && step.parent !== undefined;
    item.after = isDone ? { ...item.before, parent: at(step.parent) } : item.before;
  }

  function bring(step: Change, isDone: boolean): void {
    const item = declared.get(step.address) ?? undeclaredAt(placeNow(step.before?.address ?? step.address));
    switch (step.kind) {
      case 'create-space':
      case 'create-node':
      case 'copy-node':
        item.before = undefined;
        if (!isDone) item.after = undefined;
        break;
      case 'move-node':
        move(item, step, isDone);
        break;
      case 'rename-node':
        rename(item, step, isDone);
        break;
    }
  }

  function move(item: Growing, step: Change, isDone: boolean): void {
    if (step.before === undefined || item.before === undefined || step.parent === undefined) return;
    const { parent, address, title } = step.before;
    item.before = { parent: at(placeNow(parent)), title, key: keyOf(address) };
    if (isDone && item.after !== undefined) item.after = { ...item.after, parent: at(placeNow(step.parent)) };
    else item.after = item.before;
  }
}

function rename(item: Growing, { before }: Change, isDone: boolean): void {
  if (before === undefined || item.before === undefined) return;
  item.before = { ...item.before, title: before.title, key: keyOf(before.address) };
  if (!isDone) item.after = item.after && { ...item.after, title: before.title };
}

interface Trunk {
  readonly items: readonly Growing[];
  readonly declared: ReadonlyMap<Address, Growing>;
  /** The page of a place that is not declared; it is planted when it is first asked for. */
  undeclaredAt(place: Address): Growing;
}

/** Everything declared, as if nothing changed. */
function plantDeclared(plan: Plan, match: Match, defaultType: string): Trunk {
  const items: Growing[] = [];
  const declared = new Map<Address, Growing>();
  const undeclared = new Map<Address, Growing>();
  const types = new Map(plan.steps.map((step) => [step.address, step.type] as const));
  for (const space of match.desired.spaces.values()) {
    plant(spaceItem(space));
    for (const node of space.nodes) {
      const type = node.type ?? types.get(node.address) ?? defaultType;
      plant(pageItem(node, type === defaultType ? undefined : type, declared.get(node.parent)));
    }
  }
  return { items, declared, undeclaredAt };

  function plant(item: Growing): void {
    items.push(item);
    declared.set(item.address, item);
  }

  function undeclaredAt(place: Address): Growing {
    const known = undeclared.get(place);
    if (known !== undefined) return known;
    const above = parentAddress(place);
    const parent = above === undefined ? undefined : (declared.get(above) ?? undeclaredAt(above));
    const key = keyOf(place);
    const item = standing('undeclared', place, '', { parent, title: key, key });
    undeclared.set(place, item);
    items.push(item);
    return item;
  }
}

function spaceItem({ address, key, name }: DesiredSpace): Growing {
  return standing('space', address, '', { parent: undefined, title: name, key });
}

function pageItem(node: DesiredNode, type: string | undefined, parent: Item | undefined): Growing {
  const { address, key, title, making } = node;
  const of = making.from === 'shortcut' ? making.of : undefined;
  const target = of === undefined ? '' : ` -> ${'id' in of ? of.id : of.address}`;
  const detail = target === '' && type !== undefined ? ` (${type})` : target;
  return standing('page', address, detail, { parent, title, key });
}

function standing(kind: Item['kind'], address: Address, detail: string, both: Standing): Growing {
  return { kind, address, detail, before: both, after: both };
}

const keyOf = (address: Address): string => splitAddress(address)?.at(-1) ?? address;

/** One side from the top down, parents before children. */
export function placesOf(items: readonly Item[], side: Side): readonly Place[] {
  const children = new Map<Item | undefined, Item[]>();
  for (const item of items) {
    const parent = item[side]?.parent;
    if (item[side] === undefined) continue;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [item]);
    else siblings.push(item);
  }
  const places: Place[] = [];
  const open = lastFirst(children.get(undefined), side, 0);
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    places.push(place);
    for (const below of lastFirst(children.get(place.item), side, place.level + 1)) open.push(below);
  }
  return places;
}

function lastFirst(siblings: readonly Item[] = [], side: Side, level: number): Place[] {
  const isKnown = ({ kind }: Item): boolean => kind !== 'undeclared';
  const others = siblings.filter((item) => !isKnown(item));
  const sorted = others.sort(
    (a, b) => compareText(a[side]?.title ?? '', b[side]?.title ?? '') || compareText(a.address, b.address),
  );
  return [...siblings.filter(isKnown), ...sorted].map((item) => ({ item, level })).reverse();
}
