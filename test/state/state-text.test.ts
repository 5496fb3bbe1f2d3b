// State as text: what is printed is read back, in one order; what cannot be trusted is said, not used.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodeBinding, State } from '../../src/state/state.ts';
import { type ParsedState, parseState, printState } from '../../src/state/state-text.ts';
import { joinAddress } from '../../src/tree/address.ts';
import { type Address, nodeId, spaceId } from '../../src/tree/identifier.ts';
import { plainState } from '../fixture.ts';

const key = fc.string({
  unit: fc.constantFrom('a', '/', '\\', '"', '\n', '图', '__proto__'),
  minLength: 1,
  maxLength: 4,
});
const address = fc.array(key, { minLength: 2, maxLength: 4 }).map(joinAddress);

const binding = fc.record({
  parent: address,
  title: fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('a', '"', '\\', '\u0000', '\u007f', '😀', '\ud83d') }),
  ),
  type: fc.constantFrom('docx', 'sheet'),
  isShortcut: fc.boolean(),
  archived: fc.boolean(),
});

const states: fc.Arbitrary<State> = fc
  .record({
    provider: fc.constantFrom('feishu', 'lark', 'dingtalk'),
    identity: fc.constantFrom('app', 'user'),
    spaces: fc.uniqueArray(key, { maxLength: 4 }),
    nodes: fc.uniqueArray(fc.tuple(address, binding), { selector: ([at]) => at, maxLength: 8 }),
    confirmed: fc.subarray(['move-node', 'rename-node'] as const),
  })
  .map(({ provider, identity, spaces, nodes, confirmed }) => ({
    provider,
    identity,
    ...(confirmed.length === 0 ? {} : { confirmed: new Set(confirmed) }),
    spaces: new Map(spaces.map((name, at) => [joinAddress([name]), { id: spaceId(`s${at}`), name }])),
    nodes: new Map(
      nodes.map(([at, { isShortcut, ...rest }], index): [Address, NodeBinding] => {
        const kind = isShortcut ? 'shortcut' : 'origin';
        return [at, { ...rest, id: nodeId(`n${index}`), kind, origin: isShortcut ? nodeId('o') : null }];
      }),
    ),
  }));

/** With plain maps, to be compared. */
function parsed(text: string): ParsedState {
  const found = parseState(text);
  return found.kind === 'state' ? { ...found, state: plainState(found.state) } : found;
}

test('what is no call is not taken for one that works', () => {
  const head = '"formatVersion": "1.0", "provider": "dingtalk", "identity": "app", "spaces": {}, "nodes": {}';
  const confirmedIn = (value: string) => parsed(`{ ${head}, "confirmed": ${value} }`);
  expect(confirmedIn('["move-node", "fly", 7]')).toMatchObject({
    state: { confirmed: new Set(['move-node']) },
  });
  for (const odd of ['["fly"]', '"move-node"', 'null', '{}'])
    expect(confirmedIn(odd)).not.toHaveProperty('state.confirmed');
});

test('a state that is printed is read back whole', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(parsed(printState(state))).toEqual({ kind: 'state', state });
    }),
  );
});

test('what a line says is what JSON writes', () => {
  fc.assert(
    fc.property(states, (state) => {
      const printed = printState(state);
      const { spaces, nodes } = JSON.parse(printed);
      const lines = Object.entries({ ...spaces, ...nodes }).map(
        ([key, entry]) => `    ${JSON.stringify(key)}: ${JSON.stringify(entry)}`,
      );
      const found = printed.split('\n').filter((line) => line.startsWith('    '));
      expect(found.map((line) => line.replace(/,$/, '')).sort()).toEqual(lines.sort());
    }),
  );
});

test('a state is read the same whether its lines are as they were printed or not', () => {
  const slip = fc.constantFrom(
    ...[
      '',
      ' ',
      ',',
      '"',
      '\\',
      '\n',
      '\r',
      '}',
      '{',
      ':',
      '//',
      'x',
      '\u0000',
      ',"title":"other"',
      '\\u0041',
    ],
    ...['    "h/a": {"id":"n1","parent":"h","title":"T","type":"docx"},\n', '  "nodes": {\n', '  }\n}\n'],
  );
  fc.assert(
    fc.property(
      states,
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(3),
      slip,
      (state, where, cut, odd) => {
        const printed = printState(state);
        const at = Math.floor(where * printed.length);
        const text = printed.slice(0, at) + odd + printed.slice(at + cut);
        // A blank in the end makes it no longer what is printed, and changes nothing else.
        const [lines, whole] = [parsed(text), parsed(`${text} `)];
        if (lines.kind === 'broken' && lines.why.startsWith('it is not JSON'))
          expect(whole.kind).toBe('broken');
        else expect(lines).toEqual(whole);
      },
    ),
    { numRuns: 1000 },
  );
});

