// Detours that turn out to be needless are taken out of an order: a page that was parked where nothing came
// of it stays, or goes on at once to where it goes later.
//
// Invariant: the forest after the order is the same, and each of its placings is legal. Whatever is left out
// changes nothing after the page's next placing, so only what lies between is looked at again.

import { present } from '../diagnostic/invariant.ts';
import type { Board } from './board.ts';
import type { Placing } from './placing.ts';

/** More changes than that many times through the order are not waited for. */
const mostPasses = 4;
/** Looks at placings; a million take about a second. */
const mostLooks = 400_000;

/** @param board - with the forest as it is before the order. */
export function shortened(placings: readonly Placing[], board: Board): readonly Placing[] {
  let order = placings;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const shorter = onePass(order, board);
    board.undoTo(0);
    if (shorter.length === order.length) break;
    order = shorter;
  }
  return order;
}

function onePass(placings: readonly Placing[], board: Board): readonly Placing[] {
  const order = [...placings];
  for (let at = 0; at < order.length; ) {
    const { node, to } = present(order[at], 'a placing');
    const next = order.findIndex((later, place) => place > at && later.node === node);
    const between = next === -1 || board.looks > mostLooks ? undefined : order.slice(at + 1, next);
    const instead = between && replaced({ node, to: order[next]?.to ?? -1 }, between, board);
    if (instead !== undefined) order.splice(at, next - at + 1, ...instead);
    else {
      board.place(node, to);
      at += 1;
    }
  }
  return order;
}

/** The page goes once, after the others or before them; or not at all, where it comes back. */
function replaced(once: Placing, between: readonly Placing[], board: Board): readonly Placing[] | undefined {
  const isBack = board.model.parent(once.node) === once.to;
  const ways = isBack
    ? [between]
    : [
        [...between, once],
        [once, ...between],
      ];
  return ways.find((way) => isLegal(way, board));
}

function isLegal(way: readonly Placing[], board: Board): boolean {
  const { length } = board;
  const isFine = way.every(({ node, to }) => {
    if (!board.mayPlace(node, to) || board.blockerOf(node, to) !== undefined) return false;
    board.place(node, to);
    return true;
  });
  board.undoTo(length);
  return isFine;
}
