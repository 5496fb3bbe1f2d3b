// The vendor's own SDK, unchanged but for its domain, against the emulator: what it can do there is
// what any client of the real API can.

import * as lark from '@larksuiteoapi/node-sdk';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../src/provider/emulator/server.ts';
import { machineClock } from '../provider/emulator/clocks.ts';

const app = { id: 'cli_sdk', secret: 'right secret' };
const asUser = lark.withUserAccessToken('u-somebody');

let emulator: Emulator;

beforeEach(async () => {
  emulator = await startEmulator({ clock: machineClock, credentials: { apps: { [app.id]: app.secret } } });
});
afterEach(() => emulator.close());

/** Tokens are cached per process by the SDK; each client gets a cache of its own. */
function freshCache(): lark.Cache {
  const kept = new Map<unknown, unknown>();
  return {
    get: async (key) => kept.get(key),
    set: async (key, value) => {
      kept.set(key, value);
      return true;
    },
  };
}

const silent = () => undefined;

function client(secret = app.secret): lark.Client {
  return new lark.Client({
    appId: app.id,
    appSecret: secret,
    domain: emulator.url,
    cache: freshCache(),
    logger: { error: silent, warn: silent, info: silent, debug: silent, trace: silent },
  });
}

/** A space that a person made and opened to the app. */
async function sharedSpace(sdk: lark.Client): Promise<string> {
  const made = await sdk.wiki.space.create({ data: { name: 'Handbook', open_sharing: 'closed' } }, asUser);
  const id = made.data?.space?.space_id ?? '';
  await sdk.wiki.spaceMember.create(
    { path: { space_id: id }, data: { member_type: 'appid', member_id: app.id, member_role: 'admin' } },
    asUser,
  );
  return id;
}

async function page(sdk: lark.Client, space: string, title: string, parent?: string): Promise<string> {
  const made = await sdk.wiki.spaceNode.create({
    path: { space_id: space },
    data: { obj_type: 'docx', node_type: 'origin', title, ...(parent && { parent_node_token: parent }) },
  });
  return made.data?.node?.node_token ?? '';
}

async function titles(sdk: lark.Client, space: string, parent?: string): Promise<string[]> {
  const found: string[] = [];
  const pages = await sdk.wiki.spaceNode.listWithIterator({
    path: { space_id: space },
    params: { page_size: 3, ...(parent && { parent_node_token: parent }) },
  });
  for await (const answer of pages) for (const item of answer?.items ?? []) found.push(item.title ?? '');
  return found;
}

/** What the SDK throws for an answer with this code. */
function answerWith(code: number): object {
  return { response: { data: { code } } };
}

describe('the official SDK', () => {
  test('creates a space as the user, which the app sees once it is a member', async () => {
    const sdk = client();
    const made = await sdk.wiki.space.create({ data: { name: 'Handbook', description: 'How' } }, asUser);
    const space = made.data?.space;
    expect(space).toMatchObject({ name: 'Handbook', description: 'How', open_sharing: 'closed' });
    expect(space?.space_id).toMatch(/^7\d{18}$/);
    const path = { space_id: space?.space_id ?? '' };
    expect((await sdk.wiki.space.list()).data?.items).toEqual([]);
    await expect(sdk.wiki.space.get({ path })).rejects.toMatchObject(answerWith(131006));
    const data = { member_type: 'appid', member_id: app.id, member_role: 'member' };
    await sdk.wiki.spaceMember.create({ path, data }, asUser);
    expect((await sdk.wiki.space.list()).data?.items?.map((item) => item.name)).toEqual(['Handbook']);
    const members = await sdk.wiki.spaceMember.list({ path });
    expect(members.data?.members?.map((member) => member.member_type)).toEqual(['openid', 'appid']);
    await sdk.wiki.spaceMember.delete(
      { path: { ...path, member_id: app.id }, data: { member_type: 'appid', member_role: 'member' } },
      asUser,
    );
    await expect(sdk.wiki.space.get({ path })).rejects.toMatchObject(answerWith(131006));
  });

  test('creates pages and pages through them', async () => {
    const sdk = client();
    const space = await sharedSpace(sdk);
    const parent = await page(sdk, space, 'Parent');
    const made = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    for (const title of made) await page(sdk, space, title, parent);
    expect(await titles(sdk, space, parent)).toEqual(made);
    const found = await sdk.wiki.space.getNode({ params: { token: parent } });
    expect(found.data?.node).toMatchObject({ title: 'Parent', has_child: true, parent_node_token: '' });
    const { obj_token: token = '' } = found.data?.node ?? {};
    const same = await sdk.wiki.space.getNode({ params: { token, obj_type: 'docx' } });
    expect(same.data?.node?.node_token).toBe(parent);
  });

  test('copies, moves and renames', async () => {
    const sdk = client();
    const space = await sharedSpace(sdk);
    const parent = await page(sdk, space, 'Parent');
    const child = await page(sdk, space, 'Child', parent);
    await page(sdk, space, 'Grandchild', child);
    const copy = await sdk.wiki.spaceNode.copy({
      path: { space_id: space, node_token: child },
      data: { target_space_id: space, title: 'Copy' },
    });
    expect(copy.data?.node).toMatchObject({ title: 'Copy', has_child: false, parent_node_token: '' });
    const moved = await sdk.wiki.spaceNode.move({
      path: { space_id: space, node_token: child },
      data: { target_parent_token: copy.data?.node?.node_token ?? '' },
    });
    expect(moved.data?.node).toMatchObject({ node_token: child, has_child: true });
    await sdk.wiki.spaceNode.updateTitle({
      path: { space_id: space, node_token: child },
      data: { title: 'Renamed' },
    });
    expect(await titles(sdk, space, parent)).toEqual([]);
    expect(await titles(sdk, space, copy.data?.node?.node_token)).toEqual(['Renamed']);
    expect(await titles(sdk, space, child)).toEqual(['Grandchild']);
  });

  test('makes a shortcut', async () => {
    const sdk = client();
    const space = await sharedSpace(sdk);
    const origin = await page(sdk, space, 'Origin');
    const made = await sdk.wiki.spaceNode.create({
      path: { space_id: space },
      data: { obj_type: 'docx', node_type: 'shortcut', origin_node_token: origin, title: 'See also' },
    });
    const found = await sdk.wiki.space.getNode({ params: { token: origin } });
    expect(made.data?.node).toMatchObject({
      node_type: 'shortcut',
      origin_node_token: origin,
      origin_space_id: space,
      obj_token: found.data?.node?.obj_token,
      title: 'See also',
    });
  });

  test('is refused with a wrong secret', async () => {
    await expect(client('wrong').wiki.space.list()).rejects.toThrow(/10014/);
  });

  test('is refused a space as the app', async () => {
    await expect(client().wiki.space.create({ data: { name: 'No' } })).rejects.toMatchObject(
      answerWith(99991663),
    );
  });

  test('is told what is not there', async () => {
    const sdk = client();
    const space = await sharedSpace(sdk);
    await expect(sdk.wiki.space.get({ path: { space_id: '7000000000000000000' } })).rejects.toMatchObject(
      answerWith(131005),
    );
    const path = { space_id: space, node_token: 'wikcnNobody' };
    await expect(sdk.wiki.spaceNode.move({ path, data: { target_space_id: space } })).rejects.toMatchObject(
      answerWith(131005),
    );
    await expect(sdk.wiki.space.getNode({ params: { token: 'wikcnNobody' } })).rejects.toMatchObject(
      answerWith(131005),
    );
  });
});
