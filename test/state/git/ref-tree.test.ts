import { expect, test } from 'vitest';
import { importScript, parseCommit, parseTree } from '../../../src/state/git/commit.ts';
import { pathOf } from '../../../src/state/git/ref-tree.ts';
import { spaceAddress } from '../../../src/tree/address.ts';

test.each([
  ['handbook', 'spaces/handbook/state.json'],
  ['..', 'spaces/%2E%2E/state.json'],
  ['.git', 'spaces/%2Egit/state.json'],
  ['a/b', 'spaces/a%5C%2Fb/state.json'],
  ['员工', 'spaces/%E5%91%98%E5%B7%A5/state.json'],
  ["it's (1)*!", 'spaces/it%27s%20%281%29%2A%21/state.json'],
])('the files of %s are called so that every file system takes them', (key, path) => {
  expect(pathOf(spaceAddress(key), 'state.json')).toBe(path);
});

test('a commit is read as Git prints it', () => {
  const text = `tree 1\nparent 2\nparent 3\nauthor Ann <ann@x> 1767225600 +0800\ncommitter Bob <b@x> 1 +0000\ngpgsig -----\n parent 4\n\nOne\n\nTwo\n`;
  expect(parseCommit('0', text)).toEqual({
    id: '0',
    parents: ['2', '3'],
    author: { name: 'Ann', email: 'ann@x' },
    atMs: Date.UTC(2026, 0, 1),
    message: 'One\n\nTwo\n',
  });
  expect(parseCommit('0', 'tree 1\n')).toBeUndefined();
});

test('a tree is read with whatever names it holds', () => {
  const text = ['100644 blob aa     12\ta b\tc', '160000 commit bb       -\tsub\n', ''].join('\0');
  expect([...parseTree(text)]).toEqual([
    ['a b\tc', { mode: '100644', id: 'aa', bytes: 12 }],
    ['sub\n', { mode: '160000', id: 'bb', bytes: 0 }],
  ]);
});

test('names and texts cannot end what they stand in', () => {
  const script = importScript(
    {
      parents: ['p1', 'p2'],
      author: { name: 'A\n<nn>', email: 'a>b' },
      atMs: 1500,
      message: 'done\ndone\n',
      files: new Map([['x"y\n', { text: 'é\ndone\n' }]]),
    },
    'refs/x',
  );
  expect(script).toContain('author Ann <ab> 1 +0000\n');
  expect(script).toContain('data 10\ndone\ndone\n');
  expect(script).toContain('from p1\nmerge p2\n');
  expect(script).toContain('M 100644 inline "x\\"y\\n"\ndata 8\né\ndone\n');
});
