// A snapshot through its text, and texts that are none.

import { expect, test } from 'vitest';
import { parseSnapshot } from '../../../src/provider/snapshot/snapshot-parse.ts';
import { printSnapshot } from '../../../src/provider/snapshot/snapshot-text.ts';
import { nodeId, spaceId } from '../../../src/tree/identifier.ts';
import type { Snapshot } from '../../../src/tree/snapshot.ts';
import { desiredTree, liveOf } from '../../fixture.ts';

const live = liveOf(
  desiredTree({ h: ['Welcome', { title: 'A "quoted" 标题', children: ['Below'] }], empty: [] }),
);
const snapshot: Snapshot = {
  provider: 'feishu',
  identity: 'app',
  identities: ['app', 'user'],
  spacePages: 2,
  live: {
    ...live,
    goneNodes: new Set([nodeId('gone')]),
    hiddenNodes: new Set([nodeId('b'), nodeId('a')]),
    goneSpaces: new Set([spaceId('left')]),
    hiddenSpaces: new Set([spaceId('locked')]),
  },
};
const text = printSnapshot(snapshot);

test('text and back again is the same', () => {
  const parsed = parseSnapshot(text);
  if (parsed.kind !== 'snapshot') throw new Error(JSON.stringify(parsed));
  expect(printSnapshot(parsed.snapshot)).toBe(text);
  const read = parsed.snapshot.live;
  expect(new Map(read.nodes)).toEqual(new Map(snapshot.live.nodes));
  expect(read.spaces).toEqual(snapshot.live.spaces);
  expect(read.hiddenNodes).toEqual(snapshot.live.hiddenNodes);
  expect([...read.listings.keys()].sort()).toEqual([...snapshot.live.listings.keys()].sort());
});

const someNode = '"space": "s", "title": "t", "type": "docx"';
const withNodes = (nodes: string): string =>
  `{"formatVersion":"1.0","provider":"feishu","identity":"user","identities":[],"spaces":{},"nodes":${nodes},"gone":{"spaces":[],"nodes":[]},"hidden":{"spaces":[],"nodes":[]}}`;

test.each([
  ['[]', 'not a JSON object'],
  ['{"formatVersion":"9"}', 'no formatVersion'],
  [withNodes('[]'), '"nodes" is not an object'],
  [withNodes('{"a": {"space": "s", "title": 7, "type": "docx"}}'), 'its page a cannot be read'],
  [withNodes(`{"a": {${someNode}, "parent": "b"}, "b": {${someNode}, "parent": "a"}}`), 'below itself'],
  [withNodes(`{"a": {${someNode}, "listed": -1}}`), 'children of a'],
  [withNodes(`{"": {${someNode}}}`), '"nodes" holds ""'],
  [withNodes('{}').replace('"user"', '"root"'), 'its identity is "root"'],
  [withNodes('{}').replace('"gone":{"spaces":[],', '"gone":{'), '"gone" is not two lists'],
])('%s is refused', (broken, why) => {
  expect(parseSnapshot(broken)).toMatchObject({ kind: 'broken', why: expect.stringContaining(why) });
});

test('every cut of a snapshot is refused, and none is a crash', () => {
  for (let end = 0; end < text.length - 2; end += 7)
    expect(parseSnapshot(text.slice(0, end)).kind).toBe('broken');
});
