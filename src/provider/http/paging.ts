// Walks a listing to its end. Vendors hide what may not be seen after it has cut the pages, so a
// page can be empty and have a next one; and a listing is no snapshot, so a node can come twice.

import { OddFieldError } from './json.ts';

/** One page of a listing. */
export interface Page<Item> {
  readonly items: readonly Item[];
  /** Where the next page begins; `undefined` on the last. */
  readonly next: string | undefined;
}

/** 50,000 entries: far more than a parent can have, few enough to end. */
const maxPages = 1000;

export interface Listed<Item> {
  /** Each id once, in the order first seen; what was seen last wins. */
  readonly items: readonly Item[];
  /** Pages asked for. */
  readonly pages: number;
}

/** @throws {OddFieldError} when the listing leads back to a page that was read, or does not end. */
export async function listAll<Item extends { readonly id: string }>(
  fetchPage: (pageToken: string | undefined) => Promise<Page<Item>>,
): Promise<Listed<Item>> {
  const items = new Map<string, Item>();
  const seen = new Set<string>();
  let pageToken: string | undefined;
  for (let pages = 1; pages <= maxPages; pages += 1) {
    const page = await fetchPage(pageToken);
    // Nothing comes twice within one page.
    if (page.next === undefined && pages === 1) return { items: page.items, pages };
    for (const item of page.items) items.set(item.id, item);
    if (page.next === undefined) return { items: [...items.values()], pages };
    if (seen.has(page.next)) throw new OddFieldError('its pages lead back to one that was read already');
    seen.add(page.next);
    pageToken = page.next;
  }
  throw new OddFieldError(`it goes on after ${maxPages} pages`);
}
