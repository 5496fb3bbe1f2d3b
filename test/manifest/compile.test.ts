import { describe, expect, test } from 'vitest';
import { compile } from '../../src/manifest/compile.ts';
import { mostReported } from '../../src/manifest/report.ts';
import { feishuCapabilities } from '../../src/provider/feishu/capability.ts';
import { compileFiles, compileText, findings, manifestOf, memoryFiles } from './memory-files.ts';

/** The nodes of the first space, each as one readable line. */
function outline(text: string): string[] {
  const { manifest, diagnostics } = compileText(text);
  expect(diagnostics).toEqual([]);
  return (manifest?.desired.spaces[0]?.nodes ?? []).map(
    ({ address, title, type, kind, making }) =>
      `${address} ${JSON.stringify(title)} ${type} ${kind} ${JSON.stringify(making)}`,
  );
}

describe('what a manifest means', () => {
  test('fills every default in', () => {
    const { manifest } = compileText(
      'version: 1\nprovider: feishu\nspaces: {h: {name: H, nodes: [Welcome]}}\n',
    );
    expect(manifest).toEqual({
      file: 'wikiform.yaml',
      provider: {
        kind: 'feishu',
        capabilities: feishuCapabilities,
        baseUrl: 'https://open.feishu.cn',
        identity: undefined,
        limits: feishuCapabilities.limits,
        pace: feishuCapabilities.pace,
        source: { file: 'wikiform.yaml', line: 2, column: 11 },
      },
      state: { kind: 'file', path: '.wikiform/state.json', source: undefined },
      guard: {
        maxChanges: undefined,
        maxAffectedPercent: 30,
        sources: { maxChanges: undefined, maxAffectedPercent: undefined },
      },
      protect: [],
      ignore: [],
      desired: {
        spaces: [
          {
            key: 'h',
            address: 'h',
            name: 'H',
            description: undefined,
            sharing: undefined,
            id: undefined,
            onRemove: 'keep',
            titles: 'enforce',
            source: { file: 'wikiform.yaml', line: 3, column: 10 },
            nodes: [
              {
                address: 'h/Welcome',
                parent: 'h',
                key: 'Welcome',
                title: 'Welcome',
                type: 'docx',
                kind: 'origin',
                making: { from: 'nothing' },
                id: undefined,
                movedFrom: undefined,
                depth: 1,
                source: { file: 'wikiform.yaml', line: 3, column: 31 },
              },
            ],
          },
        ],
      },
    });
  });

  test('takes every field as it is written', () => {
    const text = `version: 1
provider:
  kind: lark
  baseUrl: http://127.0.0.1:8080/proxy/
  identity: user
  limits: {depth: 60, children: 3, nodes: 10, nodesPerMove: 2}
  pace: {create-node: 5/2s, get-node: 1/500ms, list-nodes: 1000/5min}
state: {git: {remote: upstream}}
guard: {maxChanges: 5, maxAffectedPercent: 12.5}
protect: ["h/P/**"]
ignore: ["*/Drafts"]
spaces:
  h:
    name: H
    description: What it is for
    sharing: closed
    id: "7034502641455497244"
    onRemove: {archive: h/Archive}
    titles: follow
    nodes:
      - Archive
      - {title: Roadmap, key: roadmap, type: sheet, id: wikA, movedFrom: old/Roadmap}
      - {title: New, movedFrom: none}
`;
    const { manifest, diagnostics } = compileText(text);
    expect(diagnostics).toEqual([]);
    expect(manifest?.provider).toMatchObject({
      kind: 'lark',
      baseUrl: 'http://127.0.0.1:8080/proxy',
      identity: 'user',
      limits: { depth: 60, children: 3, nodes: 10, nodesPerMove: 2 },
      pace: {
        'create-node': { count: 5, windowMs: 2000 },
        'get-node': { count: 1, windowMs: 500 },
        'list-nodes': { count: 1000, windowMs: 300_000 },
        'move-node': { count: 100, windowMs: 60_000 },
      },
    });
    expect(manifest?.state).toMatchObject({ kind: 'git', remote: 'upstream', ref: 'refs/wikiform/state' });
    expect(manifest?.guard).toMatchObject({ maxChanges: 5, maxAffectedPercent: 12.5 });
    expect(manifest?.guard.sources).toEqual({
      maxChanges: { file: 'wikiform.yaml', line: 9, column: 9 },
      maxAffectedPercent: { file: 'wikiform.yaml', line: 9, column: 24 },
    });
    expect(manifest?.protect.map(({ pattern }) => pattern)).toEqual(['h/P/**']);
    expect(manifest?.ignore.map(({ pattern }) => pattern)).toEqual(['*/Drafts']);
    expect(manifest?.desired.spaces[0]).toMatchObject({
      description: 'What it is for',
      sharing: 'closed',
      id: '7034502641455497244',
      onRemove: { archive: 'h/Archive' },
      titles: 'follow',
    });
    expect(manifest?.desired.spaces[0]?.nodes.slice(1)).toMatchObject([
      { key: 'roadmap', title: 'Roadmap', type: 'sheet', id: 'wikA', movedFrom: 'old/Roadmap' },
      { title: 'New', movedFrom: 'none' },
    ]);
  });

  test.each([
    ['git', { kind: 'git', remote: 'origin', ref: 'refs/wikiform/state' }],
    ['{git: {}}', { kind: 'git', remote: 'origin', ref: 'refs/wikiform/state' }],
    ['{git: {ref: refs/x/y}}', { kind: 'git', remote: 'origin', ref: 'refs/x/y' }],
    ['deep/state.json', { kind: 'file', path: 'deep/state.json' }],
    ['./git', { kind: 'file', path: './git' }],
  ])('state: %s', (state, settings) => {
    const { manifest } = compileText(`version: 1\nprovider: feishu\nstate: ${state}\nspaces: {}\n`);
    expect(manifest?.state).toMatchObject(settings);
  });

  test.each([
    '{git: {ref: refs/heads/main}}',
    '{git: {ref: refs/tags/v1}}',
    '{git: {ref: refs/x..y}}',
    '{git: {ref: refs/x/}}',
    '{git: {ref: refs/x.lock}}',
    '{git: {remote: "https://example.com/wiki.git"}}',
    '{git: {remote: "ext::sh -c ls"}}',
    '{git: {remote: --upload-pack=ls}}',
    '{git: {remote: ../elsewhere}}',
  ])('state: %s is refused', (state) => {
    const { diagnostics } = compileText(`version: 1\nprovider: feishu\nstate: ${state}\nspaces: {}\n`);
    expect(diagnostics).toMatchObject([{ code: 'FIELD_INVALID', source: { line: 3 } }]);
  });

  test('keeps titles byte for byte', () => {
    const titles = [
      '  leading',
      'trailing  ',
      '🚀',
      'e\u0301',
      'a/b\\c',
      '手册',
      'x'.repeat(400),
      '<b>',
      "it's",
      '[x]',
    ];
    const { manifest, diagnostics } = compileText(
      manifestOf(titles.map((title) => `- ${JSON.stringify(title)}`).join('\n')),
    );
    expect(diagnostics).toEqual([]);
    expect(manifest?.desired.spaces[0]?.nodes.map(({ title }) => title)).toEqual(titles);
    expect(manifest?.desired.spaces[0]?.nodes[4]?.address).toBe('handbook/a\\/b\\\\c');
  });

  test('words and dates that YAML 1.2 reads as text are titles', () => {
    expect(
      outline(manifestOf('- yes\n- 2024-01-01\n- 1_000\n- on')).map((line) => line.split(' ')[1]),
    ).toEqual(['"yes"', '"2024-01-01"', '"1_000"', '"on"']);
  });

  test('keys like __proto__ and constructor are keys', () => {
    const text =
      'version: 1\nprovider: feishu\nspaces: {__proto__: {name: P, nodes: [constructor, __proto__]}}\n';
    const nodes = compileText(text).manifest?.desired.spaces[0]?.nodes;
    expect(nodes?.map(({ address }) => address)).toEqual(['__proto__/constructor', '__proto__/__proto__']);
    expect(
      compileText('version: 1\nprovider: feishu\nspaces: {}\n__proto__: {x: 1}\n').diagnostics,
    ).toMatchObject([{ code: 'FIELD_UNKNOWN', source: { line: 4, column: 1 } }]);
  });

  test('types that nobody can create may be declared', () => {
    expect(compileText(manifestOf('- {title: f, type: file}\n- {title: d, type: doc}')).diagnostics).toEqual(
      [],
    );
  });

  test('an untitled page has a key', () => {
    expect(outline(manifestOf('- {title: "", key: blank}'))).toEqual([
      'handbook/blank "" docx origin {"from":"nothing"}',
    ]);
  });

  test('siblings of one title have keys of their own', () => {
    expect(compileText(manifestOf('- Notes\n- {title: Notes, key: more}')).diagnostics).toEqual([]);
  });

  test('merge keys and anchors work; own keys beat merged ones', () => {
    const nodes = `
- &base {title: A, type: sheet}
- {<<: *base, title: B}
- {title: C, <<: *base}
- {<<: [{type: mindnote}, *base], title: D}
- title: E
  children: &list [x, y]
- {title: F, children: *list}`;
    expect(outline(manifestOf(nodes)).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'handbook/A "A" sheet',
      'handbook/B "B" sheet',
      'handbook/C "C" sheet',
      'handbook/D "D" mindnote',
      'handbook/E "E" docx',
      'handbook/E/x "x" docx',
      'handbook/E/y "y" docx',
      'handbook/F "F" docx',
      'handbook/F/x "x" docx',
      'handbook/F/y "y" docx',
    ]);
  });

  test('a byte order mark and CRLF change nothing but the bytes', () => {
    const text = manifestOf('- a\n- {title: b, children: [c]}');
    const windows = `\ufeff${text.replaceAll('\n', '\r\n')}`;
    expect(compileText(windows).manifest).toEqual(compileText(text).manifest);
  });
});

