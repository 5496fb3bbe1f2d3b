// Addresses: the only names that manifest, plan and people share.
// Invariant: `joinAddress` and `splitAddress` are inverse; inside a key `/` is written `\/` and `\`
// is written `\\`, so two different paths never make the same address.

import type { Address } from './identifier.ts';

/** The key as it stands inside an address. */
export function escapeKey(key: string): string {
  return /[\\/]/.test(key) ? key.replace(/[\\/]/g, '\\$&') : key;
}

/** The address of a space, which is also the parent address of its top-level nodes. */
export function spaceAddress(key: string): Address {
  return escapeKey(key) as Address;
}

/** The address of the child with this key. */
export function childAddress(parent: Address, key: string): Address {
  return `${parent}/${escapeKey(key)}` as Address;
}

/** The address that these keys spell, the space's key first. */
export function joinAddress(keys: readonly string[]): Address {
  return keys.map(escapeKey).join('/') as Address;
}

/**
 * The keys of an address, the space's key first; `undefined` where the text is no address: an empty
 * key, or a `\` before anything but `/` and `\`.
 */
export function splitAddress(text: string): string[] | undefined {
  const keys: string[] = [];
  let key = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '/') {
      if (key === '') return undefined;
      keys.push(key);
      key = '';
    } else if (char === '\\') {
      const next = text.charAt(at + 1);
      if (next !== '/' && next !== '\\') return undefined;
      key += next;
      at += 1;
    } else key += char;
  }
  if (key === '') return undefined;
  keys.push(key);
  return keys;
}

/** The text as an address, or `undefined` where it is none. */
export function parseAddress(text: string): Address | undefined {
  // Most have no escapes, and a state has 400,000: they need not be taken apart.
  const isAddress = text.includes('\\') ? splitAddress(text) !== undefined : hasKeys(text);
  return isAddress ? (text as Address) : undefined;
}

const hasKeys = (text: string): boolean =>
  text !== '' && !text.startsWith('/') && !text.endsWith('/') && !text.includes('//');

/** Where the last unescaped `/` stands; -1 in the address of a space. */
export function lastSlash(address: Address): number {
  for (let at = address.lastIndexOf('/'); at > 0; at = address.lastIndexOf('/', at - 1)) {
    let backslashes = 0;
    while (address.charAt(at - 1 - backslashes) === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return -1;
}

/** The parent's address, or `undefined` for the address of a space. */
export function parentAddress(address: Address): Address | undefined {
  const at = lastSlash(address);
  return at === -1 ? undefined : (address.slice(0, at) as Address);
}

/** The last part of an address as it stands there, escapes included. */
export function lastSegment(address: Address): string {
  return address.slice(lastSlash(address) + 1);
}

/** The address of the space in which an address lies. */
export function spaceOfAddress(address: Address): Address {
  const end = address.indexOf('/');
  if (end === -1) return address;
  const first = address.slice(0, end);
  if (!first.includes('\\')) return first as Address;
  return spaceAddress(splitAddress(address)?.[0] ?? address);
}

/** Whether `address` is `ancestor` or lies below it. */
export function isWithin(address: Address, ancestor: Address): boolean {
  if (!address.startsWith(ancestor)) return false;
  return address.length === ancestor.length || address.charAt(ancestor.length) === '/';
}
