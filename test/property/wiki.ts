// A small model of a manifest whose pages keep a number through every edit, so that a test knows which
// page is meant whatever becomes of its address. Edits are numbers that pick from whatever is there, and
// leave a wiki that its vendor can have.

import fc from 'fast-check';
import { childAddress, spaceAddress } from '../../src/tree/address.ts';
import type { Address } from '../../src/tree/identifier.ts';
import type { VendorUnderTest } from '../vendor.ts';

export interface Page {
  readonly uid: number;
  key: string;
  title: string;
  readonly type: string;
  /** The page that a shortcut points to. */
  readonly shortcutOf: number | undefined;
  /** The page it is made from; means nothing once it is there. */
  copyOf: number | undefined;
  readonly children: Page[];
}

/** What a vendor lets a wiki have. */
export interface WikiRules {
  /** To draw from. */
  readonly types: readonly string[];
  readonly hasShortcuts: boolean;
  /** Whether siblings of one type may share a title. */
  readonly hasTwins: boolean;
}

export interface Wiki {
  readonly rules: WikiRules;
  readonly spaces: readonly { readonly key: string; readonly pages: Page[] }[];
  made: number;
}

/** A page with where it is declared. */
export interface Placed {
  readonly page: Page;
  readonly address: Address;
  readonly parent: Address;
  /** `undefined` at the top level. */
  readonly above: number | undefined;
}

export type Verb = 'add' | 'copy' | 'shortcut' | 'drag' | 'retitle' | 'rekey' | 'remove' | 'invert' | 'swap';

export interface Edit {
  readonly verb: Verb;
  readonly page: number;
  readonly other: number;
  readonly title: number;
}

/** Few, so that they repeat across parents; a shortcut or a page of another type may share one with a sibling. */
const titles = ['Overview', 'Goals', 'Notes', '路线图', 'A/B', 'back\\slash'];

const adding: readonly Verb[] = ['add', 'add', 'add', 'add', 'copy', 'shortcut'];
const changing: readonly Verb[] = ['drag', 'drag', 'retitle', 'rekey', 'remove', 'invert', 'swap'];

const pick = fc.nat(997);
const edits = (verbs: readonly Verb[], maxLength: number, minLength = 0): fc.Arbitrary<Edit[]> =>
  fc.array(fc.record<Edit>({ verb: fc.constantFrom(...verbs), page: pick, other: pick, title: pick }), {
    minLength,
    maxLength,
  });

/** The edits that make a first wiki. */
export const beginnings = edits(adding, 24, 4);
/** The edits of a later commit. */
export const commits = edits([...adding, ...changing, ...changing], 8, 1);
/** Edits that move and rename, and neither add nor remove. */
export const reorganisations = edits(['drag', 'drag', 'retitle', 'rekey', 'invert', 'swap'], 8, 1);

export const spaceKeys = ['handbook', 'projects', 'archive'];

export function emptyWiki(
  { types, capabilities }: VendorUnderTest,
  keys: readonly string[] = spaceKeys,
): Wiki {
  const rules: WikiRules = {
    types,
    hasShortcuts: capabilities.shortcuts.create,
    hasTwins: capabilities.siblingNames === 'free',
  };
  return { rules, spaces: keys.map((key) => ({ key, pages: [] })), made: 0 };
}

/** The wiki after the edits; the given one is left as it is. */
export function edited(wiki: Wiki, made: readonly Edit[]): Wiki {
  const next = structuredClone(wiki);
  for (const edit of made) perform(next, edit);
  settleKeys(next, wiki);
  if (!wiki.rules.hasTwins) tellApart(next);
  return next;
}

/** Every page, parents before children. */
export function pagesOf(wiki: Wiki): Placed[] {
  const found: Placed[] = [];
  const visit = (pages: readonly Page[], parent: Address, above: number | undefined): void => {
    for (const page of pages) {
      const address = childAddress(parent, page.key);
      found.push({ page, address, parent, above });
      visit(page.children, address, page.uid);
    }
  };
  for (const { key, pages } of wiki.spaces) visit(pages, spaceAddress(key), undefined);
  return found;
}

export const byUid = (wiki: Wiki): ReadonlyMap<number, Placed> =>
  new Map(pagesOf(wiki).map((placed) => [placed.page.uid, placed]));

function perform(wiki: Wiki, { verb, page, other, title }: Edit): void {
  const pages = pagesOf(wiki);
  const chosen = at(pages, page)?.page;
  switch (verb) {
    case 'add':
      add(wiki, place(wiki, other), { title, type: at(wiki.rules.types, page) ?? '' });
      break;
    case 'copy':
    case 'shortcut':
      if (verb === 'copy' || wiki.rules.hasShortcuts) point(wiki, verb, { page, other, title });
      break;
    case 'swap':
      swap(wiki, chosen, at(pages, other)?.page);
      break;
    default:
      if (chosen !== undefined) change(wiki, verb, chosen, { other, title });
  }
}

