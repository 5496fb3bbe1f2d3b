// Input that is meant to break a parser, and limits at their edges.

import { describe, expect, test } from 'vitest';
import { compileFiles, compileText, findings, manifestOf } from './memory-files.ts';

const codes = (text: string | Uint8Array) => compileText(text).diagnostics.map(({ code }) => code);

function nestedBlock(levels: number): string {
  const lines = Array.from({ length: levels }, (_, level) => {
    const indent = ' '.repeat(2 * level);
    return level === levels - 1 ? `${indent}- leaf` : `${indent}- title: page\n${indent}  children:`;
  });
  return lines.join('\n');
}

function nestedFlow(levels: number): string {
  return `- ${'{title: page, children: ['.repeat(levels - 1)}leaf${']}'.repeat(levels - 1)}`;
}

describe('nesting', () => {
  test.each([
    ['block', nestedBlock],
    ['flow', nestedFlow],
  ])('%s: 50 levels are fine, 51 are one error', (_, nested) => {
    expect(codes(manifestOf(nested(50)))).toEqual([]);
    const found = compileText(manifestOf(nested(51)));
    expect(found.diagnostics).toMatchObject([
      { code: 'DEPTH_EXCEEDED', detail: 'This page stands on level 51, and Feishu allows 50 levels.' },
    ]);
    expect(codes(manifestOf(nested(200)))).toEqual(['DEPTH_EXCEEDED']);
  });

  test.each([260, 1000])('block, %i levels: no overflow', (levels) => {
    expect(codes(manifestOf(nestedBlock(levels)))).toEqual(['DEPTH_EXCEEDED']);
  });

  test.each([1000, 10_000, 30_000])('%i levels of anything: no overflow', (levels) => {
    expect(codes(manifestOf(nestedFlow(levels)))).toEqual(['DEPTH_EXCEEDED']);
    expect(codes(manifestOf(`- ${'['.repeat(levels)}`))).toEqual(['DEPTH_EXCEEDED']);
    expect(codes(manifestOf(`- ${'{a: '.repeat(levels)}`))).toEqual(['DEPTH_EXCEEDED']);
    expect(codes(manifestOf(`${'- '.repeat(levels)}x`))).toEqual(['DEPTH_EXCEEDED']);
    expect(codes(`${'? '.repeat(levels)}x`)).toEqual(['DEPTH_EXCEEDED']);
  });

  test('one branch too deep is one error, two are two', () => {
    const deep = nestedFlow(52).slice(2);
    expect(codes(manifestOf(`- {title: A, children: [${deep}]}\n- {title: B, children: [${deep}]}`))).toEqual(
      ['DEPTH_EXCEEDED', 'DEPTH_EXCEEDED'],
    );
  });

  test('aliases do not nest deeper than text may', () => {
    const anchors = Array.from(
      { length: 600 },
      (_, at) => `    - &a${at} ${at === 0 ? '[x]' : `[*a${at - 1}]`}`,
    );
    expect(
      codes(`version: 1\nprovider: feishu\nspaces: {}\nignore:\n  -\n${anchors.join('\n')}\n`),
    ).toContain('DEPTH_EXCEEDED');
  });
});

describe('counts', () => {
  const siblings = (count: number) => Array.from({ length: count }, (_, at) => `- page ${at}`).join('\n');

  test('2,000 children are fine, 2,001 are not', () => {
    expect(codes(manifestOf(siblings(2000)))).toEqual([]);
    const found = compileText(manifestOf(siblings(2001)));
    expect(findings(found)).toEqual(['CHILDREN_EXCEEDED 4:3']);
    expect(found.diagnostics[0]?.detail).toBe('`handbook` has 2,001 children, and Feishu allows 2000.');
  });

  test('pages per space', () => {
    const text =
      'version: 1\nprovider: {kind: feishu, limits: {nodes: 2}}\nspaces: {h: {name: H, nodes: [a, {title: b, children: [c]}]}}\n';
    expect(findings(compileText(text))).toEqual(['NODES_EXCEEDED 3:10']);
  });

  test('20,000 equal keys, merge keys and wrong fields are only slow in proportion', () => {
    const lines = (line: (at: number) => string) =>
      Array.from({ length: 20_000 }, (_, at) => line(at)).join('\n');
    expect(codes(manifestOf(lines(() => '- same'))).at(-1)).toBe('TOO_MANY_ERRORS');
    expect(codes(lines(() => 'same: 1')).at(-1)).toBe('TOO_MANY_ERRORS');
    expect(
      codes(manifestOf(lines((at) => (at === 0 ? '- &m {title: m}' : `- {<<: *m, title: p${at}}`)))),
    ).toEqual(['CHILDREN_EXCEEDED']);
  }, 30_000);
});

