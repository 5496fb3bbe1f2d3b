// The YAML library's nodes become located values: aliases and merge keys resolved, keys made texts.
// Terms: a value reached through an alias stands at the alias and remembers its anchor.
// Invariants: the result is finite and nests no deeper than `deepestNesting`. Aliases share what they
// stand for, so memory stays linear in the file; how much they would unfold to is counted and bounded.

import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { DiagnosticCode } from '../diagnostic/code.ts';
import { type Diagnostic, type DiagnosticParts, diagnostic } from '../diagnostic/diagnostic.ts';
import {
  type Located,
  type LocatedEntry,
  type LocatedList,
  type LocatedMap,
  type LocatedScalar,
  sourceOf,
} from '../schema/located.ts';
import type { SourceText } from '../schema/source-text.ts';
import { counted, quote } from '../schema/wording.ts';
import { deepestNesting } from './nesting.ts';
import { nestedTooDeep } from './yaml-error.ts';

/** Values that aliases and merge keys may add to what is spelled out. */
const mostAliasedValues = 1_000_000;

interface Anchored {
  /** `undefined` until the value is complete: an alias inside it would contain itself. */
  value: Located | undefined;
  /** Values in it, aliases unfolded. */
  size: number;
  /** Collections inside one another in it. */
  height: number;
}

/** What is known at one moment of the walk. */
interface Walk {
  readonly text: SourceText;
  readonly diagnostics: Diagnostic[];
  readonly anchors: Map<string, Anchored>;
  /** Values so far, aliases unfolded. */
  size: number;
  /** Of them, those that only aliases and merge keys brought. */
  aliased: number;
  /** The deepest nesting so far. */
  deepest: number;
}

