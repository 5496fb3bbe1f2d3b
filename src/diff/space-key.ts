// The key of a space that is taken over: its name in small letters and digits of any script, joined by `-`.

/** Characters of a key; long names are cut. */
const longest = 40;

/** @param isTaken - whether another space has the key. */
export function spaceKeyOf(name: string, isTaken: (key: string) => boolean): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu);
  const cut = [...(words ?? ['space']).join('-')].slice(0, longest).join('');
  return unusedKey(cut.replace(/-+$/, ''), isTaken, '-');
}

/** The key, or the first of `key 2`, `key 3` … that is free. */
export function unusedKey(key: string, isTaken: (key: string) => boolean, separator = ' '): string {
  if (!isTaken(key)) return key;
  for (let number = 2; ; number += 1) {
    const numbered = `${key}${separator}${number}`;
    if (!isTaken(numbered)) return numbered;
  }
}
