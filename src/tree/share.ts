// A part of the vendor's rate, for runners that work side by side: `1/3` for one of three. Invariant: shares
// that sum up to one never let more through, in any window, than the whole rate does.

import type { Rate } from './limit.ts';

export interface Share {
  readonly part: number;
  readonly of: number;
}

/** `undefined` for a text that is no share of one whole. */
export function parseShare(text: string): Share | undefined {
  const [, part = '', of = ''] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text.trim()) ?? [];
  const share = { part: Number(part), of: Number(of) };
  return share.of > 0 && share.part <= share.of ? share : undefined;
}

export interface SharedPace {
  readonly pace: Readonly<Record<string, Rate>>;
  /** Endpoints whose share is less than one call; they may not be called at all. */
  readonly tooSmall: readonly string[];
}

/**
 * Rounds down. A share of less than one call cannot be kept by calling less often: all runners might call in
 * the same window.
 */
export function sharePace(pace: Readonly<Record<string, Rate>>, share: Share | undefined): SharedPace {
  if (share === undefined) return { pace, tooSmall: [] };
  const tooSmall: string[] = [];
  const shared = Object.entries(pace).map(([endpoint, { count, windowMs }]) => {
    const own = Math.floor((count * share.part) / share.of);
    if (own === 0) tooSmall.push(endpoint);
    return [endpoint, { count: Math.max(own, 1), windowMs }] as const;
  });
  return { pace: Object.fromEntries(shared), tooSmall };
}
