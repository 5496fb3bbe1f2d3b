import { describe, expect, test } from 'vitest';
import { nodeId, spaceId } from '../../../src/tree/identifier.ts';
import { inTurn } from '../stand-in.ts';
import { node, ok, open, refuse, space } from './open.ts';

const listNodes = { kind: 'list-nodes', space: spaceId('s1'), parent: nodeId('p/1') } as const;

describe('a listing', () => {
  test('follows its pages, empty ones too, and keeps each node once as last seen', async () => {
    const replies = inTurn(
      ok({ items: [node('a'), node('b')], has_more: true, page_token: 't=1' }),
      ok({ items: [], has_more: true, page_token: 't2' }),
      ok({ has_more: true, page_token: 't3' }),
      ok({ items: [node('a', { title: 'New' }), node('c')], has_more: false }),
    );
    const { provider, asked } = await open(replies);
    const { nodes, spaces, pages } = await provider.read(listNodes);
    expect(nodes.map(({ id, title }) => [id, title])).toEqual([
      ['a', 'New'],
      ['b', 'Page b'],
      ['c', 'Page c'],
    ]);
    expect({ spaces, pages }).toEqual({ spaces: [], pages: 4 });
    const path = '/open-apis/wiki/v2/spaces/s1/nodes?parent_node_token=p%2F1&page_size=50';
    expect(asked.slice(1).map((seen) => seen.path)).toEqual([
      path,
      `${path}&page_token=t%3D1`,
      `${path}&page_token=t2`,
      `${path}&page_token=t3`,
    ]);
    expect(provider.calls()).toEqual({ total: 5, byEndpoint: { 'list-nodes': 4, 'tenant-token': 1 } });
  });

  test('of a top level names no parent', async () => {
    const { provider, wikiCalls } = await open(() => ok({ items: [], has_more: false }));
    await provider.read({ ...listNodes, parent: null });
    expect(wikiCalls()[0]?.path).toBe('/open-apis/wiki/v2/spaces/s1/nodes?page_size=50');
  });

  test('of spaces', async () => {
    const items = [space('1', { open_sharing: 'open', visibility: 'public', description: 'd' }), space('2')];
    const { provider, wikiCalls } = await open(() => ok({ items, has_more: false, page_token: '' }));
    expect(await provider.read({ kind: 'list-spaces' })).toEqual({
      spaces: [
        { id: '1', name: 'Space 1', description: 'd', sharing: 'open', visibility: 'public' },
        { id: '2', name: 'Space 2', description: '', sharing: undefined, visibility: undefined },
      ],
      nodes: [],
      pages: 1,
    });
    expect(wikiCalls()[0]?.path).toBe('/open-apis/wiki/v2/spaces?page_size=50');
  });

  test('that leads back to a page already read is malformed', async () => {
    const more = (page_token: string) => ok({ items: [node('a')], has_more: true, page_token });
    const { provider } = await open(inTurn(more('t1'), more('t2'), more('t1')));
    await expect(provider.read(listNodes)).rejects.toMatchObject({
      kind: 'malformed',
      message: 'list-nodes: the listing is odd: its pages lead back to one that was read already',
    });
  });

  test('that never ends is malformed', async () => {
    let page = 0;
    const { provider } = await open(() => {
      page += 1;
      return ok({ items: [], has_more: true, page_token: `t${page}` });
    });
    await expect(provider.read(listNodes)).rejects.toMatchObject({ kind: 'malformed' });
    expect(page).toBe(1000);
  });

  test('that has more but does not say where is malformed', async () => {
    const { provider, wikiCalls } = await open(() => ok({ items: [], has_more: true }));
    await expect(provider.read(listNodes)).rejects.toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('data.page_token is missing'),
    });
    expect(wikiCalls()).toHaveLength(1);
  });
});

