// The vendor's own SDK, unchanged but for its address, against the emulator: what it can do there is what
// any client of the real API can.

import * as doc1 from '@alicloud/dingtalk/dist/doc_1_0/client.js';
import * as doc2 from '@alicloud/dingtalk/dist/doc_2_0/client.js';
import * as oauth from '@alicloud/dingtalk/dist/oauth2_1_0/client.js';
import * as storage from '@alicloud/dingtalk/dist/storage_1_0/client.js';
import * as wiki from '@alicloud/dingtalk/dist/wiki_2_0/client.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dingtalkEmulation } from '../../src/provider/emulator/dingtalk-emulation.ts';
import { type Emulator, startEmulator } from '../../src/provider/emulator/server.ts';
import { machineClock } from '../provider/emulator/clocks.ts';

const app = { appKey: 'ding_sdk', appSecret: 'right secret' };
const operatorId = 'union_sdk';

/** What the SDK's clients are opened with; its class for this has no more to it. */
type Config = ConstructorParameters<typeof wiki.default.default>[0];
const asked = {} as Parameters<InstanceType<typeof wiki.default.default>['listNodesWithOptions']>[2];

let emulator: Emulator;
let config: Config;
let token: string;

beforeEach(async () => {
  const credentials = { apps: { [app.appKey]: app.appSecret } };
  emulator = await startEmulator({ clock: machineClock, vendor: dingtalkEmulation, credentials });
  config = { protocol: 'http', endpoint: new URL(emulator.url).host, regionId: 'central' } as Config;
  const answer = await client(oauth).getAccessToken(new oauth.GetAccessTokenRequest(app));
  token = answer.body?.accessToken ?? '';
  expect(answer.body?.expireIn).toBe(7200);
});
afterEach(() => emulator.close());

type Made<Client> = new (config: Config) => Client;

/** The class of each of the vendor's modules: CommonJS hides it one level deeper, unless the loader helps. */
function client<Client>({ default: found }: { default: { default: Made<Client> } }): Client {
  const Class = found.default ?? (found as unknown as Made<Client>);
  return new Class(config);
}

/** The headers of a call, in the class that the SDK wants for each. */
function authorized<Headers>(Made: new (map: { xAcsDingtalkAccessToken: string }) => Headers): Headers {
  return new Made({ xAcsDingtalkAccessToken: token });
}

async function makeSpace(name = 'Handbook'): Promise<{ id: string; root: string }> {
  const option = new wiki.AddWorkspaceRequestOption({ description: 'How we work' });
  const { body } = await client(wiki).addWorkspaceWithOptions(
    new wiki.AddWorkspaceRequest({ operatorId, name, option }),
    authorized(wiki.AddWorkspaceHeaders),
    asked,
  );
  expect(body?.workspace).toMatchObject({ name, description: 'How we work', type: 'TEAM' });
  return { id: body?.workspace?.workspaceId ?? '', root: body?.workspace?.rootNodeId ?? '' };
}

async function makeNode(
  space: string,
  name: string,
  docType = 'DOC',
  parentNodeId?: string,
): Promise<string> {
  const { body } = await client(doc1).createWorkspaceDocWithOptions(
    space,
    new doc1.CreateWorkspaceDocRequest({ name, docType, operatorId, parentNodeId }),
    authorized(doc1.CreateWorkspaceDocHeaders),
    asked,
  );
  // The other id is of no use to any other call.
  expect(body?.nodeId).not.toBe(body?.dentryUuid);
  return body?.dentryUuid ?? '';
}

async function list(parentNodeId: string, maxResults = 50): Promise<wiki.ListNodesResponseBodyNodes[]> {
  const found: wiki.ListNodesResponseBodyNodes[] = [];
  let nextToken: string | undefined;
  do {
    const { body } = await client(wiki).listNodesWithOptions(
      new wiki.ListNodesRequest({ parentNodeId, operatorId, maxResults, nextToken }),
      authorized(wiki.ListNodesHeaders),
      asked,
    );
    found.push(...(body?.nodes ?? []));
    nextToken = body?.nextToken;
  } while (nextToken);
  return found;
}

async function dentryOf(node: string): Promise<{ space: string; id: string }> {
  const { body } = await client(doc2).getDentryIdByUuidWithOptions(
    node,
    new doc2.GetDentryIdByUuidRequest({ operatorId }),
    authorized(doc2.GetDentryIdByUuidHeaders),
    asked,
  );
  return { space: `${body?.spaceId}`, id: `${body?.dentryId}` };
}

const names = (nodes: readonly wiki.ListNodesResponseBodyNodes[]) => nodes.map(({ name }) => name);

