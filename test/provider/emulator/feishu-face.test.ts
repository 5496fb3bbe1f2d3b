// The vendor's HTTP API as any client meets it: paths, fields, statuses and codes.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../../src/provider/emulator/server.ts';
import { handClock } from './clocks.ts';
import { type Ask, ask, tenantToken } from './feishu-client.ts';
import { home, smallWorld } from './worlds.ts';

const nodes = `/wiki/v2/spaces/${home}/nodes`;

let emulator: Emulator;
let token: string;

beforeEach(async () => {
  const world = smallWorld([
    { title: 'A', id: 'wikcnA', children: ['1', '2', '3'] },
    { title: 'Old', id: 'wikcnOld', type: 'doc' },
    { title: 'Sheet', id: 'wikcnSheet', type: 'sheet' },
    { title: 'Secret', id: 'wikcnSecret', hiddenFrom: ['app'] },
  ]);
  emulator = await startEmulator({
    clock: handClock(),
    world,
    credentials: { apps: { cli_test: 'secret' } },
  });
  token = await tenantToken(emulator.url);
});
afterEach(() => emulator.close());

const call = (parts: Ask) => ask(emulator.url, { token, ...parts });

/** The code of an answer that must be HTTP 400. */
async function refused(parts: Ask): Promise<number | undefined> {
  const answer = await call(parts);
  expect(answer.status).toBe(400);
  expect(answer.headers.get('x-tt-logid')).toMatch(/^20260101\d{6}[0-9A-F]{8}$/);
  return answer.json.code;
}

const page = (parts: object = {}) => ({ obj_type: 'docx', node_type: 'origin', title: 'New', ...parts });

describe('answers', () => {
  test('have the envelope and a log id', async () => {
    const answer = await call({ path: `/wiki/v2/spaces/${home}` });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-tt-logid')).toMatch(/^20260101000000[0-9A-F]{8}$/);
    expect(answer.json).toEqual({
      code: 0,
      msg: 'success',
      data: {
        space: {
          name: 'Home',
          description: '',
          space_id: home,
          space_type: 'team',
          visibility: 'private',
          open_sharing: 'closed',
        },
      },
    });
  });

  test('tell a node in the vendor’s fields', async () => {
    const made = await call({ path: nodes, body: page({ parent_node_token: 'wikcnA' }) });
    expect(made.json.data?.node).toEqual({
      space_id: home,
      node_token: expect.stringMatching(/^wikcn/),
      obj_token: expect.stringMatching(/^doxcn/),
      obj_type: 'docx',
      parent_node_token: 'wikcnA',
      node_type: 'origin',
      origin_node_token: made.json.data?.node?.node_token,
      origin_space_id: home,
      has_child: false,
      title: 'New',
      obj_create_time: '1767225600',
      obj_edit_time: '1767225600',
      node_create_time: '1767225600',
      creator: 'ou_cli_test',
      owner: 'ou_cli_test',
      node_creator: 'ou_cli_test',
    });
  });

  test('page, with the token bound to its query', async () => {
    const path = `${nodes}?parent_node_token=wikcnA&page_size=2`;
    const first = (await call({ path })).json.data;
    expect(first?.items?.map((item) => item.title)).toEqual(['1', '2']);
    expect(first?.has_more).toBe(true);
    const rest = (await call({ path: `${path}&page_token=${first?.page_token}` })).json.data;
    expect(rest).toMatchObject({ items: [{ title: '3' }], has_more: false, page_token: '' });
    expect(await refused({ path: `${nodes}?page_token=${first?.page_token}` })).toBe(131002);
  });

  test('page by 20 where no size is given', async () => {
    for (let made = 0; made < 20; made += 1) await call({ path: nodes, body: page() });
    const listed = (await call({ path: nodes })).json.data;
    expect(listed?.has_more).toBe(true);
    expect(listed?.items?.length).toBe(19);
  });

  test('to an unknown path are the gateway’s', async () => {
    for (const path of ['/wiki/v2/nowhere', '/wiki/v2/spaces/1/nodes/2/3']) {
      const answer = await call({ path });
      expect([answer.status, answer.text]).toEqual([404, '404 page not found']);
    }
    expect((await call({ path: nodes, method: 'DELETE' })).status).toBe(404);
  });
});

