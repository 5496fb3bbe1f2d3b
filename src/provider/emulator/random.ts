// Chance without a generator: every draw is a hash of the seed and of what it is drawn for. So a
// draw does not depend on how many others came before it, and a world restored from a snapshot, or
// requests that arrive in another order, see the same luck.

function mix(state: number, value: number): number {
  let hash = Math.imul(state ^ value, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixText(state: number, text: string): number {
  let hash = mix(state, text.length);
  for (let at = 0; at < text.length; at += 1) hash = mix(hash, text.charCodeAt(at));
  return hash;
}

/** 32 bits that depend on every part and on their order. */
export function hash32(...parts: readonly (string | number)[]): number {
  let hash = 0x243f6a88;
  for (const part of parts) {
    hash =
      typeof part === 'string' ? mixText(hash, part) : mix(mix(hash, part >>> 0), Math.floor(part / 2 ** 32));
  }
  return hash;
}

/** A number in [0, 1) that depends on every part. */
export function fraction(...parts: readonly (string | number)[]): number {
  return hash32(...parts) / 2 ** 32;
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * So many letters and digits, five to a draw. The last part, where it is a whole number below 2^32,
 * goes into the hash reversibly: what differs only there never meets.
 */
export function letters(count: number, ...parts: readonly (string | number)[]): string {
  const base = hash32(...parts);
  let text = '';
  for (let lane = 1; text.length < count; lane += 1) {
    let draw = hash32(base, lane);
    for (let at = 0; at < 5; at += 1) {
      text += alphabet.charAt(draw % alphabet.length);
      draw = Math.floor(draw / alphabet.length);
    }
  }
  return text.slice(0, count);
}

/** So many decimal digits, six to a draw. */
export function digits(count: number, ...parts: readonly (string | number)[]): string {
  let text = '';
  for (let lane = 1; text.length < count; lane += 1) {
    text += String(hash32(...parts, lane) % 1_000_000).padStart(6, '0');
  }
  return text.slice(0, count);
}
