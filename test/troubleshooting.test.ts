// docs/troubleshooting.md says of every code that a vendor documents what to do, and of no other.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { dingtalkPermissions } from '../src/provider/dingtalk/capability.ts';
import { codeMeanings, meaningOf as meaningOfWords } from '../src/provider/dingtalk/code-table.ts';
import { documentedCodes, meaningOf } from '../src/provider/feishu/code-table.ts';
import { endpoints } from '../src/provider/feishu/endpoint.ts';
import { oauthCodes } from '../src/provider/feishu/oauth-code.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string): string => readFileSync(`${root}docs/${name}`, 'utf8');

/** What stands below a heading of the second level. */
function sectionOf(text: string, heading: string): string {
  const start = text.indexOf(`\n## ${heading}\n`);
  expect(start, heading).toBeGreaterThan(-1);
  const end = text.indexOf('\n## ', start + 1);
  return text.slice(start, end === -1 ? undefined : end);
}

/** The cells of each row that begins with a code. */
const rowsOf = (section: string): string[][] =>
  [...section.matchAll(/^\| (\d+) \|.*$/gm)].map(([row]) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('docs/troubleshooting.md', () => {
  const text = read('troubleshooting.md');
  const rows = rowsOf(sectionOf(text, 'Feishu and Lark'));

  test('has every code of Feishu and Lark once, and no other', () => {
    const listed = rows.map(([code]) => Number(code));
    const known = [...documentedCodes, ...Object.keys(oauthCodes).map(Number)];
    expect(listed.toSorted((a, b) => a - b)).toEqual(known.toSorted((a, b) => a - b));
  });

  test('says of each what it means and what to do', () => {
    for (const row of rows) {
      expect(row, row[0]).toHaveLength(4);
      for (const cell of row) expect(cell, row[0]).not.toBe('');
    }
  });

  test('sorts the codes as the code does', () => {
    const kinds = sectionOf(text, 'Reading a message');
    const codesIn = (kind: string): number[] =>
      (new RegExp(`^\\| ${kind} \\| (.*?) \\|`, 'm').exec(kinds)?.[1] ?? '').match(/\d{4,}/g)?.map(Number) ??
      [];
    const kindsOf = (kind: string) => new Set(codesIn(kind).map((code) => meaningOf(code)?.kind));
    expect(kindsOf('passing')).toEqual(new Set(['unavailable', 'contention', 'rate']));
    expect(kindsOf('gone or hidden')).toEqual(new Set(['not-found', 'forbidden']));
    expect(kindsOf('refused')).toEqual(new Set(['invalid', 'limit']));
  });
});

describe('what it says of DingTalk', () => {
  const section = sectionOf(read('troubleshooting.md'), 'DingTalk');
  const rows = [...section.matchAll(/^\| (`.*?`) \| ([a-z-]+) \| .+ \| .+ \|$/gm)];
  const listed = rows.flatMap(([, codes = '', kind = '']) =>
    codes.split(', ').map((code) => ({ code: code.slice(1, -1), kind })),
  );

  test('is what the code takes each code for', () => {
    expect(listed.length).toBeGreaterThan(25);
    for (const { code, kind } of listed) expect(meaningOfWords(code, 400).kind, code).toBe(kind);
  });

  test('leaves none out that the code tells apart', () => {
    const told = listed.map(({ code }) => codeMeanings.findIndex(([pattern]) => pattern.test(code)));
    expect(codeMeanings.filter((_, at) => !told.includes(at))).toEqual([]);
  });
});

test('docs/getting-started.md names the permissions that the calls need', () => {
  const text = read('getting-started.md');
  const scopes = new Set([
    ...Object.values(endpoints).flatMap((endpoint) => endpoint.scopes),
    ...Object.values(dingtalkPermissions).flat(),
  ]);
  expect([...scopes].filter((scope) => !text.includes(`\`${scope}\``))).toEqual([]);
});
