// One page of a listing. The page token is opaque and bound to the query it came from: used with
// another query, or made up, it is refused.
//
// Filtering comes after paging, as at the vendor: a page may be empty and still not be the last.

import { indexAfter, type Ordered } from './children.ts';
import { hash32 } from './random.ts';
import { refuse } from './refusal.ts';

/** A fault in the listing: the next page repeats an item, or misses one. */
export type Slip = 'repeat' | 'miss';

export interface PageQuery {
  readonly size: number;
  /** From the page before; the first page has none. */
  readonly token: string | undefined;
  readonly slip?: Slip | undefined;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  /** `undefined` on the last page. */
  readonly next: string | undefined;
}

export interface PageSource<Item extends Ordered> {
  readonly siblings: readonly Item[];
  /** Names the query; a token is good for this one only. */
  readonly query: string;
  readonly seed: number;
  readonly visible: (item: Item) => boolean;
}

function encode(order: number, seed: number, query: string): string {
  return Buffer.from(`${order}.${hash32(seed, query, order)}`).toString('base64url');
}

/** The order the token stands for. @throws {Refusal} on a token of another query. */
function decode(token: string, seed: number, query: string): number {
  const order = Number(Buffer.from(token, 'base64url').toString().split('.')[0]);
  if (!Number.isSafeInteger(order) || encode(order, seed, query) !== token) {
    refuse('invalid', 'param err: invalid page_token');
  }
  return order;
}

/** @throws {Refusal} on a page token that is not of this query. */
export function pageOf<Item extends Ordered>(source: PageSource<Item>, page: PageQuery): Page<Item> {
  const { siblings, query, seed } = source;
  const start = page.token === undefined ? 0 : indexAfter(siblings, decode(page.token, seed, query));
  const end = Math.min(start + page.size, siblings.length);
  const items = siblings.slice(start, end).filter(source.visible);
  if (end === siblings.length) return { items, next: undefined };
  const last = siblings[lastSeen(start, end, page.slip)];
  return { items, next: last === undefined ? undefined : encode(last.order, seed, query) };
}

/** The index behind which the next page begins; a slip still gets further with every page. */
function lastSeen(start: number, end: number, slip: Slip | undefined): number {
  if (slip === 'miss') return end;
  return slip === 'repeat' && end - start > 1 ? end - 2 : end - 1;
}