describe('credentials', () => {
  const auth = (endpoint: string, body: object) =>
    ask(emulator.url, { path: `/auth/v3/${endpoint}/internal`, body });

  test('are traded outside data', async () => {
    const body = { app_id: 'cli_test', app_secret: 'secret' };
    const tenant = await auth('tenant_access_token', body);
    expect(tenant.json).toEqual({ code: 0, msg: 'ok', tenant_access_token: token, expire: 7200 });
    const both = await auth('app_access_token', body);
    expect(both.json).toMatchObject({ code: 0, tenant_access_token: token, app_access_token: token });
  });

  test('that are wrong have codes of their own', async () => {
    const wrong = await auth('tenant_access_token', { app_id: 'cli_test', app_secret: 'wrong' });
    expect(wrong.json).toEqual({ code: 10014, msg: 'app secret invalid' });
    const unknown = await auth('tenant_access_token', { app_id: 'cli_no', app_secret: 'secret' });
    expect(unknown.json.code).toBe(99991543);
    expect((await auth('tenant_access_token', { app_id: 'cli_test' })).json.code).toBe(99992402);
  });

  test('are asked for on every wiki call', async () => {
    const bare = await ask(emulator.url, { path: '/wiki/v2/spaces' });
    expect([bare.status, bare.json.code]).toEqual([400, 99991661]);
    expect(await refused({ path: '/wiki/v2/spaces', token: 't-made-up' })).toBe(99991663);
    expect(await refused({ path: '/wiki/v2/spaces', token: 'eyJ.made.up' })).toBe(99991668);
    expect(await refused({ path: '/wiki/v2/spaces', token: 'x-garbage' })).toBe(99991671);
  });

  test('of an app create no space, those of a person do', async () => {
    const parts = { path: '/wiki/v2/spaces', body: { name: 'Mine', open_sharing: 'open' } };
    expect(await refused(parts)).toBe(99991663);
    const made = await call({ ...parts, token: 'u-somebody' });
    expect(made.json.data?.space).toMatchObject({ name: 'Mine', open_sharing: 'open' });
    const mine = `/wiki/v2/spaces/${made.json.data?.space?.space_id}`;
    expect(await refused({ path: mine })).toBe(131006);
    const listed = async (of?: string) =>
      (await call({ path: '/wiki/v2/spaces', ...(of && { token: of }) })).json.data?.items?.map(
        (item) => item.name,
      );
    expect(await listed()).toEqual(['Home', 'Away']);
    expect(await listed('u-somebody')).toEqual(['Home', 'Away', 'Mine']);
  });
});

describe('refusals', () => {
  test('of what is not there or not to be seen', async () => {
    const getNode = (of: string) => ({ path: `/wiki/v2/spaces/get_node?token=${of}` });
    expect(await refused({ path: '/wiki/v2/spaces/7000000000000000009' })).toBe(131005);
    expect(await refused({ path: '/wiki/v2/spaces/abc/nodes' })).toBe(131005);
    expect(await refused(getNode('wikcnNobody'))).toBe(131005);
    expect(await refused(getNode('wikcnSecret'))).toBe(131006);
    expect(await refused(getNode('wikcnA&obj_type=docx'))).toBe(131005);
    expect(await refused({ path: '/wiki/v2/spaces/get_node' })).toBe(99992402);
  });

  test('of fields that are missing, of another type, or have an unknown value', async () => {
    expect(await refused({ path: nodes, body: '{"obj_type":' })).toBe(9499);
    expect(await refused({ path: nodes, body: '[]' })).toBe(9499);
    expect(await refused({ path: nodes, body: page({ title: 5 }) })).toBe(9499);
    expect(await refused({ path: nodes, body: { obj_type: 'docx' } })).toBe(99992402);
    expect(await refused({ path: nodes, body: page({ obj_type: 'folder' }) })).toBe(99992402);
    expect(await refused({ path: nodes, body: page({ node_type: 'shortcut' }) })).toBe(99992402);
    expect(await refused({ path: `${nodes}/wikcnA/update_title`, body: {} })).toBe(99992402);
    for (const size of ['51', '0', '-1', 'many']) {
      expect(await refused({ path: `${nodes}?page_size=${size}` })).toBe(99992402);
    }
  });

  test('of what the vendor does not do', async () => {
    expect(await refused({ path: nodes, body: page({ obj_type: 'doc' }) })).toBe(131010);
    expect(await refused({ path: nodes, body: page({ obj_type: 'file' }) })).toBe(131002);
    expect(await refused({ path: `${nodes}/wikcnSheet/update_title`, body: { title: 'B' } })).toBe(131002);
    expect(await refused({ path: `${nodes}/wikcnA/copy`, body: {} })).toBe(131002);
    const below = { target_parent_token: 'wikcnA' };
    expect(await refused({ path: `${nodes}/wikcnA/move`, body: below })).toBe(131101);
    expect((await call({ path: `${nodes}/wikcnOld/update_title`, body: { title: '' } })).json).toEqual({
      code: 0,
      msg: 'success',
      data: {},
    });
  });

  test('of a member who is one already', async () => {
    const parts = {
      path: `/wiki/v2/spaces/${home}/members?need_notification=false`,
      body: { member_type: 'appid', member_id: 'cli_other', member_role: 'admin' },
    };
    expect((await call(parts)).status).toBe(200);
    expect(await refused(parts)).toBe(131008);
    const away = { member_type: 'appid', member_role: 'admin' };
    const remove = {
      path: `/wiki/v2/spaces/${home}/members/cli_other`,
      method: 'DELETE',
      body: away,
    } as const;
    expect((await call(remove)).status).toBe(200);
    expect(await refused(remove)).toBe(131005);
  });

  test('of bodies that are too large', async () => {
    const answer = await call({ path: nodes, body: page({ title: 'x'.repeat(1_000_001) }) });
    expect([answer.status, answer.json.code]).toEqual([400, 9499]);
  });
});