/** Makes a page from another, or one that points to it. */
function point(wiki: Wiki, verb: 'copy' | 'shortcut', { page, other, title }: Omit<Edit, 'verb'>): void {
  const sources = pagesOf(wiki).filter(({ page: candidate }) => candidate.shortcutOf === undefined);
  const source = at(sources, page)?.page;
  if (source === undefined) return;
  const reference = verb === 'copy' ? 'copyOf' : 'shortcutOf';
  add(wiki, place(wiki, other), { title, type: source.type, [reference]: source.uid });
}

type Change = Exclude<Verb, 'add' | 'copy' | 'shortcut' | 'swap'>;

function change(wiki: Wiki, verb: Change, page: Page, { other, title }: Pick<Edit, 'other' | 'title'>): void {
  switch (verb) {
    case 'drag':
      drag(wiki, page, place(wiki, other, page));
      break;
    case 'retitle':
      page.title = at(titles, title) ?? '';
      break;
    case 'rekey':
      page.key = `${page.title} by key ${title}`;
      break;
    case 'remove':
      remove(wiki, page);
      break;
    case 'invert':
      invert(wiki, page);
      break;
  }
}

function at<T>(items: readonly T[], number: number): T | undefined {
  return items[number % Math.max(1, items.length)];
}

/** Children lists that a page may go into: never its own, nor those below it, nor a shortcut's. */
function place(wiki: Wiki, number: number, moving?: Page): Page[] {
  const inside = new Set(moving === undefined ? [] : subtree(moving));
  const open = pagesOf(wiki).filter(({ page }) => page.shortcutOf === undefined && !inside.has(page));
  const places = [...wiki.spaces.map(({ pages }) => pages), ...open.map(({ page }) => page.children)];
  return at(places, number) ?? [];
}

function subtree(page: Page): Page[] {
  return [page, ...page.children.flatMap(subtree)];
}

function add(
  wiki: Wiki,
  siblings: Page[],
  parts: { title: number; type: string; copyOf?: number; shortcutOf?: number },
): void {
  wiki.made += 1;
  const title = at(titles, parts.title) ?? '';
  const { type, copyOf, shortcutOf } = parts;
  insert(siblings, { uid: wiki.made, key: title, title, type, copyOf, shortcutOf, children: [] });
}

/** Sibling keys are unique: who comes second gets another. */
function insert(siblings: Page[], page: Page): void {
  const taken = siblings.some(({ key }) => key === page.key);
  if (taken) page.key = `${page.key} #${page.uid}`;
  siblings.push(page);
}

function siblingsOf(wiki: Wiki, page: Page): Page[] {
  const lists = [
    ...wiki.spaces.map(({ pages }) => pages),
    ...pagesOf(wiki).map((placed) => placed.page.children),
  ];
  return lists.find((list) => list.includes(page)) ?? [];
}

function drag(wiki: Wiki, page: Page, to: Page[]): void {
  take(siblingsOf(wiki, page), page);
  insert(to, page);
}

function take(list: Page[], page: Page): void {
  list.splice(list.indexOf(page), 1);
}

/** The page and all below it, and the shortcuts that would lead nowhere. */
function remove(wiki: Wiki, page: Page): void {
  take(siblingsOf(wiki, page), page);
  const gone = new Set(subtree(page).map(({ uid }) => uid));
  for (const { page: left } of pagesOf(wiki)) {
    if (left.shortcutOf !== undefined && gone.has(left.shortcutOf)) take(siblingsOf(wiki, left), left);
  }
}

/** A page goes below its own first child. */
function invert(wiki: Wiki, page: Page): void {
  const child = page.children.find(({ shortcutOf }) => shortcutOf === undefined);
  if (child === undefined) return;
  const above = siblingsOf(wiki, page);
  take(page.children, child);
  take(above, page);
  insert(above, child);
  insert(child.children, page);
}

/** Two pages, neither below the other, change places. */
function swap(wiki: Wiki, one: Page | undefined, two: Page | undefined): void {
  if (one === undefined || two === undefined || subtree(one).includes(two) || subtree(two).includes(one))
    return;
  const [first, second] = [siblingsOf(wiki, one), siblingsOf(wiki, two)];
  take(first, one);
  take(second, two);
  insert(first, two);
  insert(second, one);
}

/** An address whose page left the manifest would mean that page again: its new page gets another key. */
function settleKeys(wiki: Wiki, before: Wiki): void {
  const owners = new Map(pagesOf(before).map(({ address, page }) => [address, page.uid]));
  for (let isStable = false; !isStable; ) {
    const alive = byUid(wiki);
    const clash = pagesOf(wiki).find(({ address, page }) => {
      const owner = owners.get(address);
      return owner !== undefined && owner !== page.uid && !alive.has(owner);
    });
    isStable = clash === undefined;
    if (clash !== undefined) clash.page.key += ` #${clash.page.uid}`;
  }
}

/** Of siblings that a vendor could not keep apart, those that come later are numbered. */
function tellApart(wiki: Wiki): void {
  const settle = (pages: readonly Page[]): void => {
    const taken = new Set<string>();
    for (const page of pages) {
      const name = (): string => `${page.type} ${page.title}`;
      if (taken.has(name())) page.title += ` ${page.uid}`;
      taken.add(name());
      settle(page.children);
    }
  };
  for (const { pages } of wiki.spaces) settle(pages);
}
