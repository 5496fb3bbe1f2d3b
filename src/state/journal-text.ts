// The journal as text: one JSON object a line. A kill can tear the last line; what it was about to say is
// then not said, and that is safe by the order in which entries are written.

import type { Address } from '../tree/identifier.ts';
import { nodeId, spaceId } from '../tree/identifier.ts';
import type { Place } from '../tree/live.ts';
import type { Awaited, Brought, Intent, JournalEntry, Making, Stray } from './journal.ts';
import type { StateEvent } from './state.ts';

export function printEntry(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

export type ParsedJournal =
  | { readonly kind: 'entries'; readonly entries: readonly JournalEntry[] }
  /** A line that is not the last one cannot be read; counted from 1. */
  | { readonly kind: 'broken'; readonly line: number };

export function parseJournal(text: string): ParsedJournal {
  const lines = text.split('\n');
  const torn = lines.pop(); // '' where the last line is whole
  const entries: JournalEntry[] = [];
  for (const [at, line] of lines.entries()) {
    const entry = parseEntry(line);
    if (entry === undefined) return { kind: 'broken', line: at + 1 };
    entries.push(entry);
  }
  const last = torn === undefined || torn === '' ? undefined : parseEntry(torn);
  if (last !== undefined) entries.push(last);
  return { kind: 'entries', entries };
}

function parseEntry(line: string): JournalEntry | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { entry, step } = value;
  if (entry === 'run') {
    const { onto, plan } = value;
    const strays = Array.isArray(value.strays) ? parseAll(value.strays, parseStray) : undefined;
    if (typeof onto !== 'string' || typeof plan !== 'string' || strays === undefined) return undefined;
    return { entry, onto, plan, strays };
  }
  if (entry === 'intent') {
    const intent = parseIntent(value.intent);
    return intent === undefined ? undefined : { entry, intent };
  }
  if (typeof step !== 'string') return undefined;
  if (entry === 'failed') return { entry, step };
  if (entry !== 'done' || !isEvents(value.events)) return undefined;
  const creator = typeof value.creator === 'string' ? { creator: value.creator } : {};
  return { entry, step, events: value.events, ...creator };
}

function parseIntent(value: unknown): Intent | undefined {
  if (!isRecord(value)) return undefined;
  const { step, address, atMs } = value;
  if (typeof step !== 'string' || typeof address !== 'string' || typeof atMs !== 'number') return undefined;
  const making = value.making === undefined ? undefined : parseMaking(value.making);
  if (value.making !== undefined && making === undefined) return undefined;
  const stray = value.stray === undefined ? undefined : parseStray(value.stray);
  if (value.stray !== undefined && stray === undefined) return undefined;
  return {
    step,
    address: address as Address,
    atMs,
    making,
    ...(stray === undefined ? {} : { stray }),
    ...(typeof value.ticket === 'string' ? { ticket: value.ticket } : {}),
    ...(value.isAhead === true ? { isAhead: true } : {}),
    ...(isRecord(value.awaits) ? { awaits: parseAwaited(value.awaits) } : {}),
  };
}

function parseAwaited({ space, parent, origin }: Record<string, unknown>): Awaited {
  return {
    ...(typeof space === 'string' ? { space: space as Address } : {}),
    ...(typeof parent === 'string' ? { parent: parent as Address } : {}),
    ...(typeof origin === 'string' ? { origin: origin as Address } : {}),
  };
}

function parseStray(value: unknown): Stray | undefined {
  if (!isRecord(value) || typeof value.node !== 'string') return undefined;
  const home = parsePlace(value.home);
  const places = Array.isArray(value.places) ? parseAll(value.places, parsePlace) : undefined;
  if (home === undefined || places === undefined) return undefined;
  return { node: nodeId(value.node), home, places };
}

function parsePlace(value: unknown): Place | undefined {
  if (!isRecord(value) || typeof value.space !== 'string') return undefined;
  const { space, parent } = value;
  return { space: spaceId(space), parent: typeof parent === 'string' ? nodeId(parent) : null };
}

/** `undefined` where one of them cannot be read. */
function parseAll<T>(
  values: readonly unknown[],
  parse: (value: unknown) => T | undefined,
): readonly T[] | undefined {
  const parsed = values.map(parse).filter((item) => item !== undefined);
  return parsed.length === values.length ? parsed : undefined;
}

function parseMaking(value: unknown): Making | undefined {
  if (!isRecord(value) || !isTexts(value.known)) return undefined;
  const { kind, name, description, space, parent, title, type, nodeKind, origin, known } = value;
  if (kind === 'space') {
    if (typeof name !== 'string' || typeof description !== 'string') return undefined;
    return { kind, name, description, known: known.map(spaceId) };
  }
  if (kind !== 'node' || typeof space !== 'string' || typeof title !== 'string') return undefined;
  if (typeof type !== 'string' || (nodeKind !== 'origin' && nodeKind !== 'shortcut')) return undefined;
  return {
    kind,
    space: spaceId(space),
    parent: typeof parent === 'string' ? nodeId(parent) : null,
    title,
    type,
    nodeKind,
    origin: typeof origin === 'string' ? nodeId(origin) : null,
    known: known.map(nodeId),
    creator: typeof value.creator === 'string' ? value.creator : undefined,
    since: typeof value.since === 'number' ? value.since : undefined,
    ...(isTexts(value.later) ? { later: value.later } : {}),
    ...(Array.isArray(value.brings) ? { brings: value.brings.flatMap(parseBrought) } : {}),
  };
}

function parseBrought(value: unknown): Brought[] {
  if (!isRecord(value)) return [];
  const { address, parent, title, type } = value;
  const isWhole = [address, parent, title, type].every((part) => typeof part === 'string');
  return isWhole ? [{ address, parent, title, type } as Brought] : [];
}

/** Written by us and never edited by people: the shape of the outside is enough. */
function isEvents(value: unknown): value is readonly StateEvent[] {
  return (
    Array.isArray(value) &&
    value.every((event: unknown) => {
      if (!isRecord(event)) return false;
      if (event.kind === 'confirm') return typeof event.call === 'string';
      if (typeof event.address !== 'string') return false;
      if (event.kind === 'forget') return true;
      const isBind = event.kind === 'bind-node' || event.kind === 'bind-space';
      return isBind && isRecord(event.binding) && typeof event.binding.id === 'string';
    })
  );
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