describe('include', () => {
  const main =
    'version: 1\nprovider: feishu\ninclude: [spaces/*.yaml, extra.yaml]\nspaces: {z: {name: Z, nodes: [{title: c, copy: a/x}]}}\n';

  test('joins files: the manifest first, then the others by name; references cross files', () => {
    const { manifest, diagnostics, texts } = compileFiles({
      'wikiform.yaml': main,
      'spaces/b.yaml': 'spaces: {b: {name: B}}\n',
      'spaces/a.yaml': 'spaces: {a: {name: A, nodes: [x]}}\n',
      'extra.yaml': 'spaces: {e: {name: E}}\n',
    });
    expect(diagnostics).toEqual([]);
    expect(manifest?.desired.spaces.map(({ key }) => key)).toEqual(['z', 'e', 'a', 'b']);
    expect(manifest?.desired.spaces[2]?.source).toEqual({ file: 'spaces/a.yaml', line: 1, column: 10 });
    expect([...texts.keys()]).toEqual(['wikiform.yaml', 'extra.yaml', 'spaces/a.yaml', 'spaces/b.yaml']);
  });

  test('reports the errors of all files in one run', () => {
    const { diagnostics } = compileFiles({
      'wikiform.yaml': `${main}typo: 1\n`,
      'spaces/a.yaml': 'spaces: {a: {name: A, nodes: [x, x]}}\nversion: 1\ninclude: [b.yaml]\n',
      'spaces/b.yaml': '- a\n',
      'extra.yaml': 'spaces: {z: {name: Other}}\n',
    });
    expect(diagnostics.map(({ code, source }) => `${source?.file} ${code}`)).toEqual([
      'extra.yaml DUPLICATE_SPACE',
      'spaces/a.yaml DUPLICATE_KEY',
      'spaces/a.yaml FIELD_UNKNOWN',
      'spaces/a.yaml FIELD_UNKNOWN',
      'spaces/b.yaml FIELD_INVALID',
      'wikiform.yaml FIELD_UNKNOWN',
    ]);
    expect(diagnostics[2]?.help).toBe(
      'An included file holds only `spaces`. Write `version` in the manifest that includes it.',
    );
  });

  test.each([
    ['../other.yaml', 'INCLUDE_OUTSIDE'],
    ['wiki*.yaml', 'INCLUDE_CIRCULAR'],
    ['nothing/*.yaml', 'INCLUDE_NOT_FOUND'],
  ])('%s: %s', (pattern, code) => {
    const found = compileText(`version: 1\nprovider: feishu\ninclude: ["${pattern}"]\n`);
    expect(findings(found)).toEqual([`${code} 3:11`]);
  });

  test('a manifest is known to include itself by whatever name it was given', () => {
    const { diagnostics } = compile({
      file: './wikiform.yaml',
      files: memoryFiles({
        './wikiform.yaml': 'version: 1\nprovider: feishu\ninclude: [wikiform.yaml]\n',
        'wikiform.yaml': '',
      }),
      capabilities: { feishu: feishuCapabilities },
      trustedHosts: [],
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['INCLUDE_CIRCULAR']);
  });

  test('what an unreadable file may declare is not called unknown', () => {
    const found = compileFiles({
      'wikiform.yaml': main,
      'extra.yaml': 'spaces: [',
      'spaces/b.yaml': 'spaces: {}',
    });
    expect(found.diagnostics.map(({ code, source }) => `${source?.file} ${code}`)).toEqual([
      'extra.yaml YAML_SYNTAX',
    ]);
  });

  test('a file found by two patterns is read once', () => {
    const found = compileFiles({
      'wikiform.yaml': 'version: 1\nprovider: feishu\ninclude: ["*/a.yaml", "spaces/*.yaml"]\n',
      'spaces/a.yaml': 'spaces: {a: {name: A}}\n',
    });
    expect(found.diagnostics).toEqual([]);
  });
});

describe('what is reported', () => {
  test('a missing manifest', () => {
    const { manifest, diagnostics } = compileFiles({});
    expect(manifest).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: 'FILE_UNREADABLE', detail: 'wikiform.yaml cannot be read: no such file.' },
    ]);
  });

  test('warnings leave the manifest usable', () => {
    const { manifest, diagnostics } = compileText(
      'version: 1\nprovider: feishu\nprotect: [gone/**]\nspaces: {}\n',
    );
    expect(manifest).toBeDefined();
    expect(diagnostics).toMatchObject([{ code: 'ADDRESS_UNKNOWN', severity: 'warning' }]);
  });

  test('no more errors than people read, with the count', () => {
    const nodes = Array.from({ length: 300 }, (_, at) => `- {title: p${at}, typo: 1}`).join('\n');
    const { diagnostics } = compileText(manifestOf(nodes));
    expect(diagnostics).toHaveLength(mostReported + 1);
    expect(diagnostics.at(-1)).toMatchObject({
      code: 'TOO_MANY_ERRORS',
      detail: '300 errors were found, and the first 200 are shown.',
    });
  });

  test('an error that aliases share is reported once, a claim at each place that makes it', () => {
    const nodes = `
- {title: A, children: &c [{title: x, typo: 1, id: wikX}]}
- {title: B, children: *c}
- {title: C, children: *c}`;
    const found = compileText(manifestOf(nodes));
    expect(findings(found)).toEqual(['FIELD_UNKNOWN 7:45', 'DUPLICATE_ID 8:30', 'DUPLICATE_ID 9:30']);
    expect(found.diagnostics[1]?.related).toEqual([
      { message: 'first claimed here', source: { file: 'wikiform.yaml', line: 7, column: 58 } },
    ]);
  });
});

