// Rates as text, COUNT/PERIOD, and which of two rates lets more through.

import type { Rate } from '../tree/limit.ts';

const form = /^([1-9]\d{0,8})\/([1-9]\d{0,8})?(ms|s|min)$/;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000 };

/** `100/min`, `5/2s`, `1/500ms`; `undefined` for any other text. */
export function parseRate(text: string): Rate | undefined {
  const [matched, count, units = '1', unit = ''] = form.exec(text) ?? [];
  if (matched === undefined) return undefined;
  return { count: Number(count), windowMs: Number(units) * (unitMs[unit] ?? 1) };
}

/** A rate as a person writes it. */
export function formatRate({ count, windowMs }: Rate): string {
  const unit = windowMs % 60_000 === 0 ? 'min' : windowMs % 1000 === 0 ? 's' : 'ms';
  const units = windowMs / (unitMs[unit] ?? 1);
  return `${count}/${units === 1 ? '' : units}${unit}`;
}

/**
 * The most calls that a rate lets through in some window of that length. All calls of one of the
 * rate's own windows may come in one burst, so a window holds as many bursts as can begin in it.
 */
export function mostCallsIn(windowMs: number, rate: Rate): number {
  return rate.count * Math.ceil(windowMs / rate.windowMs);
}

/** Whether the rate lets more through than the cap in some window of the cap. */
export function isLooser(rate: Rate, cap: Rate): boolean {
  return mostCallsIn(cap.windowMs, rate) > cap.count;
}
