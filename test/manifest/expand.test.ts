import { describe, expect, test } from 'vitest';
import { compileText, findings, manifestOf } from './memory-files.ts';

/** What each page of the first space is made from. */
function makings(nodes: string): Record<string, string> {
  const { manifest, diagnostics } = compileText(manifestOf(nodes));
  expect(diagnostics).toEqual([]);
  const lines = (manifest?.desired.spaces[0]?.nodes ?? []).map(({ address, making, type }) => {
    const of =
      making.from === 'nothing' ? '' : 'id' in making.of ? ` id ${making.of.id}` : ` ${making.of.address}`;
    const subtree = making.from === 'copy' && making.subtree ? ' subtree' : '';
    return [address, `${type} ${making.from}${of}${subtree}`.replaceAll('handbook/', '')];
  });
  return Object.fromEntries(lines);
}

describe('copies of whole subtrees', () => {
  test('declare every page below the source, with its key, title and type', () => {
    const nodes = `
- title: T
  children: [{title: Goals, key: g, children: [{title: Deep, type: sheet}]}, Risks]
- {title: C, copy: {from: handbook/T, children: true}, children: [Own]}`;
    expect(makings(nodes)).toEqual({
      'handbook/T': 'docx nothing',
      'handbook/T/g': 'docx nothing',
      'handbook/T/g/Deep': 'sheet nothing',
      'handbook/T/Risks': 'docx nothing',
      'handbook/C': 'docx copy T',
      'handbook/C/Own': 'docx nothing',
      'handbook/C/g': 'docx copy T/g',
      'handbook/C/g/Deep': 'sheet copy T/g/Deep',
      'handbook/C/Risks': 'docx copy T/Risks',
    });
    const { manifest } = compileText(manifestOf(nodes));
    const cloned = manifest?.desired.spaces[0]?.nodes.find(({ address }) => address === 'handbook/C/g');
    expect(cloned).toMatchObject({
      title: 'Goals',
      depth: 2,
      parent: 'handbook/C',
      source: { line: 9, column: 26 },
    });
  });

  test('wait for one another, whatever order they are written in', () => {
    const nodes = `
- {title: C, copy: {from: handbook/B, children: true}}
- {title: D, copy: {from: handbook/C/A/x, children: true}}
- {title: E, copy: handbook/D/y}
- title: B
  children: [{title: A, copy: {from: handbook/S, children: true}}]
- {title: S, children: [{title: x, children: [y]}]}`;
    expect(makings(nodes)).toMatchObject({
      'handbook/B/A/x/y': 'docx copy S/x/y',
      'handbook/C/A': 'docx copy B/A',
      'handbook/C/A/x/y': 'docx copy B/A/x/y',
      'handbook/D': 'docx copy C/A/x',
      'handbook/D/y': 'docx copy C/A/x/y',
      'handbook/E': 'docx copy D/y',
    });
  });

  test('a shortcut in the source becomes a shortcut to the same origin', () => {
    const nodes = `
- {title: S, children: [inner, {title: in, shortcut: handbook/S/inner}, {title: out, shortcut: {id: wikX}}]}
- {title: C, copy: {from: handbook/S, children: true}}
- {title: CC, copy: {from: handbook/C, children: true}}`;
    expect(makings(nodes)).toMatchObject({
      'handbook/C/in': 'docx shortcut S/inner',
      'handbook/CC/in': 'docx shortcut S/inner',
      'handbook/C/out': 'undefined shortcut id wikX',
    });
  });

  test('of a page that is not declared are left to the wiki', () => {
    const nodes = `
- {title: A, copy: {id: wikX, children: true}, type: docx}
- {title: B, copy: {id: wikY}}
- {title: C, copy: {from: handbook/A, children: true}}`;
    expect(makings(nodes)).toEqual({
      'handbook/A': 'docx copy id wikX subtree',
      'handbook/B': 'undefined copy id wikY',
      'handbook/C': 'docx copy id wikX subtree',
    });
  });

  test('cross spaces', () => {
    const text =
      'version: 1\nprovider: feishu\nspaces:\n  a: {name: A, nodes: [{title: C, copy: {from: b/S, children: true}}]}\n  b: {name: B, nodes: [{title: S, children: [x]}]}\n';
    const nodes = compileText(text).manifest?.desired.spaces[0]?.nodes;
    expect(nodes?.map(({ address, parent }) => [address, parent])).toEqual([
      ['a/C', 'a'],
      ['a/C/x', 'a/C'],
    ]);
  });

  test('a chain as long as the manifest needs no stack', () => {
    const nodes = Array.from({ length: 1900 }, (_, at) =>
      at === 1899
        ? '- {title: p1899, children: [x]}'
        : `- {title: p${at}, copy: {from: handbook/p${at + 1}, children: true}}`,
    );
    const { manifest, diagnostics } = compileText(manifestOf(nodes.join('\n')));
    expect(diagnostics).toEqual([]);
    expect(manifest?.desired.spaces[0]?.nodes[1]).toMatchObject({
      address: 'handbook/p0/x',
      making: { of: { address: 'handbook/p1/x' } },
    });
  });

  test('a circle as long as the manifest is one error', () => {
    const nodes = Array.from(
      { length: 1000 },
      (_, at) => `- {title: p${at}, copy: {from: handbook/p${(at + 1) % 1000}, children: true}}`,
    );
    expect(findings(compileText(manifestOf(nodes.join('\n')))).map((line) => line.split(' ')[0])).toEqual([
      'COPY_CIRCULAR',
    ]);
  });

  test('a circle through the pages that a copy would bring', () => {
    const nodes =
      '- {title: X, copy: {from: handbook/P, children: true}}\n- {title: P, children: [{title: A, copy: handbook/X/A}]}';
    const found = compileText(manifestOf(nodes));
    expect(findings(found)).toEqual(['COPY_CIRCULAR 8:48']);
    expect(found.diagnostics[0]?.detail).toContain('`handbook/X/A` and `handbook/P/A`');
  });

  test('that would fill a space beyond its limit are refused before memory goes', () => {
    const nodes = Array.from({ length: 40 }, (_, at) => {
      if (at === 0) return '- {title: p0, children: [a]}';
      const children = [...'abcdefghij'].map(
        (key) => `{title: ${key}, copy: {from: handbook/p${at - 1}, children: true}}`,
      );
      return `- {title: p${at}, children: [${children.join(', ')}]}`;
    });
    const found = compileText(manifestOf(nodes.join('\n')));
    expect(found.diagnostics).toMatchObject([
      {
        code: 'NODES_EXCEEDED',
        detail: 'With the pages that this copy brings the space "handbook" holds more than 400,000 pages.',
      },
    ]);
  });

  test('count for depth and children', () => {
    const limits = 'version: 1\nprovider: {kind: feishu, limits: {depth: 3, children: 2}}\nspaces:\n';
    const nodes =
      '[{title: S, children: [{title: a, children: [b]}, {title: P, children: [{title: C, copy: {from: s/S/a, children: true}, children: [x, y]}]}]}]';
    const found = compileText(`${limits}  s: {name: S, nodes: ${nodes}}\n`);
    expect(found.diagnostics.map(({ code, detail }) => `${code} ${detail}`)).toEqual([
      'CHILDREN_EXCEEDED `s/S/P/C` has 3 children, and `limits.children` allows 2.',
      'DEPTH_EXCEEDED This page stands on level 4, and `limits.depth` allows 3 levels.',
    ]);
  });
});