describe('no cascades', () => {
  test.each([
    [
      'a page whose title cannot be read',
      '- title: [x]\n- {title: b, copy: handbook/x}',
      ['FIELD_INVALID 7:16'],
    ],
    ['a page whose title lacks quotes', '- 2024\n- {title: b, copy: handbook/2024}', ['FIELD_INVALID 7:9']],
    [
      'children that cannot be read',
      '- {title: a, children: {x: y}}\n- {title: b, copy: handbook/a/x}',
      ['FIELD_INVALID 7:30'],
    ],
    [
      'a copy that finds no source',
      '- {title: a, copy: {from: handbook/z, children: true}}\n- {title: b, copy: handbook/a/x}',
      ['COPY_UNKNOWN 7:33'],
    ],
    [
      'a second page with a key',
      '- a\n- {title: a, children: [b]}\n- {title: c, copy: handbook/a/b}',
      ['DUPLICATE_KEY 8:17'],
    ],
    ['an alias without an anchor', '- *x', ['ALIAS_UNRESOLVED 7:9']],
    ['a mistyped title', '- {titel: a}', ['FIELD_UNKNOWN 7:10']],
  ])('%s', (_, nodes, expected) => {
    expect(findings(compileText(manifestOf(nodes)))).toEqual(expected);
  });
});

test('a vendor without shortcuts', () => {
  const capabilities = { ...feishuCapabilities, shortcuts: { create: false, rename: false } };
  const { diagnostics } = compile({
    file: 'wikiform.yaml',
    files: memoryFiles({
      'wikiform.yaml': manifestOf(
        '- a\n- {title: b, shortcut: handbook/a}\n- {title: c, shortcut: handbook/a, id: wikX}',
      ),
    }),
    capabilities: { feishu: capabilities },
    trustedHosts: [],
  });
  expect(diagnostics).toMatchObject([{ code: 'SHORTCUT_UNSUPPORTED', source: { line: 8, column: 20 } }]);
});

test('a vendor that this build does not speak to is named, with those it does', () => {
  const text = 'version: 1\nprovider: lark\nspaces: {h: {name: H}}\n';
  const compiled = compile({
    file: 'wikiform.yaml',
    files: memoryFiles({ 'wikiform.yaml': text }),
    capabilities: { feishu: feishuCapabilities },
    trustedHosts: [],
  });
  expect(findings(compiled)).toEqual(['PROVIDER_UNSUPPORTED 2:11']);
  expect(compiled.diagnostics[0]?.help).toBe('It speaks to feishu.');
});