test('a state prints the same whatever the order in which it came about', () => {
  fc.assert(
    fc.property(states, (state) => {
      const spaces = new Map([...state.spaces].reverse());
      const nodes = new Map([...state.nodes].reverse());
      expect(printState({ ...state, spaces, nodes })).toBe(printState(state));
    }),
  );
});

test('each page has a line of its own, sorted, so that Git can merge', () => {
  const page = (id: string): NodeBinding => ({
    id: nodeId(id),
    parent: 'h' as Address,
    title: 'T',
    type: 'docx',
    kind: 'origin',
    origin: null,
    archived: false,
  });
  const nodes = new Map([
    ['h/b' as Address, page('2')],
    ['h/a' as Address, { ...page('1'), kind: 'shortcut', origin: nodeId('9'), archived: true } as const],
  ]);
  const spaces = new Map([['h' as Address, { id: spaceId('7'), name: 'H' }]]);
  expect(printState({ provider: 'feishu', identity: 'app', spaces, nodes })).toBe(`{
  "formatVersion": "1.0",
  "provider": "feishu",
  "identity": "app",
  "spaces": {
    "h": {"id":"7","name":"H"}
  },
  "nodes": {
    "h/a": {"id":"1","parent":"h","title":"T","type":"docx","nodeType":"shortcut","origin":"9","archived":true},
    "h/b": {"id":"2","parent":"h","title":"T","type":"docx"}
  }
}
`);
});

const head = '"formatVersion": "1.0", "provider": "feishu", "identity": "app"';
const node = '{"id": "1", "parent": "h", "title": "T", "type": "docx"}';

describe('what cannot be trusted is said', () => {
  test.each([
    ['', 'it is not JSON'],
    ['<<<<<<< HEAD\n{}', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['null', 'it is not a JSON object'],
    ['{}', 'it has no formatVersion'],
    ['{"formatVersion": 1}', 'it has no formatVersion'],
    ['{"formatVersion": "1.0", "provider": "x"}', 'its provider is "x"'],
    ['{"formatVersion": "1.0", "provider": "feishu"}', 'its identity is undefined'],
    [`{${head}, "spaces": [], "nodes": {}}`, '"spaces" is not an object'],
    [`{${head}, "spaces": {}}`, '"nodes" is not an object'],
    [`{${head}, "spaces": {}, "nodes": {"h//a": ${node}}}`, '"h//a", which is no address'],
    [`{${head}, "spaces": {}, "nodes": {"h/a": {"id": ""}}}`, 'a binding of h/a that cannot be read'],
    [`{${head}, "spaces": {}, "nodes": {"h/a": null}}`, 'a binding of h/a that cannot be read'],
    [`{${head}, "spaces": {"h": {"id": 7034502641455497244, "name": "H"}}, "nodes": {}}`, 'a binding of h'],
  ])('%s', (text, why) => {
    const parsed = parseState(text);
    expect(parsed.kind === 'broken' ? parsed.why : parsed.kind).toContain(why);
  });

  test('two branches merged by hand that bind one page twice', () => {
    const text = `{${head}, "spaces": {}, "nodes": {"h/a": ${node}, "h/b": ${node}}}`;
    expect(parseState(text)).toEqual({ kind: 'broken', why: 'h/a and h/b both bind the page 1' });
  });

  test('two spaces that are one', () => {
    const text = `{${head}, "spaces": {"a": {"id": "7", "name": "A"}, "b": {"id": "7", "name": "B"}}, "nodes": {}}`;
    expect(parseState(text)).toEqual({ kind: 'broken', why: 'a and b both bind the space 7' });
  });

  test.each(['2.0', '10.1'])('a newer format, %s', (version) => {
    expect(parseState(`{"formatVersion": "${version}", "anything": 1}`)).toEqual({ kind: 'newer', version });
  });

  test('anything at all, without a crash', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(['broken', 'newer']).toContain(parseState(text).kind);
      }),
    );
  });
});
