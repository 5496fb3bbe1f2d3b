import { describe, expect, test } from 'vitest';
import { codeFrame } from '../../src/render/code-frame.ts';
import { plainStyle } from '../../src/render/style.ts';
import { textWidth } from '../../src/render/text-width.ts';

function frame(text: string, line: number, column: number): string[] {
  return codeFrame(text, { file: 'f', line, column }, plainStyle);
}

/** What stands above the carets, by columns of the screen. */
function marked(text: string, column: number): string {
  const lines = frame(text, 1, column);
  const [source = '', carets = ''] = lines;
  const from = carets.indexOf('^');
  const to = carets.lastIndexOf('^') + 1;
  let at = 0;
  let found = '';
  for (const character of source) {
    if (at >= from && at < to) found += character;
    at += textWidth(character);
  }
  return found;
}

describe('a code frame', () => {
  test('shows the line before, the line, and carets', () => {
    expect(frame('one\ntwo: three\nfour\n', 2, 6)).toEqual([
      '  1 │ one',
      '> 2 │ two: three',
      '    │      ^^^^^',
    ]);
  });

  test('lines its numbers up', () => {
    const text = Array.from({ length: 10 }, (_, at) => `line ${at + 1}`).join('\n');
    expect(frame(text, 10, 1)).toEqual(['   9 │ line 9', '> 10 │ line 10', '     │ ^^^^^^^']);
  });

  test('is empty where the file has no such line', () => {
    expect(frame('one', 3, 1)).toEqual([]);
  });

  test('shows an empty line and the end of a line', () => {
    expect(frame('', 1, 1)).toEqual(['> 1 │', '    │ ^']);
    expect(frame('a:', 1, 3)).toEqual(['> 1 │ a:', '    │   ^']);
  });

  test.each([
    ['- title: 手册', 10, '手册'],
    ['手册: x', 5, 'x'],
    ['手册: x', 1, '手册'],
    ['"🚀 go": x', 10, 'x'],
    ['e\u0301: value', 5, 'value'],
    ['a: "x # \\" y" # z', 4, '"x # \\" y"'],
    ["a: 'b: c'", 4, "'b: c'"],
    ['{a: b c, d: e}', 5, 'b c'],
    ['a: http://x # y', 4, 'http://x'],
  ])('%s at %i marks %s', (text, column, expected) => {
    expect(marked(text, column)).toBe(expected);
  });

  test('draws tabs as blanks', () => {
    expect(frame('\ta: b', 1, 5)).toEqual(['> 1 │     a: b', '    │        ^']);
  });

  test('clips long lines around the place', () => {
    const [line = '', carets = ''] = frame(`${'x '.repeat(500)}here ${'y '.repeat(500)}`, 1, 1001);
    expect(textWidth(line)).toBeLessThan(120);
    expect(line.slice(carets.indexOf('^'), carets.indexOf('^') + 4)).toBe('here');
    expect(line.startsWith('> 1 │ …')).toBe(true);
    expect(line.endsWith('…')).toBe(true);
  });

  test('shows no control characters and no passwords', () => {
    const lines = frame('a: \u001b[31mred\u202e url: https://me:hunter2@host/', 1, 1).join('\n');
    expect(lines).not.toContain('\u001b');
    expect(lines).not.toContain('\u202e');
    expect(lines).not.toContain('hunter2');
    expect(lines).toContain('https://**********@host/');
  });
});
