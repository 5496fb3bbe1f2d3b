// What the formats of a plan draw it on: the two trees, as the plan saw them, to be kept in its file. With it
// `wikiform show` renders a saved plan as it was shown when it was made, with no manifest and no wiki at hand.
//
// Invariant: no id of a page or space gets out, as in the plan itself. Pages are numbered instead.

import { present } from '../diagnostic/invariant.ts';
import type { Before, Change } from '../diff/change.ts';
import type { Match, Rule, SpaceMatch } from '../diff/match.ts';
import type { Plan } from '../schedule/plan.ts';
import type { Scheduled } from '../schedule/schedule.ts';
import type { DesiredNode, Making, NodeKind } from '../tree/desired.ts';
import { type Address, compareText } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';

/** A page or space by its number. */
type Numbered = number;

export interface PictureSpace {
  readonly key: string;
  readonly name: string;
  readonly found: SpaceMatch['kind'];
  readonly rule?: 'id' | 'binding' | 'name';
  readonly live?: Numbered;
}

export interface PictureNode {
  readonly address: Address;
  readonly title: string;
  readonly type?: string;
  readonly shortcut?: string;
  readonly live?: Numbered;
  readonly rule?: Rule;
  readonly former?: Address;
}

export interface PicturePage {
  readonly id: Numbered;
  readonly space: Numbered;
  readonly parent?: Numbered;
  readonly title: string;
  readonly type: string;
  readonly nodeType?: NodeKind;
}

export interface PlanPicture {
  /** What people call the vendor, and the type that goes without saying there. */
  readonly vendor: string;
  readonly defaultType: string;
  readonly spaces: readonly PictureSpace[];
  /** Declared pages, parents first. */
  readonly nodes: readonly PictureNode[];
  readonly liveSpaces: readonly { readonly id: Numbered; readonly name: string }[];
  readonly livePages: readonly PicturePage[];
  /** Bound pages that the manifest no longer declares, and undeclared pages that steps name. */
  readonly left: readonly { readonly address: Address; readonly live: Numbered }[];
  readonly strangers: readonly { readonly address: Address; readonly live: Numbered }[];
  /** Steps that put pages away under the archive. */
  readonly archiving: readonly string[];
  /** Changes that were not asked for. */
  readonly leftOut: readonly LeftOut[];
}

/** What is drawn of a change that was not asked for. */
export type LeftOut = Pick<Change, 'kind' | 'address' | 'title' | 'archives'> & {
  readonly parent?: Address;
  readonly before?: Before;
};

export interface PictureInput {
  readonly plan: Plan;
  readonly match: Match;
  readonly live: LiveTree;
  readonly strangers: Scheduled['strangers'];
  readonly vendor: string;
  readonly defaultType: string;
}

/** Declared pages from which on only those that the plan is about are kept. */
const largeWiki = 20_000;

