// One declared node against its live page: made where there is none; moved and renamed where it differs.
// Invariant: what nobody can do is an error if the manifest asks for it, and a block if the wiki brought
// it about; both are said, and neither becomes a step that is tried.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { DesiredNode, DesiredSpace } from '../tree/desired.ts';
import type { LiveNode } from '../tree/live.ts';
import type { Before, Change, Origin } from './change.ts';
import { type Comparison, isListingHidden, liesBelow } from './comparison.ts';
import { checkNature } from './nature.ts';

export interface NodeComparison {
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
  /** Why nothing that needs this page can be done now. */
  readonly blocks: string | undefined;
}

/** What was found out about the nodes before this one. */
export interface Progress {
  /** Why the parent, the source or the origin at this address cannot serve; `undefined` where it can. */
  blockOf(address: string): string | undefined;
}

/** @param page - the node's live page, if it has one. */
export function compareNode(
  node: DesiredNode,
  page: LiveNode | undefined,
  space: DesiredSpace,
  progress: Progress,
  comparison: Comparison,
): NodeComparison {
  if (page !== undefined) return compareWithPage(node, space, page, progress, comparison);
  if (comparison.match.hidden.has(node.address)) return hidden(node);
  return make(node, progress, comparison);
}

function hidden(node: DesiredNode): NodeComparison {
  const found = diagnostic('NODE_HIDDEN', {
    severity: 'warning',
    detail: `${node.address} exists, but this identity may not read it; it is left as it is, and so is what depends on it.`,
    help: 'Give the app or user the right to edit the page, then run the same command again.',
    source: node.source,
  });
  return { changes: [], diagnostics: [found], blocks: `${node.address} may not be read` };
}

function make(node: DesiredNode, progress: Progress, comparison: Comparison): NodeComparison {
  const isGone = comparison.match.gone.has(node.address);
  const { making } = node;
  const reference = making.from === 'nothing' ? undefined : making.of;
  const type = node.type ?? typeOfReference(node, comparison);
  const change: Change = {
    kind: making.from === 'copy' ? 'copy-node' : 'create-node',
    address: node.address,
    title: node.title,
    type,
    nodeType: node.kind,
    parent: node.parent,
    before: undefined,
    reference,
    reason: isGone ? 'was deleted in the wiki' : reasonToMake(node),
    inferred: false,
    origin: isGone ? 'drift' : 'this-change',
    source: node.source,
    blocked: undefined,
    archives: false,
  };
  const impossible = making.from === 'nothing' ? cannotCreate(node, comparison) : undefined;
  if (impossible !== undefined && !isGone)
    return { changes: [], diagnostics: [impossible], blocks: impossible.detail };
  const unknown = referenceProblem(node, comparison);
  if (unknown !== undefined) return { changes: [], diagnostics: [unknown], blocks: unknown.detail };
  const blocked = impossible?.detail ?? blockOfMaking(node, progress, comparison);
  return {
    changes: [{ ...change, blocked }],
    diagnostics: isGone ? [gone(node)] : movedFromNowhere(node, comparison),
    blocks: blocked === undefined ? undefined : `${node.address} is blocked`,
  };
}

/** A page is made although the manifest says where it came from: a slip of the pen, or a new wiki. */
function movedFromNowhere(node: DesiredNode, { match }: Comparison): Diagnostic[] {
  const { movedFrom } = node;
  if (movedFrom === undefined || movedFrom === 'none' || match.bindings.at(movedFrom) !== undefined)
    return [];
  const found = diagnostic('MOVED_FROM_UNKNOWN', {
    severity: 'warning',
    detail: `${node.address} says movedFrom: ${movedFrom}, and no page was ever applied there; a new page will be made.`,
    help: 'Check the address: it is the one that the page had in the manifest that was last applied. If a new page is meant, take the line out.',
    source: node.source,
  });
  return [found];
}

function reasonToMake(node: DesiredNode): string {
  if (node.making.from === 'nothing') return 'declared';
  const { of } = node.making;
  const what = 'id' in of ? of.id : of.address;
  return node.making.from === 'copy' ? `copy of ${what}` : `shortcut to ${what}`;
}

/** The type of a page named by id, known once the page was seen. */
function typeOfReference(node: DesiredNode, { live }: Comparison): string | undefined {
  if (node.making.from === 'nothing' || !('id' in node.making.of)) return undefined;
  return live.nodes.get(node.making.of.id)?.type;
}

function cannotCreate(node: DesiredNode, { capabilities }: Comparison): Diagnostic | undefined {
  const type = node.type ?? capabilities.defaultType;
  if (capabilities.types[type]?.create !== false) return undefined;
  const types = Object.keys(capabilities.types).filter((name) => capabilities.types[name]?.create === true);
  return diagnostic('TYPE_NOT_CREATABLE', {
    detail: `${node.address} does not exist, and ${capabilities.label} has no call to create a page of type ${type}.`,
    help: `Make the page by hand and run again, or name the existing one with id: "…", or use one of the types ${types.join(', ')}.`,
    source: node.source,
  });
}

function referenceProblem(node: DesiredNode, { live }: Comparison): Diagnostic | undefined {
  if (node.making.from === 'nothing' || !('id' in node.making.of)) return undefined;
  const { id } = node.making.of;
  if (!live.goneNodes.has(id)) return undefined;
  return diagnostic('NODE_NOT_FOUND', {
    detail: `${node.address} is a ${node.making.from} of the page ${id}, and the vendor knows no such page.`,
    help: 'Check the id: it is the last part of the address of the page in the browser.',
    source: node.source,
  });
}

