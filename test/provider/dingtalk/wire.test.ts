// What goes over the wire to DingTalk, and what its answers are taken for.

import { describe, expect, test } from 'vitest';
import type { ProviderError } from '../../../src/provider/provider-error.ts';
import { nodeId, spaceId } from '../../../src/tree/identifier.ts';
import { errorOf } from '../feishu/open.ts';
import type { Asked, Reply } from '../stand-in.ts';
import { inTurn } from '../stand-in.ts';
import { appSecret, credentials, node, ok, open, refuse, space, token } from './open.ts';

const [home, page, above] = [spaceId('s1'), nodeId('p1'), nodeId('a1')];
const list = { kind: 'list-nodes', space: home, parent: above } as const;
const move = { kind: 'move-node', node: page, space: home, targetSpace: home, targetParent: above } as const;
const create = {
  kind: 'create-node',
  space: home,
  parent: above,
  title: 'New',
  type: 'doc',
  origin: null,
} as const;
const copy = { ...move, kind: 'copy-node', title: 'Page p1' } as const;

const said = ({ method, path, body }: Asked) => ({ line: `${method} ${path}`, body });
const withRoots = (reply: (asked: Asked) => Reply) => (asked: Asked) =>
  asked.path.startsWith('/v2.0/wiki/workspaces') ? ok({ workspace: space('s1') }) : reply(asked);

describe('calls', () => {
  test('carry the token and the operator where each takes them, and never an empty nextToken', async () => {
    const pages = [ok({ nodes: [node('1')], nextToken: 'more' }), ok({ nodes: [node('2')], nextToken: '' })];
    const { provider, wikiCalls } = await open(withRoots(inTurn(...pages)));
    const top = await provider.read({ kind: 'list-nodes', space: home, parent: null });
    expect(top).toMatchObject({ pages: 3, nodes: [{ id: '1', parent: null }, { id: '2' }] });
    expect(wikiCalls().map(said)).toEqual([
      { line: 'GET /v2.0/wiki/workspaces/s1?operatorId=union%2F1', body: undefined },
      {
        line: 'GET /v2.0/wiki/nodes?operatorId=union%2F1&parentNodeId=root-s1&maxResults=50',
        body: undefined,
      },
      {
        line: 'GET /v2.0/wiki/nodes?operatorId=union%2F1&parentNodeId=root-s1&maxResults=50&nextToken=more',
        body: undefined,
      },
    ]);
    for (const { headers } of wikiCalls()) expect(headers['x-acs-dingtalk-access-token']).toBe(token);
  });

  test('to write say what is to be written, and ask for an error where names clash', async () => {
    const { provider, wikiCalls } = await open(
      withRoots(({ path }) =>
        path.includes('/docs')
          ? ok({ nodeId: 'other id', dentryUuid: 'd1', url: 'https://x' })
          : ok({ dentry: {}, async: false }),
      ),
    );
    const made = await provider.perform(create);
    expect(made).toMatchObject({
      node: { id: 'd1', parent: above, title: 'New', type: 'doc', url: 'https://x' },
    });
    await provider.perform({ ...move, targetParent: null });
    await provider.perform({ kind: 'rename-node', node: page, space: home, title: 'Bare' });
    const option = { conflictStrategy: 'RETURN_ERROR_IF_EXISTS' };
    const writes = wikiCalls().filter(({ method }) => method === 'POST');
    expect(writes.map(said)).toEqual([
      {
        line: 'POST /v1.0/doc/workspaces/s1/docs',
        body: { name: 'New', docType: 'DOC', operatorId: 'union/1', parentNodeId: 'a1' },
      },
      {
        line: 'POST /v1.0/storage/spaces/77/dentries/n-p1/move?unionId=union%2F1',
        // A page takes the rights of its own along.
        body: {
          targetSpaceId: '77',
          targetFolderId: 'n-root-s1',
          option: { ...option, presevePermissions: true },
        },
      },
      {
        line: 'POST /v1.0/storage/spaces/77/dentries/n-p1/rename?unionId=union%2F1',
        body: { newName: 'Bare' },
      },
    ]);
    // Each id is asked for once, however often it is needed.
    expect(wikiCalls().filter(({ path }) => path.includes('queryDentryId'))).toHaveLength(2);
  });

  test('for a token have two shapes', async () => {
    const { provider, asked } = await open(() => ok({ nodes: [] }), {
      credentials: { ...credentials, corpId: 'corp' },
      tokens: () => ok({ access_token: token, expires_in: 7200 }),
    });
    await provider.read(list);
    expect(asked.map(({ path }) => path)[0]).toBe('/v1.0/oauth2/corp/token');
    expect(asked[0]?.body).toEqual({
      client_id: 'ding_a',
      client_secret: appSecret,
      grant_type: 'client_credentials',
    });
  });
});