describe('aliases', () => {
  test('a bomb is refused before it goes off', () => {
    const levels = Array.from({ length: 12 }, (_, at) => {
      const inside = Array.from({ length: 9 }, () => (at === 0 ? 'x' : `*a${at - 1}`));
      return `  - &a${at} [${inside.join(', ')}]`;
    });
    expect(codes(`version: 1\nprovider: feishu\nspaces: {}\nprotect:\n${levels.join('\n')}\n`)).toEqual([
      'ALIAS_BOMB',
    ]);
  });

  test('a bomb of merge keys too', () => {
    const fields = Array.from({ length: 2000 }, (_, at) => `f${at}: 1`).join(', ');
    const uses = Array.from({ length: 2000 }, () => '  - {<<: *m}').join('\n');
    expect(
      codes(`version: 1\nprovider: feishu\nspaces: {}\nprotect:\n  - &m {${fields}}\n${uses}\n`),
    ).toContain('ALIAS_BOMB');
  });

  test.each([
    ['&a [*a]', 'ALIAS_CIRCULAR'],
    ['&a {title: x, children: [*a]}', 'ALIAS_CIRCULAR'],
    ['{<<: &a {title: x, copy: *a}}', 'ALIAS_CIRCULAR'],
    ['*nowhere', 'ALIAS_UNRESOLVED'],
  ])('%s', (node, code) => {
    expect(codes(manifestOf(`- ${node}`))).toContain(code);
  });

  test('an anchor on a key, and an alias as a key', () => {
    expect(codes(manifestOf('- {&t title: &v x}\n- {*t : y, key: *v}'))).toEqual(['DUPLICATE_KEY']);
  });
});

describe('files that are no YAML text', () => {
  test.each([
    ['a zero byte', Uint8Array.of(97, 0, 98), 'FILE_NOT_TEXT'],
    ['bytes that are not UTF-8', Uint8Array.of(97, 0xff), 'FILE_NOT_TEXT'],
    ['UTF-16', Uint8Array.of(0xff, 0xfe, 97, 0), 'FILE_NOT_TEXT'],
    ['nothing', new Uint8Array(), 'MANIFEST_EMPTY'],
    ['a byte order mark alone', Uint8Array.of(0xef, 0xbb, 0xbf), 'MANIFEST_EMPTY'],
    ['blanks', new TextEncoder().encode('  \n\n'), 'MANIFEST_EMPTY'],
    ['three dashes', new TextEncoder().encode('---\n'), 'MANIFEST_EMPTY'],
    ['null', new TextEncoder().encode('~\n'), 'MANIFEST_EMPTY'],
  ])('%s', (_, bytes, code) => {
    expect(codes(bytes)).toEqual([code]);
  });
});

describe('rules for the provider', () => {
  const provider = (fields: string, trusted: readonly string[] = []) => ({ fields, trusted });
  test.each([
    [provider('baseUrl: "https://open.feishu.cn/"'), []],
    [provider('baseUrl: "http://localhost:3000"'), []],
    [provider('baseUrl: "https://wiki.example"'), ['HOST_UNTRUSTED']],
    [provider('baseUrl: "https://wiki.example"', ['wiki.example']), []],
    [provider('baseUrl: "https://open.feishu.cn.evil.example"'), ['HOST_UNTRUSTED']],
    [provider('baseUrl: "http://open.feishu.cn"'), ['HOST_UNTRUSTED']],
    [provider('baseUrl: "ftp://open.feishu.cn"'), ['FIELD_INVALID']],
    [provider('baseUrl: open.feishu.cn'), ['FIELD_INVALID']],
    [provider('baseUrl: "https://open.feishu.cn/#x"'), ['FIELD_INVALID']],
    [provider('limits: {depth: 51}'), ['LIMIT_LOOSENED']],
    [provider('limits: {depth: 49, children: 1}'), []],
    [provider('baseUrl: "http://127.0.0.1:1", limits: {depth: 51, nodes: 500000}'), []],
    [provider('pace: {create-node: 10/s}'), ['LIMIT_LOOSENED']],
    [provider('pace: {create-node: 1/s}'), []],
    [provider('pace: {create-node: 101/2min}'), ['LIMIT_LOOSENED']],
    [provider('baseUrl: "http://127.0.0.1:1", pace: {create-node: 1000/s}'), []],
    [provider('pace: {create-nodes: 1/s}'), ['FIELD_UNKNOWN']],
    [provider('pace: {create-node: 0/s}'), ['FIELD_INVALID']],
    [provider('pace: {create-node: 5}'), ['FIELD_INVALID']],
    [provider('pace: {__proto__: 1/s}'), ['FIELD_UNKNOWN']],
  ])('%o', ({ fields, trusted }, expected) => {
    const text = `version: 1\nprovider: {kind: feishu, ${fields}}\nspaces: {}\n`;
    expect(compileFilesTrusting(text, trusted)).toEqual(expected);
  });

  test('a password in a URL is in no message', () => {
    const text =
      'version: 1\nprovider: {kind: feishu, baseUrl: "https://me:hunter2@open.feishu.cn"}\nspaces: {}\n';
    expect(JSON.stringify(compileText(text).diagnostics)).not.toContain('hunter2');
  });
});

function compileFilesTrusting(text: string, trusted: readonly string[]): string[] {
  return compileFiles({ 'wikiform.yaml': text }, trusted).diagnostics.map(({ code }) => code);
}

test.each([
  '.',
  '..',
  'dir/',
  'dir/..',
  '../state.json',
  '/state.json',
  'C:\\state.json',
  'wikiform.yaml',
  './wikiform.yaml',
  '" "',
])('state: %s is refused', (path) => {
  expect(codes(`version: 1\nprovider: feishu\nstate: ${path}\nspaces: {}\n`)).toEqual(['FIELD_INVALID']);
});
