import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceText } from '../../src/schema/source-text.ts';

test('an offset and its line and column are the same place', () => {
  const texts = fc.array(fc.constantFrom('a', '\n', '\r\n', '手', '🚀', ' ')).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, fc.nat(), (text, at) => {
      const offset = at % (text.length + 1);
      const { file, line, column } = sourceText('f', text).sourceAt(offset);
      const before = text.slice(0, offset).split('\n');
      expect({ file, line, column }).toEqual({
        file: 'f',
        line: before.length,
        column: (before.at(-1) ?? '').length + 1,
      });
    }),
  );
});
