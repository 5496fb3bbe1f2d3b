// Believing the state instead of asking the wiki: for `--refresh touched`, and for the spaces that a plan
// for a part leaves alone.
//
// Terms. A space is *trusted* while what the state remembers of it is taken for true. Within a trusted
// space a place or a page is *doubted* once some step rests on it. What was really *seen* is what an
// answer of the wiki showed in this run.
//
// Premise. Identity, differences and order are found out by the one planner; it must not know whom it
// asks. So memory answers in the provider's stead, question by question, and the planner is run as often
// as it takes (`schedule/believing.ts`).
//
// Rules.
//   1. What was seen is never contradicted: a page that was seen elsewhere is not where memory has it.
//   2. Only what the state binds can be believed; every other question goes to the wiki.
//   3. Of a doubted place the children are listed. A doubted page is asked for by id, or the place it lies
//      in is listed, whichever takes fewer calls.
//   4. Nothing is asked for twice: an answer of an earlier round is given again.
//   5. Doubt only grows, so the rounds end.

import type { Provider, ReadRequest, Sighting } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { State } from '../state/state.ts';
import type { DesiredSpace, DesiredTree } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import { type LiveNode, type Place, placeKey } from '../tree/live.ts';
import { remember } from './remembered.ts';

export interface Reliance {
  /** Pages that have to be where, and what, they are taken to be. */
  readonly pages: readonly NodeId[];
  /** Places of which all children have to be known. */
  readonly places: readonly Place[];
  /** Pages of which everything below has to be known. */
  readonly branches: readonly NodeId[];
}

export interface Beliefs {
  /** Answers from memory what may be believed, and asks for the rest. It writes nothing. */
  readonly provider: Provider;
  /** To be told before each round. */
  restart(): void;
  /** Doubts what is relied on; tells whether anything of it was believed. */
  doubt(reliance: Reliance): boolean;
  /** Believes nothing of these spaces any more; tells whether anything was. */
  distrust(spaces: Iterable<Address>): boolean;
  /** Whether an answer of the wiki showed the page. */
  hasSeen(id: NodeId): boolean;
  /** Calls that all rounds took, a page of a listing each; retries not counted. */
  readCalls(): number;
}

export interface BeliefInput {
  readonly provider: Provider;
  readonly state: State;
  readonly desired: DesiredTree;
  /** Whether the space is believed to begin with. */
  readonly isTrusted: (space: Address) => boolean;
  /** Whether anything in the space may be planned. */
  readonly isPlanned: (space: Address) => boolean;
}

type Answer = { readonly sighting: Sighting } | { readonly absent: ProviderError };