describe('asking by id', () => {
  test('shows a node', async () => {
    const live = node('n', { node_create_time: '1642402428', node_creator: 'ou_1', has_child: true });
    const { provider, wikiCalls } = await open(() => ok({ node: live }));
    expect(await provider.read({ kind: 'get-node', node: nodeId('n&x=1') })).toEqual({
      nodes: [
        {
          id: 'n',
          space: 's1',
          parent: null,
          title: 'Page n',
          type: 'docx',
          kind: 'origin',
          origin: null,
          hasChildren: true,
          createdAt: 1642402428,
          creator: 'ou_1',
        },
      ],
      spaces: [],
      pages: 1,
    });
    expect(wikiCalls()[0]?.path).toBe('/open-apis/wiki/v2/spaces/get_node?token=n%26x%3D1');
  });

  test('shows a space', async () => {
    const { provider, wikiCalls } = await open(() => ok({ space: space('../9') }));
    const { spaces } = await provider.read({ kind: 'get-space', space: spaceId('../9') });
    expect(spaces).toMatchObject([{ id: '../9' }]);
    expect(wikiCalls()[0]?.path).toBe('/open-apis/wiki/v2/spaces/..%2F9');
  });

  test('tells what is not there from what may not be seen', async () => {
    const { provider } = await open(inTurn(refuse(131005, { msg: 'node not found' }), refuse(131006)));
    const request = { kind: 'get-node', node: nodeId('n') } as const;
    await expect(provider.read(request)).rejects.toMatchObject({
      kind: 'not-found',
      endpoint: 'get-node',
      vendorCode: 131005,
      httpStatus: 400,
      requestId: 'log-7',
      message: 'get-node: Feishu answered 131005 node not found (log id log-7)',
    });
    await expect(provider.read(request)).rejects.toMatchObject({ kind: 'forbidden', vendorCode: 131006 });
  });
});

describe('what may pass', () => {
  test.each([
    ['lost connection', { cut: 'before' }],
    ['half an answer', { cut: 'middle' }],
    ['half a JSON', { text: '{"code":0,"data":' }],
    ['a gateway page', { status: 502, text: '<html>Bad gateway</html>' }],
    ['rpc failure', refuse(131001)],
    ['contention', refuse(131009)],
    ['unknown code with 503', refuse(4711, { status: 503 })],
  ] as const)('%s is asked again', async (_, trouble) => {
    const { provider, events } = await open(inTurn(trouble, trouble, ok({ node: node('n') })));
    const { nodes } = await provider.read({ kind: 'get-node', node: nodeId('n') });
    expect(nodes).toHaveLength(1);
    expect(provider.calls().byEndpoint).toEqual({ 'get-node': 3, 'tenant-token': 1 });
    const waits = events.flatMap((event) => (event.kind === 'waiting' ? event.waitMs : []));
    expect(waits).toEqual([250, 500]);
  });

  test('is not asked for ever', async () => {
    const { provider, clock } = await open(() => refuse(131001));
    await expect(provider.read({ kind: 'get-node', node: nodeId('n') })).rejects.toMatchObject({
      kind: 'unavailable',
      message: expect.stringMatching(
        /^get-node: Feishu answered 131001 .*\(log id log-7\); gave up: tried 20 times in 119\.8 s, and the next try would be 8\.0 s later$/,
      ),
    });
    expect(clock.monotonicMs()).toBe(119_750);
  });

  test.each([
    ['131007', refuse(131007, { status: 500 }), 'unavailable'],
    ['an unknown code', refuse(987654, { msg: 'new thing' }), 'invalid'],
    ['a redirect', { status: 302, headers: { location: 'http://x' }, text: '' }, 'malformed'],
    ["a stranger's 404", { status: 404, text: '<html>' }, 'malformed'],
  ] as const)('%s is not', async (_, trouble, kind) => {
    const { provider, wikiCalls } = await open(() => trouble);
    await expect(provider.read({ kind: 'get-node', node: nodeId('n') })).rejects.toMatchObject({ kind });
    expect(wikiCalls()).toHaveLength(1);
  });
});
