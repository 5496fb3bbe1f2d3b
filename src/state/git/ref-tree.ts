// What lies in the ref's tree, and what it is called there:
//
//   format.json                 the format, and which wikiform wrote it
//   spaces/KEY/state.json       what is bound in the space, as a state of its own
//   spaces/KEY/journal.ndjson   what a run is about to do there, and what came of it
//   spaces/KEY/lease.json       which run has the space
//
// Each space has files of its own, so that runs on different spaces never write the same one: whoever finds
// that another was faster puts the own files over the new tree. Files that are not known are kept.

import { parseAddress, spaceOfAddress } from '../../tree/address.ts';
import { type Address, compareText } from '../../tree/identifier.ts';
import type { JournalEntry } from '../journal.ts';
import { parseJournal } from '../journal-text.ts';
import { type Lease, leaseTermMs, parseLease } from '../lease.ts';
import type { State } from '../state.ts';
import type { ParsedState } from '../state-text.ts';
import type { Tip } from './repository-file.ts';

/** Major versions break; a newer major is refused. */
export const refFormatVersion = '1.0';

const formatPath = 'format.json';

export type SpaceFile = 'state.json' | 'journal.ndjson' | 'lease.json';

export interface SpaceRecord {
  readonly state: State | undefined;
  /** Empty where no run left anything. */
  readonly journal: readonly JournalEntry[];
  readonly lease: Lease | undefined;
}

export type ParsedRef =
  /** Sorted by address. */
  | { readonly kind: 'spaces'; readonly spaces: ReadonlyMap<Address, SpaceRecord> }
  | { readonly kind: 'newer'; readonly version: string; readonly needs: string | undefined }
  | { readonly kind: 'broken'; readonly why: string };

/** Where a file of the space stands; its name survives every file system. */
export function pathOf(space: Address, file: SpaceFile): string {
  const name = encodeURIComponent(space).replace(
    /[.!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `spaces/${name}/${file}`;
}

export function printFormat(version: string): [path: string, text: string] {
  const format = { formatVersion: refFormatVersion, wikiform: version };
  return [
    formatPath,
    `${JSON.stringify({ ...format, about: 'What wikiform remembers: see wikiform state log and wikiform state show.' }, null, 2)}\n`,
  ];
}

/** Ids of the objects that have to be read to understand the tree. */
export function objectsOf({ files }: Tip): readonly string[] {
  const ours = [...files].filter(([path]) => path === formatPath || spaceIn(path) !== undefined);
  return [...new Set(ours.map(([, { id }]) => id))];
}

/** Trusts nothing: people and other tools can push there. */
export function parseRef(
  tip: Tip,
  textOf: (id: string) => string | undefined,
  stateOf: (id: string) => ParsedState | undefined,
): ParsedRef {
  const idAt = (path: string): string => tip.files.get(path)?.id ?? '';
  const textAt = (path: string): string | undefined => textOf(idAt(path));
  const format = textAt(formatPath);
  if (format === undefined) return broken(`it has no ${formatPath}`);
  const wrong = checkFormat(format);
  if (wrong !== undefined) return wrong;
  const names = new Set([...tip.files.keys()].flatMap((path) => spaceIn(path) ?? []));
  const spaces = new Map<Address, SpaceRecord>();
  for (const space of [...names].sort(compareText)) {
    const state = stateOf(idAt(pathOf(space, 'state.json')));
    const record = parseSpace(space, state, (file) => textAt(pathOf(space, file)), tip);
    if (typeof record === 'string') return broken(record);
    if ('kind' in record) return record;
    spaces.set(space, record);
  }
  const twice = boundTwice(spaces);
  return twice === undefined ? { kind: 'spaces', spaces } : broken(twice);
}

function checkFormat(text: string): ParsedRef | undefined {
  const value = parseJson(text);
  if (value === undefined) return broken(`${formatPath} is not JSON`);
  const { formatVersion, wikiform } = value;
  if (typeof formatVersion !== 'string' || !/^\d+\.\d+$/.test(formatVersion))
    return broken(`${formatPath} has no formatVersion`);
  if (Number.parseInt(formatVersion, 10) <= 1) return undefined;
  return {
    kind: 'newer',
    version: formatVersion,
    needs: typeof wikiform === 'string' ? wikiform : undefined,
  };
}

function parseSpace(
  space: Address,
  parsed: ParsedState | undefined,
  textOf: (file: SpaceFile) => string | undefined,
  tip: Tip,
): SpaceRecord | ParsedRef | string {
  const state = parsed?.kind === 'state' ? parsed.state : undefined;
  if (parsed?.kind === 'broken') return `${pathOf(space, 'state.json')}: ${parsed.why}`;
  if (parsed?.kind === 'newer') return { kind: 'newer', version: parsed.version, needs: undefined };
  const foreign =
    state && [...state.spaces.keys(), ...state.nodes.keys()].find((at) => spaceOfAddress(at) !== space);
  if (foreign !== undefined)
    return `${pathOf(space, 'state.json')} binds ${foreign}, which lies in another space`;
  const journalText = textOf('journal.ndjson') ?? '';
  const journal = parseJournal(journalText);
  if (journal.kind === 'broken')
    return `${pathOf(space, 'journal.ndjson')}: line ${journal.line} cannot be read`;
  if (journalText !== '' && !journalText.endsWith('\n'))
    return `${pathOf(space, 'journal.ndjson')} is cut off`;
  const leaseText = textOf('lease.json');
  const lease = leaseText === undefined ? undefined : (parseLease(leaseText) ?? unreadableLease(tip));
  return { state, journal: journal.entries, lease };
}

/** What cannot be understood lasts a term from when it was written, as it would if it could. */
function unreadableLease({ id, atMs }: Tip): Lease {
  return {
    id: `unreadable-${id.slice(0, 12)}`,
    user: 'somebody',
    by: { host: 'somewhere', machine: '', pid: 0, started: null },
    command: 'the lock cannot be read',
    sinceMs: atMs,
    untilMs: atMs + leaseTermMs,
  };
}

function boundTwice(spaces: ReadonlyMap<Address, SpaceRecord>): string | undefined {
  const holders = new Map<string, Address>();
  for (const { state } of spaces.values()) {
    for (const [address, { id }] of [...(state?.nodes ?? []), ...(state?.spaces ?? [])]) {
      const other = holders.get(id);
      if (other !== undefined) return `${other} and ${address} both bind ${id}`;
      holders.set(id, address);
    }
  }
  return undefined;
}

function spaceIn(path: string): Address | undefined {
  const [, name] = /^spaces\/([^/]+)\/(?:state\.json|journal\.ndjson|lease\.json)$/.exec(path) ?? [];
  if (name === undefined) return undefined;
  try {
    const address = parseAddress(decodeURIComponent(name));
    return address !== undefined && spaceOfAddress(address) === address ? address : undefined;
  } catch {
    return undefined;
  }
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const broken = (why: string): ParsedRef => ({ kind: 'broken', why });