export function startBeliefs(input: BeliefInput): Beliefs {
  const { provider, state, desired, isTrusted, isPlanned } = input;
  const memory = remember(state);
  const isIdle = idleNames(desired, isPlanned);
  const distrusted = new Set<Address>();
  const doubtedPlaces = new Set<string>();
  const doubtedPages = new Set<NodeId>();
  const doubtedSpaces = new Set<SpaceId>();
  const seen = new Map<NodeId, LiveNode>();
  const answers = new Map<string, Answer[]>();
  const given = new Map<string, number>();
  let calls = 0;

  const trusts = (space: Address): boolean => isTrusted(space) && !distrusted.has(space);

  /** Each question's answers in the order in which they came; the same question may be asked again on purpose. */
  async function ask(request: ReadRequest, signal?: AbortSignal): Promise<Sighting> {
    const key = JSON.stringify(request);
    const turn = given.get(key) ?? 0;
    given.set(key, turn + 1);
    const known = answers.get(key)?.[turn];
    const answer = known ?? (await call(request, signal));
    if (known === undefined) answers.set(key, [...(answers.get(key) ?? []), answer]);
    if ('absent' in answer) throw answer.absent;
    return answer.sighting;
  }

  async function call(request: ReadRequest, signal?: AbortSignal): Promise<Answer> {
    try {
      const sighting = await provider.read(request, signal);
      calls += sighting.pages;
      for (const node of sighting.nodes) seen.set(node.id, node);
      return { sighting };
    } catch (error) {
      const isAnswer =
        error instanceof ProviderError && (error.kind === 'not-found' || error.kind === 'forbidden');
      if (!isAnswer) throw error;
      calls += 1;
      return { absent: error };
    }
  }

  function read(request: ReadRequest, signal?: AbortSignal): Promise<Sighting> {
    switch (request.kind) {
      case 'list-spaces':
        return isListOfSpacesNeeded() ? ask(request, signal) : Promise.resolve(nothing);
      case 'get-space': {
        const space = believedSpace(request.space);
        return space === undefined ? ask(request, signal) : Promise.resolve({ ...nothing, spaces: [space] });
      }
      case 'list-nodes':
        return isPlaceBelieved(request) ? believedChildren(request, signal) : ask(request, signal);
      case 'get-node': {
        const { node: id } = request;
        if (isIdle(id) && !seen.has(id) && !doubtedPages.has(id) && !memory.nodes.has(id))
          return Promise.reject(unasked);
        const node = believedNode(id);
        return node === undefined ? ask(request, signal) : Promise.resolve({ ...nothing, nodes: [node] });
      }
    }
  }

  /** Whether a space that is not just believed in can be found by its name alone. */
  function isListOfSpacesNeeded(): boolean {
    return desired.spaces.some(
      ({ id, address }) => id === undefined && !state.spaces.has(address) && !trusts(address),
    );
  }

  /** A space's name, description and sharing cannot be written, so to believe what is declared loses nothing. */
  function believedSpace(id: SpaceId): Sighting['spaces'][number] | undefined {
    const address = memory.spaces.get(id) ?? desired.spaces.find((space) => space.id === id)?.address;
    if (address === undefined || !trusts(address) || doubtedSpaces.has(id)) return undefined;
    const declared: DesiredSpace | undefined = desired.spaces.find((space) => space.address === address);
    return {
      id,
      name: state.spaces.get(address)?.name ?? declared?.name ?? '',
      description: declared?.description ?? '',
      sharing: declared?.sharing,
      visibility: undefined,
    };
  }

  function isPlaceBelieved({ space, parent }: Place): boolean {
    if (doubtedPlaces.has(placeKey({ space, parent }))) return false;
    if (parent === null) {
      const address = memory.spaces.get(space);
      return address === undefined ? isLeftAlone(space) : trusts(address);
    }
    const home = memory.spaceOf.get(parent);
    return home !== undefined && trusts(home);
  }

  /** A space that nothing was applied to, found by its name for a plan that leaves it alone. */
  function isLeftAlone(id: SpaceId): boolean {
    return !desired.spaces.some(
      (space) => !trusts(space.address) && (space.id ?? state.spaces.get(space.address)?.id ?? id) === id,
    );
  }

  /** The remembered children that were not seen elsewhere; those in doubt are looked at. */
  async function believedChildren(place: Place, signal?: AbortSignal): Promise<Sighting> {
    const key = placeKey(place);
    const nodes: LiveNode[] = [];
    for (const id of memory.children.get(key) ?? []) {
      if (doubtedPages.has(id) && !seen.has(id)) await lookAt(id, signal);
      const node = doubtedPages.has(id) || seen.has(id) ? seen.get(id) : memory.nodes.get(id);
      if (node !== undefined && placeKey(node) === key) nodes.push(node);
    }
    return { ...nothing, nodes };
  }

  /** What is absent is found to be so when it is missed. */
  async function lookAt(id: NodeId, signal?: AbortSignal): Promise<void> {
    const key = JSON.stringify({ kind: 'get-node', node: id });
    if (answers.has(key)) return;
    answers.set(key, [await call({ kind: 'get-node', node: id }, signal)]);
  }

  function believedNode(id: NodeId): LiveNode | undefined {
    const node = memory.nodes.get(id);
    if (node === undefined || seen.has(id) || doubtedPages.has(id) || !isPlaceBelieved(node))
      return undefined;
    // Above a page that is not where it is remembered, nothing is.
    for (let at = node.parent; at !== null; at = memory.nodes.get(at)?.parent ?? null) {
      const above = seen.get(at);
      if (doubtedPages.has(at) && above === undefined) return undefined;
      if (above !== undefined && !above.hasChildren) return undefined;
    }
    return node;
  }

  function doubtPage(id: NodeId, byPlace: Map<string, NodeId[]>): void {
    if (seen.has(id) || doubtedPages.has(id)) return;
    const node = memory.nodes.get(id);
    if (node === undefined && isIdle(id)) byPlace.set(`id:${id}`, [id]);
    if (node === undefined || !isPlaceBelieved(node)) return;
    const place = placeKey(node);
    byPlace.set(place, [...(byPlace.get(place) ?? []), id]);
  }

  /** A page that was seen in another space than memory has what lies above it in: that was carried there. */
  function misplacedAbove(id: NodeId): NodeId[] {
    for (let page = seen.get(id); page !== undefined && page.parent !== null; page = seen.get(page.parent)) {
      const above = seen.has(page.parent) ? undefined : memory.nodes.get(page.parent);
      if (above !== undefined) return above.space === page.space ? [] : [above.id];
    }
    return [];
  }

  function doubtPlace(place: Place): boolean {
    if (!isPlaceBelieved(place)) return false;
    doubtedPlaces.add(placeKey(place));
    doubtedSpaces.add(place.space);
    return true;
  }

  function branchOf(root: NodeId): NodeId[] {
    const branch: NodeId[] = [root];
    for (const id of branch) branch.push(...(memory.children.get(id) ?? []));
    return branch;
  }

  return {
    provider: {
      capabilities: provider.capabilities,
      identity: provider.identity,
      identities: provider.identities,
      read,
      perform: (operation, signal, onTicket) => provider.perform(operation, signal, onTicket),
      calls: () => provider.calls(),
      close: () => Promise.resolve(),
    },
    restart: () => given.clear(),
    doubt({ pages, places, branches }) {
      let isNew = false;
      for (const place of places) if (doubtPlace(place)) isNew = true;
      for (const root of branches) {
        for (const id of branchOf(root)) {
          const node = seen.get(id) ?? memory.nodes.get(id);
          if (node !== undefined && doubtPlace({ space: node.space, parent: id })) isNew = true;
        }
      }
      const byPlace = new Map<string, NodeId[]>();
      const doubtful = [...pages, ...branches];
      for (const id of new Set([...doubtful, ...doubtful.flatMap(misplacedAbove)])) doubtPage(id, byPlace);
      for (const [place, ids] of byPlace) {
        isNew = true;
        const [first] = ids;
        const node = first === undefined ? undefined : memory.nodes.get(first);
        const listingCalls = Math.ceil(
          (memory.children.get(place)?.length ?? 0) / provider.capabilities.pageSize,
        );
        if (node !== undefined && ids.length >= listingCalls) doubtPlace(node);
        else {
          if (node !== undefined) doubtedSpaces.add(node.space);
          for (const id of ids) doubtedPages.add(id);
        }
      }
      return isNew;
    },
    distrust(spaces) {
      let isNew = false;
      for (const space of spaces) {
        if (!trusts(space)) continue;
        distrusted.add(space);
        isNew = true;
      }
      return isNew;
    },
    hasSeen: (id) => seen.has(id),
    readCalls: () => calls,
  };
}

/** Pages that are named only where nothing is planned: nobody needs to know what they are. */
function idleNames({ spaces }: DesiredTree, isPlanned: (space: Address) => boolean): (id: NodeId) => boolean {
  const idle = new Set<NodeId>();
  const planned = new Set<NodeId>();
  for (const space of spaces) {
    const names = isPlanned(space.address) ? planned : idle;
    for (const { id, making } of space.nodes) {
      if (id !== undefined) names.add(id);
      if (making.from !== 'nothing' && 'id' in making.of) names.add(making.of.id);
    }
  }
  return (id) => idle.has(id) && !planned.has(id);
}

const unasked = new ProviderError({
  kind: 'forbidden',
  endpoint: 'get-node',
  sent: 'no',
  message: 'nothing that is planned needs this page',
});

const nothing: Sighting = { spaces: [], nodes: [], pages: 0 };