function blockOfMaking(node: DesiredNode, progress: Progress, comparison: Comparison): string | undefined {
  const above = blockOfParent(node, progress, comparison);
  if (above !== undefined || node.making.from === 'nothing') return above;
  const { of } = node.making;
  if ('address' in of) {
    if (comparison.match.hidden.has(of.address)) return `${of.address} may not be read`;
    return progress.blockOf(of.address);
  }
  return comparison.live.hiddenNodes.has(of.id) ? `the page ${of.id} may not be read` : undefined;
}

function blockOfParent(node: DesiredNode, progress: Progress, comparison: Comparison): string | undefined {
  const above = progress.blockOf(node.parent);
  if (above !== undefined) return above;
  return isListingHidden(node.parent, comparison)
    ? `what lies below ${node.parent} may not be read`
    : undefined;
}

function gone(node: DesiredNode): Diagnostic {
  return diagnostic('NODE_GONE', {
    severity: 'warning',
    detail: `${node.address} was applied before and is gone from the wiki; it will be made again, empty.`,
    help: 'To have its content back, restore the page from the trash of the wiki first; to let it go, take it out of the manifest.',
    source: node.source,
  });
}

/** What is found of most nodes; one value for all of them. */
export const asDeclared: NodeComparison = { changes: [], diagnostics: [], blocks: undefined };

function compareWithPage(
  node: DesiredNode,
  space: DesiredSpace,
  page: LiveNode,
  progress: Progress,
  comparison: Comparison,
): NodeComparison {
  const nature = checkNature(node, page, comparison);
  const isInPlace = liesBelow(page, node.parent, comparison);
  if (isInPlace && node.title === page.title && nature.length === 0) return asDeclared;
  const changes: Change[] = [];
  const diagnostics = [...nature];
  if (!isInPlace) {
    changes.push({ ...moved(node, page, comparison), blocked: blockOfParent(node, progress, comparison) });
  }
  if (wantsTitle(node, space, page, comparison)) {
    if (canRename(page, comparison)) changes.push(renamed(node, page, comparison));
    else diagnostics.push(notRenamable(node, page, comparison));
  }
  return { changes, diagnostics, blocks: undefined };
}

function moved(node: DesiredNode, page: LiveNode, comparison: Comparison): Change {
  const { match } = comparison;
  const matched = match.nodes.get(node.address);
  const bound = matched?.former === undefined ? undefined : match.bindings.at(matched.former);
  const parentNow = match.nodes.get(node.parent)?.id;
  const parentThen = bound === undefined ? undefined : match.bindings.at(bound.parent)?.id;
  const stayed = parentNow === undefined ? bound?.parent === node.parent : parentNow === parentThen;
  const isDrift = bound !== undefined && stayed;
  const from = match.places.parentOf(page);
  return {
    ...existing(node, page, comparison),
    kind: 'move-node',
    reason: isDrift ? `was moved by hand to ${from}` : `moved from ${from}`,
    origin: isDrift ? 'drift' : 'this-change',
  };
}

function renamed(node: DesiredNode, page: LiveNode, comparison: Comparison): Change {
  const isDrift = titleApplied(node, comparison) === node.title;
  return {
    ...existing(node, page, comparison),
    kind: 'rename-node',
    reason: `title was ${JSON.stringify(page.title)}`,
    origin: isDrift ? 'drift' : 'this-change',
  };
}

function existing(
  node: DesiredNode,
  page: LiveNode,
  comparison: Comparison,
): Omit<Change, 'kind' | 'reason'> {
  const origin: Origin = 'this-change';
  return {
    address: node.address,
    title: node.title,
    type: page.type,
    nodeType: page.kind,
    parent: node.parent,
    before: before(page, comparison),
    reference: undefined,
    inferred: comparison.match.nodes.get(node.address)?.rule === 'inferred',
    origin,
    source: node.source,
    blocked: undefined,
    archives: false,
  };
}

/** Where and what a page is now. */
export function before(page: LiveNode, { match }: Comparison): Before {
  return { address: match.places.addressOf(page), parent: match.places.parentOf(page), title: page.title };
}

/** The title the manifest had when it was last applied. */
function titleApplied(node: DesiredNode, { match }: Comparison): string | undefined {
  const former = match.nodes.get(node.address)?.former;
  return former === undefined ? undefined : match.bindings.at(former)?.title;
}

/** With `titles: follow` the wiki's title wins until the manifest's changes. */
function wantsTitle(node: DesiredNode, space: DesiredSpace, page: LiveNode, comparison: Comparison): boolean {
  if (node.title === page.title) return false;
  return space.titles === 'enforce' || titleApplied(node, comparison) !== node.title;
}

function canRename(page: LiveNode, { capabilities }: Comparison): boolean {
  if (page.kind === 'shortcut') return capabilities.shortcuts.rename;
  return capabilities.types[page.type]?.rename === true;
}

function notRenamable(node: DesiredNode, page: LiveNode, { capabilities }: Comparison): Diagnostic {
  return diagnostic('TITLE_NOT_WRITABLE', {
    severity: 'warning',
    detail: `${node.address} is called ${JSON.stringify(page.title)} in the wiki and ${JSON.stringify(node.title)} in the manifest; ${capabilities.label} has no call to change the title of a ${page.type}.`,
    help: 'Change it in the wiki by hand, or write in the manifest what the wiki has (with key: … to keep the address).',
    source: node.source,
  });
}