describe('names', () => {
  test('lose the extension they are listed with, and types are the manifest’s words', async () => {
    const { provider } = await open(() =>
      ok({
        nodes: [
          node('1', { name: 'Plan v1.2.adoc' }),
          node('2', { name: 'Sums.axls', extension: 'axls' }),
          node('3', { name: 'Ideas.amind', extension: 'amind' }),
          node('4', { name: 'Box.adoc', type: 'FOLDER', extension: '' }),
          node('5', { name: 'scan.pdf', extension: 'pdf', category: 'DOCUMENT' }),
          node('6', { name: 'no ending' }),
        ],
      }),
    );
    const { nodes } = await provider.read(list);
    expect(nodes.map(({ title, type }) => `${title} ${type}`)).toEqual([
      'Plan v1.2 doc',
      'Sums workbook',
      'Ideas mind',
      'Box.adoc folder',
      'scan pdf',
      'no ending doc',
    ]);
    expect(nodes[0]).toMatchObject({ parent: above, createdAt: 1_700_000_000, creator: 'user-1' });
  });
});

describe('a space asked for by id', () => {
  test.each([
    [404, 'workspaceNotExist'],
    [400, 'isNotWorkspace'],
  ])('is looked for in the list on %i %s', async (status, code) => {
    const { provider } = await open(({ path }) =>
      path.includes('/workspaces/') ? refuse(status, code) : ok({ workspaces: [space('s0'), space('s1')] }),
    );
    expect(await provider.read({ kind: 'get-space', space: home })).toMatchObject({
      spaces: [{ id: 's1', name: 'Space s1' }],
      pages: 2,
    });
    const error = await errorOf(provider.read({ kind: 'get-space', space: spaceId('s9') }));
    expect(error).toMatchObject({ vendorCode: code, sent: 'no' });
  });
});

describe('the ids of the storage calls', () => {
  test('may come as numbers, and a copy tells its own', async () => {
    const copied = { id: 12, spaceId: 77, uuid: 'c1', type: 'FOLDER', name: 'Page p1' };
    const { provider, wikiCalls } = await open(() => ok({ dentry: copied, async: false }));
    expect(await provider.perform(copy)).toMatchObject({ node: { id: 'c1', type: 'folder' } });
    expect(provider.aliases?.of(nodeId('c1'))).toBe('77/12');
    await provider.perform({ kind: 'rename-node', node: nodeId('c1'), space: home, title: 'Named' });
    expect(wikiCalls().at(-1)?.path).toBe('/v1.0/storage/spaces/77/dentries/12/rename?unionId=union%2F1');
  });

  test('that were recalled are not asked for again', async () => {
    const { provider, wikiCalls } = await open(() => ok({}));
    provider.aliases?.recall(page, '5/6');
    await provider.perform({ kind: 'rename-node', node: page, space: home, title: 'Named' });
    expect(wikiCalls().map(({ path }) => path)).toEqual([
      '/v1.0/storage/spaces/5/dentries/6/rename?unionId=union%2F1',
    ]);
  });
});

describe('tasks', () => {
  const isTask = ({ path }: Asked): boolean => path.includes('/tasks/');
  const task = (status: string, more: object = {}): Reply => ok({ task: { id: 't', status, ...more } });

  test('are asked until they end', async () => {
    const states = inTurn(task('INIT'), task('IN_PROGRESS'), task('SUCCESS'));
    const accepted = ok({
      dentry: { uuid: 'c1', type: 'FILE', extension: 'adoc' },
      async: true,
      taskId: 't',
    });
    const { provider, events } = await open((asked) => (isTask(asked) ? states() : accepted));
    expect(await provider.perform(copy)).toMatchObject({ node: { id: 'c1', type: 'doc', parent: above } });
    const waits = events.filter(({ kind }) => kind === 'waiting');
    expect(waits).toMatchObject([
      { reason: 'task', waitMs: 500 },
      { reason: 'task', waitMs: 1000 },
      { reason: 'task', waitMs: 2000 },
    ]);
  });

  test('that fail say why; those that cannot be asked leave the call in doubt', async () => {
    const accepted = ok({ async: true, taskId: 't' });
    const failing = await open((asked) =>
      isTask(asked) ? task('FAIL', { failMessage: 'permissionDenied', successCount: 0 }) : accepted,
    );
    const failed = await errorOf(failing.provider.perform(move));
    expect(failed).toMatchObject({ kind: 'forbidden', sent: 'no', endpoint: 'move-node' });
    expect(failed.message).toContain('permissionDenied');
    const silent = await open((asked) => (isTask(asked) ? refuse(404, 'taskNotExist') : accepted));
    expect(await errorOf(silent.provider.perform(move))).toMatchObject({ sent: 'unknown' });
    const endless = await open((asked) => (isTask(asked) ? task('IN_PROGRESS') : accepted));
    expect(await errorOf(endless.provider.perform(move))).toMatchObject({
      kind: 'unavailable',
      sent: 'unknown',
    });
  });

  test('of copies that do not tell what they made are followed by a look', async () => {
    const { provider } = await open((asked) => {
      if (asked.path.includes('/nodes'))
        return ok({ nodes: [node('x'), node('c1', { name: 'Page p1.adoc' })] });
      return isTask(asked) ? task('SUCCESS') : ok({ async: true, taskId: 't' });
    });
    expect(await provider.perform(copy)).toMatchObject({ node: { id: 'c1', title: 'Page p1' } });
  });
});