export function pictureOf({ plan, match, live, strangers, vendor, defaultType }: PictureInput): PlanPicture {
  const numbers = numbered({ plan, match, live, strangers });
  const numberOf = (id: string): Numbered => present(numbers.get(id), id);
  const isKept = match.desired.nodes.size <= largeWiki ? () => true : concernedBy(plan, match);
  const left = plan.steps.flatMap(({ address, archives }) => {
    const bound = archives ? match.bindings.at(address) : undefined;
    return bound === undefined ? [] : [{ address, live: numberOf(bound.id) }];
  });

  const spaces = [...match.desired.spaces.values()].map(({ key, name, address }): PictureSpace => {
    const found = match.spaces.get(address);
    if (found?.kind !== 'live') return { key, name, found: found?.kind ?? 'unseen' };
    return { key, name, found: 'live', rule: found.rule, live: numberOf(found.id) };
  });
  const nodes = [...match.desired.nodes.values()].flatMap((node) =>
    isKept(node.address) ? [nodeOf(node)] : [],
  );
  const kept = new Set(nodes.flatMap(({ live: number }) => (number === undefined ? [] : [number])));
  for (const { live: number } of left) kept.add(number);

  function nodeOf(node: DesiredNode): PictureNode {
    const { address, title, type } = node;
    const matched = match.nodes.get(address);
    const shortcut = shortcutOf(node.making);
    return {
      address,
      title,
      ...(type === undefined ? {} : { type }),
      ...(shortcut === undefined ? {} : { shortcut }),
      ...(matched === undefined ? {} : { live: numberOf(matched.id), rule: matched.rule }),
      ...(matched?.former === undefined ? {} : { former: matched.former }),
    };
  }

  return {
    vendor,
    defaultType,
    spaces,
    nodes,
    liveSpaces: [...spaceNames(live)].map(([id, name]) => ({ id: numberOf(id), name })),
    livePages: livePages(),
    left,
    strangers: [...strangers].map(([address, id]) => ({ address, live: numberOf(id) })),
    archiving: plan.steps.filter(({ archives }) => archives).map(({ id }) => id),
    leftOut: (plan.part?.leftOut ?? []).map(leftOut),
  };

  function livePages(): PicturePage[] {
    const isLarge = match.desired.nodes.size > largeWiki;
    return [...live.nodes.values()].flatMap(({ id, space, parent, title, type, kind }): PicturePage[] => {
      if (isLarge && !kept.has(numbers.get(id) ?? -1)) return [];
      return [
        {
          id: numberOf(id),
          space: numberOf(space),
          ...(parent === null ? {} : { parent: numberOf(parent) }),
          title,
          type,
          ...(kind === 'shortcut' ? { nodeType: kind } : {}),
        },
      ];
    });
  }
}

function leftOut({ kind, address, title, archives, parent, before }: Change): LeftOut {
  return {
    ...{ kind, address, title, archives },
    ...(parent === undefined ? {} : { parent }),
    ...(before === undefined ? {} : { before }),
  };
}

/** In the order of the ids: where nothing else tells pages apart, formats put them in that order. */
function numbered({ plan, match, live, strangers }: Omit<PictureInput, 'vendor' | 'defaultType'>) {
  const ids = new Set<string>([...live.spaces.keys(), ...strangers.values()]);
  for (const found of match.spaces.values()) if (found.kind === 'live') ids.add(found.id);
  for (const { id } of match.nodes.values()) ids.add(id);
  for (const { id, space, parent } of live.nodes.values()) {
    ids.add(id).add(space);
    if (parent !== null) ids.add(parent);
  }
  for (const { address, archives } of plan.steps) {
    const bound = archives ? match.bindings.at(address) : undefined;
    if (bound !== undefined) ids.add(bound.id);
  }
  return new Map([...ids].sort(compareText).map((id, number) => [id, number]));
}

/** A space that was not read, but a page in it, has no other name than its id: plans call it by that as well. */
function spaceNames({ spaces, nodes }: LiveTree): ReadonlyMap<string, string> {
  const names = new Map<string, string>([...spaces.values()].map(({ id, name }) => [id, name]));
  for (const { space } of nodes.values()) if (!names.has(space)) names.set(space, space);
  return names;
}

function shortcutOf(making: Making): string | undefined {
  if (making.from !== 'shortcut') return undefined;
  return 'id' in making.of ? making.of.id : making.of.address;
}

/** Pages that steps and adoptions name, and all declared above them. */
function concernedBy(plan: Plan, { desired }: Match): (address: Address) => boolean {
  const concerned = new Set<Address>();
  const add = (address: Address): void => {
    for (let at: Address | undefined = address; at !== undefined; at = desired.nodes.get(at)?.parent) {
      if (concerned.has(at)) return;
      concerned.add(at);
    }
  };
  for (const { address, parent, before } of plan.steps) {
    for (const each of [address, parent, before?.parent]) if (each !== undefined) add(each);
  }
  for (const address of plan.adopted) add(address);
  return (address) => concerned.has(address);
}
