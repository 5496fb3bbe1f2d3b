// Finding the page that an address names, and saying which one was perhaps meant.

import { nearest } from '../schema/nearest.ts';
import { either, quote, verbatim } from '../schema/wording.ts';
import { splitAddress } from '../tree/address.ts';
import { type Draft, draftsBelow, type Forest, type SpaceDraft } from './draft.ts';

export type Lookup =
  | { readonly kind: 'found'; readonly draft: Draft }
  /** The text is no address of a page; `reason` ends a sentence about it. */
  | { readonly kind: 'invalid'; readonly reason: string }
  /** Nothing under the branch has the key; the branch is undefined where the space is unknown. */
  | { readonly kind: 'missing'; readonly key: string; readonly branch: Draft | SpaceDraft | undefined };

export function lookUp(forest: Forest, address: string): Lookup {
  const keys = splitAddress(address);
  if (keys === undefined) return { kind: 'invalid', reason: unreadable(address) };
  const [spaceKey = '', ...rest] = keys;
  if (rest.length === 0) return { kind: 'invalid', reason: 'names a space, and a page is needed' };
  let branch: Draft | SpaceDraft | undefined = forest.spaces.get(spaceKey);
  if (branch === undefined) return { kind: 'missing', key: spaceKey, branch };
  for (const key of rest) {
    const child: Draft | undefined = branch.children.get(key);
    if (child === undefined) return { kind: 'missing', key, branch };
    branch = child;
  }
  return branch.kind === 'space'
    ? { kind: 'missing', key: spaceKey, branch }
    : { kind: 'found', draft: branch };
}

function unreadable(address: string): string {
  if (address.startsWith('/')) return 'begins with `/`; an address begins with the key of a space';
  if (address.endsWith('/')) return 'ends with `/`';
  if (address.includes('//')) return 'holds an empty key between two `/`';
  if (address.includes('\\')) return 'holds a `\\` that is neither `\\/` nor `\\\\`';
  return 'is empty, and an address names a page';
}

/** Whether the missing page may be declared where something could not be read. */
export function mayBeDeclared(forest: Forest, missing: Lookup & { kind: 'missing' }): boolean {
  return missing.branch === undefined ? forest.partial : missing.branch.partial;
}

/** Pages looked at for a suggestion. */
const mostLookedAt = 2000;

/** A sentence that says where the address stops leading anywhere, and which ones are near. */
export function explainMissing(
  forest: Forest,
  missing: Lookup & { kind: 'missing' },
): { detail: string; help: string } {
  const { key, branch } = missing;
  const detail =
    branch === undefined
      ? `No space ${quote(key)} is declared`
      : `${verbatim(branch.address)} has no child ${quote(key)}`;
  const near = [...new Set([...nearSiblings(forest, missing), ...sameKey(forest, key)])].slice(0, 3);
  if (near.length === 0) return { detail, help: 'Write the address of a declared page.' };
  return { detail, help: `Did you mean ${either(near.map(verbatim))}?` };
}

/** Siblings of nearly that key, or with a `/` in their key that was not escaped. */
function nearSiblings(forest: Forest, { key, branch }: Lookup & { kind: 'missing' }): string[] {
  const siblings = branch === undefined ? forest.spaces : branch.children;
  const keys = [...siblings.keys()];
  const near = nearest(key, keys) ?? keys.find((sibling) => sibling.startsWith(`${key}/`));
  const found = near === undefined ? undefined : siblings.get(near);
  return found === undefined ? [] : [found.address];
}

/** Addresses of pages elsewhere that have the key. */
function sameKey(forest: Forest, key: string): string[] {
  const found: string[] = [];
  let seen = 0;
  for (const space of forest.spaces.values()) {
    for (const draft of draftsBelow(space)) {
      seen += 1;
      if (seen > mostLookedAt || found.length === 3) return found;
      if (draft.key === key) found.push(draft.address);
    }
  }
  return found;
}