describe('trouble', () => {
  test('an expired token comes as HTTP 400, and is replaced once', async () => {
    const answers = inTurn(refuse(400, 'InvalidAuthentication'), ok({ dentryUuid: 'd1' }));
    const { provider, asked } = await open(answers);
    expect(await provider.perform(create)).toMatchObject({ node: { id: 'd1' } });
    expect(asked.filter(({ path }) => path.includes('oauth2'))).toHaveLength(2);
    const stale = await open(() => refuse(400, 'InvalidAuthentication'));
    expect(await errorOf(stale.provider.perform(create))).toMatchObject({
      kind: 'unauthenticated',
      sent: 'no',
    });
    expect(stale.wikiCalls()).toHaveLength(2);
  });

  test.each(['QpsLimitForAppkeyAndApi', 'QpsLimitForApi'])(
    '%s waits a second, and the write is made',
    async (code) => {
      const over = refuse(403, `Forbidden.AccessDenied.${code}`);
      const { provider, events } = await open(inTurn(over, ok({ dentryUuid: 'd1' })));
      expect(await provider.perform(create)).toMatchObject({ node: { id: 'd1' } });
      expect(events.filter(({ kind }) => kind === 'waiting')).toMatchObject([{ waitMs: 1000 }]);
    },
  );

  const refusals: [number, string, Partial<ProviderError>][] = [
    [403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', { kind: 'quota', sent: 'no' }],
    [403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied', { kind: 'unauthenticated', sent: 'no' }],
    [403, 'Forbidden.AccessDenied.IpNotInWhiteList', { kind: 'unauthenticated', sent: 'no' }],
    [403, 'forbidden.accessDenied', { kind: 'forbidden', sent: 'no' }],
    [500, 'permissionDenied', { kind: 'forbidden', sent: 'no' }],
    [400, 'invalidRequest.workspaceNode.nameConflict', { kind: 'taken', sent: 'no' }],
    [400, 'invalidRequest.workspaceNode.parentNotFound', { kind: 'not-found', sent: 'no' }],
    [404, 'invalidRequest.resource.notFound', { kind: 'not-found', sent: 'no' }],
    [400, 'MissingoperatorId', { kind: 'unauthenticated', sent: 'no' }],
    [404, 'InvalidAction.NotFound', { kind: 'invalid', sent: 'no' }],
    [500, 'systemError', { kind: 'unavailable', sent: 'unknown' }],
    [503, 'operationTimeout', { kind: 'unavailable', sent: 'unknown' }],
  ];

  test.each(refusals)('%i %s', async (status, code, expected) => {
    const { provider, wikiCalls } = await open(() => refuse(status, code));
    const error = await errorOf(provider.perform(create));
    expect(error).toMatchObject({ ...expected, vendorCode: code, requestId: 'request-7' });
    expect(error.message).toContain('request-7');
    expect(wikiCalls()).toHaveLength(1);
  });

  test('the quota and a missing permission say what to do', async () => {
    const quota = await open(() => refuse(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg'));
    expect(await errorOf(quota.provider.read(list))).toMatchObject({
      help: expect.stringContaining('next month'),
    });
    const scope = await open(() => refuse(403, 'Forbidden.AccessDenied.AccessTokenPermissionDenied'));
    expect(await errorOf(scope.provider.read(list))).toMatchObject({
      help: expect.stringContaining('list-nodes needs Wiki.Node.Read'),
    });
  });

  test('a refused move says what the vendor answered and what is left to do', async () => {
    const { provider } = await open(() => refuse(403, 'operationNotSupported', 'not for this space'));
    const error = await errorOf(provider.perform(move));
    expect(error.message).toContain('operationNotSupported not for this space');
    expect(error).toMatchObject({ sent: 'no', help: expect.stringContaining('by hand in the wiki') });
  });

  test("a proxy's 404 is no page that is gone, and no secret shows", async () => {
    const { provider } = await open(() => ({ status: 404, text: `<html>${appSecret} ${token}</html>` }));
    const error = await errorOf(provider.read({ kind: 'get-node', node: page }));
    expect(error).toMatchObject({ kind: 'malformed' });
    const echo = await open(() => refuse(400, 'paramError', `${appSecret} ${token}`));
    expect((await errorOf(echo.provider.read(list))).message).not.toMatch(/canary/);
  });

  test('credentials that are not complete are named before anything is sent', async () => {
    const { provider, asked } = await open(() => ok({}), { credentials: { appKey: 'ding_a', appSecret } });
    expect(await errorOf(provider.read(list))).toMatchObject({
      kind: 'unauthenticated',
      help: 'set DINGTALK_APP_KEY, DINGTALK_APP_SECRET, DINGTALK_OPERATOR_ID',
    });
    expect(asked).toEqual([]);
  });
});
