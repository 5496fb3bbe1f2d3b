// The plainest lines of a state against what JSON says of them, whatever part of the text is looked at at once.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FoundLine, PlainLine } from '../../src/state/plain-line.ts';
import { lastSegment, parseAddress } from '../../src/tree/address.ts';
import type { Address } from '../../src/tree/identifier.ts';

const text = fc.string({
  unit: fc.constantFrom('a', '/', '"', '\\', '\n', '图', '😀', '\u0001', ' '),
  maxLength: 6,
});

interface Line {
  readonly address: string;
  readonly id: string;
  readonly parent: string;
  readonly title: string;
  readonly type: string;
}

const lines: fc.Arbitrary<readonly Line[]> = fc.array(
  fc.record({
    address: fc.array(text, { minLength: 1, maxLength: 3 }).map((keys) => keys.join('/')),
    id: text,
    parent: fc.oneof(text, fc.constant('h/a')),
    title: text,
    type: fc.constantFrom('docx', 'sheet', ''),
  }),
  { maxLength: 12 },
);

const print = (all: readonly Line[]): string =>
  all.map(({ address, ...rest }) => `    ${JSON.stringify(address)}: ${JSON.stringify(rest)}`).join(',\n');

/** No escapes, nothing empty, and both addresses are some; the node's own is not a space's. */
function isPlain({ address, id, parent, title, type }: Line): boolean {
  const texts = [address, id, parent, title, type];
  if (texts.some((one) => one === '' || JSON.stringify(one) !== `"${one}"`)) return false;
  return parseAddress(address) !== undefined && address.includes('/') && parseAddress(parent) !== undefined;
}

function said(found: FoundLine, whole: string): Line & { readonly key: string } {
  const { address, key, id, title, parent, type } = found;
  return {
    address: whole.slice(address.start, address.end),
    key: whole.slice(key, address.end),
    id: whole.slice(id.start, id.end),
    title: whole.slice(title.start, title.end),
    parent,
    type,
  };
}

test('reads the plain lines and no others, through windows of any length', () => {
  fc.assert(
    fc.property(lines, fc.integer({ min: 1, max: 200 }), (all, windowLength) => {
      const whole = `${print(all)}\n`;
      const plain = new PlainLine(whole, windowLength);
      let at = 0;
      for (const line of all) {
        const found = plain.read(at);
        expect(found !== undefined).toBe(isPlain(line));
        if (found !== undefined) {
          const key = lastSegment(line.address as Address);
          expect(said(found, whole)).toEqual({ ...line, key });
        }
        at = whole.indexOf('\n', at) + 1;
        if (found !== undefined) expect(found.next).toBe(at);
      }
    }),
  );
});

describe('is none of these', () => {
  const plainest = '    "h/a": {"id":"n1","parent":"h","title":"A","type":"docx"},\n';
  test.each([
    ['a field more', plainest.replace('"},', '","archived":true},')],
    ['another order', '    "h/a": {"parent":"h","id":"n1","title":"A","type":"docx"},\n'],
    ['a blank more', plainest.replace(': {', ': { ')],
    ['less indented', plainest.slice(2)],
    ['no line break', plainest.trimEnd()],
    ['cut off', plainest.slice(0, 30)],
    ['an empty key', plainest.replace('h/a', 'h//a')],
    ['a slash at the end', plainest.replace('h/a', 'h/')],
    ['a slash at the beginning', plainest.replace('h/a', '/a')],
  ])('%s', (_, line) => {
    expect(new PlainLine(plainest).read(0)).toBeDefined();
    expect(new PlainLine(line).read(0)).toBeUndefined();
  });
});
