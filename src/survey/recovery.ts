// Making good what an interrupted run left open, without asking: every intent without an outcome is
// looked for where it would have made something, then in all that the survey reads, then in branches that
// nobody declared.
//
// Invariant: what is exactly as an intent would have made it is given to that intent before any page is
// taken for one that was renamed or moved since.

import { assertNever } from '../diagnostic/invariant.ts';
import type { Clock } from '../provider/clock.ts';
import type { Provider } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { Intent, Remains, Stray, Unfinished } from '../state/journal.ts';
import { informAll, type MakingOutcome, nothing, outcomeIn } from '../state/journal-ahead.ts';
import { type Finding, isTitleOf, recover } from '../state/recover.ts';
import { openBook, type State, type StateBook, type StateEvent } from '../state/state.ts';
import { parentAddress } from '../tree/address.ts';
import type { DesiredTree } from '../tree/desired.ts';
import { type Address, nodeId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import { type BroughtContext, broughtBinding, findBrought } from './brought.ts';
import { type LookupFinding, lookTwice } from './lookup.ts';
import { search } from './search.ts';
import { type Survey, type SurveyInput, survey } from './survey.ts';

export interface Recovered {
  readonly intent: Intent;
  readonly finding: LookupFinding;
  /** Where else it was looked for, if it was. */
  readonly searched?: { readonly calls: number; readonly isWhole: boolean };
}

export interface Resumption {
  readonly survey: Survey;
  /** The state with what was found. */
  readonly state: State;
  readonly findings: readonly Recovered[];
  /** What this run has to remember of the one before. */
  readonly unfinished: Unfinished | undefined;
}

/** Addresses at which a run before may have made something that was looked for and not seen. */
export function notSeen(findings: readonly Recovered[]): ReadonlySet<Address> {
  const missing = findings.filter(({ finding }) => finding.kind === 'not-made');
  return new Set(missing.map(({ intent }) => intent.address));
}

/**
 * Reads the wiki with what is remembered, after resolving what an interrupted run left open.
 *
 * @param vendor - who is asked for what was left open, where the survey believes some of what is remembered.
 * @throws {ProviderError} when the wiki cannot be read.
 */
export async function resume(
  { state, unfinished }: Remains,
  input: Omit<SurveyInput, 'state' | 'strays'>,
  clock: Clock,
  vendor: Provider = input.provider,
): Promise<Resumption> {
  const strays = unfinished?.strays ?? [];
  const left = unfinished?.open ?? [];
  for (const { ticket } of left) if (ticket !== undefined) await vendor.settle?.(ticket, input.signal);
  const { open, state: known } = await settleTold(left, state, input.desired, {
    provider: vendor,
    clock,
    signal: input.signal,
  });
  const found = await lookAndRead(open, { ...input, strays, state: known }, clock, vendor);
  const hidden = found.findings
    .filter(({ finding }) => finding.kind === 'hidden')
    .map(({ intent }) => intent);
  return {
    ...found,
    unfinished:
      unfinished === undefined
        ? undefined
        : { ...unfinished, open: hidden, strays: strays.filter((stray) => isAway(stray, found.survey)) },
  };
}

/** Of what the manifest says outright which page it is, nothing needs to be found out but what came with it. */
async function settleTold(
  left: readonly Intent[],
  state: State,
  desired: DesiredTree,
  context: Omit<BroughtContext, 'isTaken'>,
): Promise<{ readonly open: readonly Intent[]; readonly state: State }> {
  // Mostly nothing was left open, and a book of 400,000 pages takes a second to open.
  if (left.length === 0) return { open: left, state };
  const told = declaredIds(desired);
  const book = openBook(state);
  for (const intent of left) await noteBrought(intent, told.get(intent.address), book, context);
  const open = left.filter(({ making, address }) => making !== undefined && !told.has(address));
  return { open, state: book.state };
}

async function lookAndRead(
  open: readonly Intent[],
  input: SurveyInput,
  clock: Clock,
  provider: Provider,
): Promise<Omit<Resumption, 'unfinished'>> {
  const { state, signal } = input;
  if (open.length === 0) return { survey: await survey(input), state, findings: [] };
  const book = openBook(state);
  const looked = await lookInTurn(open, { ...input, clock }, book);
  const first = await survey({ ...input, state: book.state });
  const findings = await lookFurther(looked, first.live, book, provider, signal);
  const more = findings.filter(
    ({ finding }, index) => finding !== looked[index]?.finding && isFound(finding),
  );
  for (const { intent, finding } of more)
    await noteBrought(intent, idIn(finding), book, { provider, clock, signal });
  if (more.length === 0) return { survey: first, state: book.state, findings };
  // What lies below those that were found only now was not looked for yet.
  const known = new Set(looked.map(({ intent }) => intent.step));
  const left = open.filter(({ step }) => !known.has(step));
  const below = await lookInTurn(left, { ...input, clock }, book, findings);
  const second = await survey({ ...input, state: book.state });
  return { survey: second, state: book.state, findings: [...findings, ...below] };
}

/** A page that is home again, or gone, or that people have taken elsewhere, is nobody's business any more. */
function isAway({ node }: Stray, { difference, live }: Survey): boolean {
  return live.hiddenNodes.has(node) || [...difference.strangers.values()].includes(node);
}

/** What the manifest says outright of which page or space an address is. */
function declaredIds({ spaces }: DesiredTree): ReadonlyMap<Address, string> {
  const declared = spaces.flatMap((space) => [space, ...space.nodes]);
  return new Map(declared.flatMap(({ address, id }) => (id === undefined ? [] : [[address, id] as const])));
}

/**
 * What was told ahead may lie below what was told ahead as well: it is looked for once that is found, and
 * was not made where that was not. What lies below a page that may not be read stays open.
 */
async function lookInTurn(
  open: readonly Intent[],
  { desired, provider, clock, signal }: SurveyInput & { readonly clock: Clock },
  book: StateBook,
  before: readonly Recovered[] = [],
): Promise<readonly Recovered[]> {
  const outcomes = new Map<Address, MakingOutcome | undefined>(outcomesOf(before));
  for (const [address, id] of declaredIds(desired)) outcomes.set(address, { kind: 'made', id });
  const looked: Recovered[] = [];
  let rest = informed(open);
  while (rest.some(({ awaits }) => awaits === undefined)) {
    const ready = rest.filter(({ awaits }) => awaits === undefined);
    const found = await lookForAll(ready, book, provider, clock, signal);
    looked.push(...found);
    for (const [address, outcome] of outcomesOf(found)) outcomes.set(address, outcome);
    rest = informed(rest.filter(({ awaits }) => awaits !== undefined));
  }
  return [...looked, ...rest.map((intent) => ({ intent, finding: { kind: 'hidden' } as const }))];

  function informed(intents: readonly Intent[]): readonly Intent[] {
    return informAll(intents, (address) =>
      outcomes.has(address) ? outcomes.get(address) : outcomeIn(book.state, address),
    );
  }
}

/** For those that wait for it; `undefined` where that stays open. */
function outcomesOf(found: readonly Recovered[]): readonly (readonly [Address, MakingOutcome | undefined])[] {
  return found.map(({ intent: { address }, finding }) => {
    switch (finding.kind) {
      case 'space':
        return [address, { kind: 'made', id: finding.space.id }];
      case 'node':
        return [address, { kind: 'made', id: finding.node.id, space: finding.node.space }];
      case 'hidden':
        return [address, undefined];
      case 'not-made':
      case 'unclear':
        return [address, nothing];
      default:
        return assertNever(finding);
    }
  });
}

async function lookForAll(
  open: readonly Intent[],
  book: StateBook,
  provider: Provider,
  clock: Clock,
  signal?: AbortSignal,
): Promise<readonly Recovered[]> {
  const looked = await lookTwice(open, { provider, clock, isTaken: isTakenIn(book.state), signal });
  const settled = new Map<Intent, LookupFinding>();
  for (const isTurn of [isAsMade, (finding: LookupFinding) => !isAsMade(finding)]) {
    for (const { intent, finding, live } of looked) {
      if (!isTurn(finding)) continue;
      const now = finding.kind === 'hidden' ? finding : recover(intent, live, isTakenIn(book.state));
      note(intent, now, book);
      await noteBrought(intent, idIn(now), book, { provider, clock, signal });
      settled.set(intent, now);
    }
  }
  return looked.map(({ intent, finding }) => ({ intent, finding: settled.get(intent) ?? finding }));
}

async function lookFurther(
  looked: readonly Recovered[],
  live: LiveTree,
  book: StateBook,
  provider: Provider,
  signal?: AbortSignal,
): Promise<readonly Recovered[]> {
  const seen = looked.map((known) => lookIn(live, known, book));
  const missing = seen.flatMap(({ intent: { making }, finding }) =>
    isOpen(finding) && making?.kind === 'node' ? [making.space] : [],
  );
  if (missing.length === 0) return seen;
  const { calls, isWhole, live: found } = await search(new Set(missing), live, provider, signal);
  if (calls === 0) return seen;
  return seen.map((known) => {
    if (!isOpen(known.finding) || known.intent.making?.kind !== 'node') return known;
    return { ...lookIn(found, known, book), searched: { calls, isWhole } };
  });
}

/** The finding with what this picture adds to it; who doubts already hears of every page that it could be. */
function lookIn(live: LiveTree, known: Recovered, book: StateBook): Recovered {
  if (!isOpen(known.finding)) return known;
  const finding = recover(known.intent, live, isTakenIn(book.state));
  if (finding.kind === 'not-made') return known;
  if (known.finding.kind === 'unclear') {
    const ids = new Set([...known.finding.ids, ...idsIn(finding)]);
    return { ...known, finding: { kind: 'unclear', ids: [...ids].sort() } };
  }
  note(known.intent, finding, book);
  return { ...known, finding };
}

function idsIn(finding: Finding): readonly string[] {
  switch (finding.kind) {
    case 'space':
      return [finding.space.id];
    case 'node':
      return [finding.node.id];
    case 'unclear':
      return finding.ids;
    case 'not-made':
      return [];
    default:
      return assertNever(finding);
  }
}

const idIn = (finding: LookupFinding): string | undefined =>
  finding.kind === 'node' ? finding.node.id : undefined;

const isOpen = ({ kind }: LookupFinding): boolean => kind === 'not-made' || kind === 'unclear';

const isFound = ({ kind }: LookupFinding): boolean => kind === 'space' || kind === 'node';
const isAsMade = (finding: LookupFinding): boolean => 'was' in finding && finding.was === 'made';

function note(intent: Intent, finding: LookupFinding, book: StateBook): void {
  for (const event of learned(intent, finding)) book.record(event);
}

/** What came along with a copy is known by the copy, before anything is taken for a page that was moved. */
async function noteBrought(
  { address, making }: Intent,
  copy: string | undefined,
  book: StateBook,
  context: Omit<BroughtContext, 'isTaken'>,
): Promise<void> {
  if (copy === undefined || making?.kind !== 'node' || making.brings === undefined) return;
  const { space, brings } = making;
  const below = new Map([[address, { space, parent: nodeId(copy) }]]);
  const open = brings.filter((page) => {
    const bound = book.state.nodes.get(page.address);
    if (bound !== undefined) below.set(page.address, { space, parent: bound.id });
    return bound === undefined;
  });
  try {
    const { found } = await findBrought(open, below, { ...context, isTaken: isTakenIn(book.state) });
    for (const { page, node } of found)
      book.record({ kind: 'bind-node', address: page.address, binding: broughtBinding(page, node) });
  } catch (error) {
    // The survey looks there as well, and says what there is to say.
    if (!(error instanceof ProviderError) || !['not-found', 'forbidden'].includes(error.kind)) throw error;
  }
}

function isTakenIn(state: State): (id: string) => boolean {
  const taken = new Set<string>();
  for (const { id } of state.nodes.values()) taken.add(id);
  for (const { id } of state.spaces.values()) taken.add(id);
  return (id) => taken.has(id);
}

/** Bound as it would have been: with the title that a step of ours gave it, so that a rename since is seen as one. */
function learned({ address, making }: Intent, finding: LookupFinding): readonly StateEvent[] {
  if (finding.kind === 'space') {
    return [{ kind: 'bind-space', address, binding: { id: finding.space.id, name: finding.space.name } }];
  }
  const parent = parentAddress(address);
  if (finding.kind !== 'node' || parent === undefined || making?.kind !== 'node') return [];
  const { id, title: seen, type, kind, origin } = finding.node;
  const title = isTitleOf(making, seen) ? seen : making.title;
  const binding = { id, parent, title, type, kind, origin, archived: false };
  return [{ kind: 'bind-node', address, binding }];
}