interface LocatedDocument {
  /** `undefined` where aliases make it unbounded. */
  readonly root: Located | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function locate(contents: Node, text: SourceText): LocatedDocument {
  const walk: Walk = { text, diagnostics: [], anchors: new Map(), size: 0, aliased: 0, deepest: 0 };
  const root = locateNode(walk, contents, 0);
  const unbounded = walk.aliased > mostAliasedValues;
  return { root: unbounded ? undefined : root, diagnostics: walk.diagnostics };
}

function report(walk: Walk, code: DiagnosticCode, offset: number, parts: DiagnosticParts): void {
  walk.diagnostics.push(diagnostic(code, { ...parts, source: walk.text.sourceAt(offset) }));
}

function offsetOf(node: unknown): number {
  const ranged: { range?: readonly number[] | null } | null | undefined =
    typeof node === 'object' ? node : undefined;
  return ranged?.range?.[0] ?? 0;
}

function nothing(walk: Walk, offset: number): LocatedScalar {
  return { kind: 'scalar', value: null, written: '', text: walk.text, offset };
}

function locateNode(walk: Walk, node: unknown, depth: number): Located {
  if (isAlias(node)) return locateAlias(walk, node, depth);
  const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
  if (anchor === undefined) return locateOwn(walk, node, depth);
  const anchored: Anchored = { value: undefined, size: 0, height: 0 };
  walk.anchors.set(anchor, anchored);
  const before = { size: walk.size, deepest: walk.deepest };
  walk.deepest = depth;
  anchored.value = locateOwn(walk, node, depth);
  anchored.size = walk.size - before.size;
  anchored.height = walk.deepest - depth;
  walk.deepest = Math.max(before.deepest, walk.deepest);
  return anchored.value;
}

function locateOwn(walk: Walk, node: unknown, depth: number): Located {
  walk.size += 1;
  if (isScalar(node)) return locateScalar(walk, node);
  walk.deepest = Math.max(walk.deepest, depth + 1);
  if (isMap(node)) return locateMap(walk, node, depth + 1);
  if (isSeq(node)) return locateList(walk, node, depth + 1);
  return nothing(walk, offsetOf(node));
}

function locateScalar(walk: Walk, node: Scalar): Located {
  refuseTag(walk, node);
  const { value } = node;
  const simple = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return {
    kind: 'scalar',
    value: simple ? value : null,
    written: node.source ?? '',
    text: walk.text,
    offset: offsetOf(node),
  };
}

const coreTag = /^tag:yaml\.org,2002:(str|int|float|bool|null|map|seq)$/;

function refuseTag(walk: Walk, node: Scalar | YAMLMap | YAMLSeq): void {
  if (node.tag === undefined || coreTag.test(node.tag)) return;
  report(walk, 'YAML_UNSUPPORTED', offsetOf(node), {
    detail: `The tag ${quote(node.tag)} has no meaning in a manifest.`,
    help: 'Write the value without a tag.',
  });
}

function locateList(walk: Walk, node: YAMLSeq, depth: number): LocatedList {
  refuseTag(walk, node);
  const items = node.items.map((item) => locateNode(walk, item, depth));
  return { kind: 'list', items, text: walk.text, offset: offsetOf(node) };
}

function locateAlias(walk: Walk, alias: Alias, depth: number): Located {
  const offset = offsetOf(alias);
  const name = `*${alias.source}`;
  const target = walk.anchors.get(alias.source);
  if (target === undefined) {
    const detail = `No anchor \`&${alias.source}\` stands before \`${name}\`.`;
    const help = `Write \`&${alias.source}\` before the value that is meant. A text that begins with \`*\` needs quotes.`;
    report(walk, 'ALIAS_UNRESOLVED', offset, { detail, help });
    return nothing(walk, offset);
  }
  if (target.value === undefined) {
    const detail = `\`${name}\` stands inside the value that it stands for.`;
    report(walk, 'ALIAS_CIRCULAR', offset, { detail, help: 'Take the alias away.' });
    return nothing(walk, offset);
  }
  if (depth + target.height > deepestNesting) {
    walk.diagnostics.push(nestedTooDeep(walk.text, offset));
    return nothing(walk, offset);
  }
  if (!unfolds(walk, target.size, offset)) return nothing(walk, offset);
  walk.deepest = Math.max(walk.deepest, depth + target.height);
  return { ...target.value, offset, anchor: target.value.offset };
}

/** Counts values that an alias or a merge key brings; says so once when they are too many. */
function unfolds(walk: Walk, size: number, offset: number): boolean {
  if (walk.aliased > mostAliasedValues) return false;
  walk.aliased += size;
  walk.size += size;
  if (walk.aliased <= mostAliasedValues) return true;
  report(walk, 'ALIAS_BOMB', offset, {
    detail: `Unfolded, the aliases up to here stand for more than ${counted(mostAliasedValues, 'value')}.`,
    help: 'Use fewer aliases of aliases.',
  });
  return false;
}

function locateMap(walk: Walk, node: YAMLMap, depth: number): LocatedMap {
  refuseTag(walk, node);
  const entries = new Map<string, LocatedEntry>();
  const merged: Located[] = [];
  let mergeKey: number | undefined;
  for (const pair of node.items) {
    const key = { text: walk.text, offset: offsetOf(pair.key) };
    if (isMergeKey(pair.key)) {
      if (mergeKey !== undefined) reportDuplicate(walk, '<<', key.offset, mergeKey);
      mergeKey ??= key.offset;
      merged.push(locateNode(walk, pair.value, depth));
      continue;
    }
    const name = keyName(walk, locateNode(walk, pair.key, depth));
    const value = locateNode(walk, pair.value, depth);
    if (name === undefined) continue;
    const first = entries.get(name);
    if (first === undefined) entries.set(name, { key, value });
    else reportDuplicate(walk, name, key.offset, first.key.offset);
  }
  for (const value of merged) merge(walk, entries, value);
  return { kind: 'map', entries, text: walk.text, offset: offsetOf(node) };
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.type === 'PLAIN' && key.source === '<<';
}

function reportDuplicate(walk: Walk, name: string, offset: number, first: number): void {
  report(walk, 'DUPLICATE_MAPPING_KEY', offset, {
    detail: `The key ${quote(name)} stands twice in one mapping; only one of the two could count.`,
    help: name === '<<' ? 'Merge several mappings with `<<: [*a, *b]`.' : 'Take one away, or rename it.',
    related: [{ message: 'first written here', source: walk.text.sourceAt(first) }],
  });
}

/** The key as a text. A number or a word passes where it reads the same either way, so not `1.10`. */
function keyName(walk: Walk, key: Located): string | undefined {
  if (key.kind === 'scalar' && key.value !== null && String(key.value) === key.written) return key.written;
  if (key.kind === 'scalar' && typeof key.value === 'string') return key.value;
  const quotable =
    key.kind === 'scalar' && key.written !== '' ? ` Quote it: \`${quote(key.written)}:\`.` : '';
  report(walk, 'YAML_UNSUPPORTED', key.offset, {
    detail: 'A key that is not a text has no meaning in a manifest.',
    help: `Write a text before the colon.${quotable}`,
  });
  return undefined;
}

/** Own keys beat merged ones, and earlier merged ones beat later ones. */
function merge(walk: Walk, entries: Map<string, LocatedEntry>, value: Located): void {
  if (value.kind === 'list') {
    for (const item of value.items) merge(walk, entries, item);
    return;
  }
  if (value.kind === 'scalar') {
    const detail = 'Only mappings can be merged into a mapping.';
    const help = 'Write `<<: *anchor`, where the anchor marks a mapping.';
    walk.diagnostics.push(diagnostic('YAML_UNSUPPORTED', { detail, help, source: sourceOf(value) }));
    return;
  }
  if (!unfolds(walk, value.entries.size, value.offset)) return;
  for (const [name, entry] of value.entries) if (!entries.has(name)) entries.set(name, entry);
}