describe('the official SDK', () => {
  test('makes a knowledge base, and finds it by id and in the list', async () => {
    const { id, root } = await makeSpace();
    expect(id).toMatch(/^\w{16}$/);
    expect(root).toMatch(/^\w{32}$/);
    const got = await client(wiki).getWorkspaceWithOptions(
      id,
      new wiki.GetWorkspaceRequest({ operatorId }),
      authorized(wiki.GetWorkspaceHeaders),
      asked,
    );
    expect(got.body?.workspace).toMatchObject({ name: 'Handbook', rootNodeId: root });
    const listed = await client(wiki).listWorkspacesWithOptions(
      new wiki.ListWorkspacesRequest({ operatorId, maxResults: 30 }),
      authorized(wiki.ListWorkspacesHeaders),
      asked,
    );
    expect(listed.body?.workspaces?.map(({ workspaceId }) => workspaceId)).toEqual([id]);
  });

  test('makes documents of each type, and lists them with their extensions, page by page', async () => {
    const { id, root } = await makeSpace();
    const folder = await makeNode(id, 'Papers', 'FOLDER');
    for (const docType of ['DOC', 'WORKBOOK', 'MIND']) await makeNode(id, docType, docType, folder);
    expect(names(await list(root))).toEqual(['Papers']);
    expect(names(await list(folder, 2))).toEqual(['DOC.adoc', 'WORKBOOK.axls', 'MIND.amind']);
    const { body } = await client(wiki).getNodeWithOptions(
      folder,
      new wiki.GetNodeRequest({ operatorId }),
      authorized(wiki.GetNodeHeaders),
      asked,
    );
    expect(body?.node).toMatchObject({ name: 'Papers', type: 'FOLDER', hasChildren: true, workspaceId: id });
  });

  test('moves, copies and renames by the ids of the storage calls, and asks its tasks', async () => {
    const { id, root } = await makeSpace();
    const [from, to] = [await makeNode(id, 'From'), await makeNode(id, 'To')];
    await makeNode(id, 'Below', 'DOC', from);
    const [source, target] = [await dentryOf(from), await dentryOf(to)];
    const place = { targetSpaceId: target.space, targetFolderId: target.id };
    const copied = await client(storage).copyDentryWithOptions(
      source.space,
      source.id,
      new storage.CopyDentryRequest({ unionId: operatorId, ...place }),
      authorized(storage.CopyDentryHeaders),
      asked,
    );
    expect(copied.body).toMatchObject({ async: true, dentry: { name: 'From.adoc' } });
    const task = await client(storage).getTaskWithOptions(
      copied.body?.taskId ?? '',
      new storage.GetTaskRequest({ unionId: operatorId }),
      authorized(storage.GetTaskHeaders),
      asked,
    );
    expect(task.body?.task?.status).toMatch(/^(IN_PROGRESS|SUCCESS)$/);
    const option = new storage.MoveDentryRequestOption({ conflictStrategy: 'RETURN_ERROR_IF_EXISTS' });
    const move = () =>
      client(storage).moveDentryWithOptions(
        source.space,
        source.id,
        new storage.MoveDentryRequest({ unionId: operatorId, ...place, option }),
        authorized(storage.MoveDentryHeaders),
        asked,
      );
    await expect(move()).rejects.toMatchObject({ code: 'dentryAlreadyExist' });
    await client(storage).renameDentryWithOptions(
      source.space,
      source.id,
      new storage.RenameDentryRequest({ unionId: operatorId, newName: 'Moved' }),
      authorized(storage.RenameDentryHeaders),
      asked,
    );
    await move();
    expect(names(await list(root))).toEqual(['To.adoc']);
    expect(names(await list(to))).toEqual(['From.adoc', 'Moved.adoc']);
    expect(names(await list(from))).toEqual(['Below.adoc']);
  });

  test('is given another name where it does not ask for an error', async () => {
    const { id } = await makeSpace();
    const [from, to] = [await makeNode(id, 'From'), await makeNode(id, 'To')];
    await makeNode(id, 'From', 'DOC', to);
    const [source, target] = [await dentryOf(from), await dentryOf(to)];
    await client(storage).moveDentryWithOptions(
      source.space,
      source.id,
      new storage.MoveDentryRequest({
        unionId: operatorId,
        targetSpaceId: target.space,
        targetFolderId: target.id,
      }),
      authorized(storage.MoveDentryHeaders),
      asked,
    );
    expect(names(await list(to))).toEqual(['From.adoc', 'From(1).adoc']);
  });

  test('takes the unified call for a token, too', async () => {
    const request = { clientId: app.appKey, clientSecret: app.appSecret, grantType: 'client_credentials' };
    const answer = await client(oauth).getToken('ding_corp', new oauth.GetTokenRequest(request));
    expect(answer.body).toMatchObject({ accessToken: token, expiresIn: 7200 });
    const wrong = new oauth.GetTokenRequest({ ...request, clientSecret: 'wrong' });
    await expect(client(oauth).getToken('ding_corp', wrong)).rejects.toMatchObject({
      code: 'invalid.client',
    });
  });

  test('is told what is wrong, in the vendor’s codes', async () => {
    const { id, root } = await makeSpace();
    await makeNode(id, 'Twin');
    await expect(makeNode(id, 'Twin')).rejects.toMatchObject({
      code: 'invalidRequest.workspaceNode.nameConflict',
    });
    await expect(makeNode(id, 'Twin', 'WORKBOOK')).resolves.toMatch(/^\w{32}$/);
    await expect(makeNode(id, 'a|b')).rejects.toMatchObject({ code: 'invalidRequest.inputArgs.invalid' });
    await expect(list('nobody')).rejects.toMatchObject({ code: 'nodeNotExist' });
    token = 'made up';
    await expect(list(root)).rejects.toMatchObject({ code: 'InvalidAuthentication' });
  });

  test('is refused with 403 above 20 calls a second', async () => {
    const { root } = await makeSpace();
    const calls = await Promise.allSettled(Array.from({ length: 21 }, () => list(root)));
    const refused = calls.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi' } }]);
  });
});
