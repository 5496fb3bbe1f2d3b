// A Feishu provider against a stand-in, on a virtual clock that lets the provider's waits pass at once.

import { onTestFinished } from 'vitest';
import type { FeishuOptions } from '../../../src/provider/feishu/provider.ts';
import type { ProviderEvent } from '../../../src/provider/http/event.ts';
import { createProvider, type ProviderOptions } from '../../../src/provider/registry.ts';
import { VirtualClock } from '../../clock.ts';
import { type Asked, type Reply, startStandIn } from '../stand-in.ts';

export const appSecret = 'app-secret-canary';
export const tenantToken = 't-issued-canary';
export const userToken = 'u-user-canary';

export const app: FeishuOptions['credentials'] = { appId: 'cli_a', appSecret };
export const user: FeishuOptions['credentials'] = { userAccessToken: userToken };

export const ok = (data: unknown, headers: Record<string, string> = {}): Reply => ({
  json: { code: 0, msg: 'success', data },
  headers,
});

export const refuse = (code: number, rest: { status?: number; msg?: string } = {}): Reply => ({
  status: rest.status ?? 400,
  headers: { 'x-tt-logid': 'log-7' },
  json: { code, msg: rest.msg ?? `no ${code}` },
});

export const issue = (token = tenantToken, expire = 7200): Reply => ({
  json: { code: 0, msg: 'ok', tenant_access_token: token, expire },
});

export const space = (id: string, more: object = {}) => ({ space_id: id, name: `Space ${id}`, ...more });

export const node = (id: string, more: object = {}) => ({
  space_id: 's1',
  node_token: id,
  obj_token: `obj-${id}`,
  obj_type: 'docx',
  parent_node_token: '',
  node_type: 'origin',
  origin_node_token: '',
  has_child: false,
  title: `Page ${id}`,
  ...more,
});

export const isTokenCall = ({ path }: Asked): boolean => path.includes('/auth/v3/');

/** `reply` answers the wiki's calls; tokens are issued unless `tokens` says otherwise. */
export async function open(
  reply: (asked: Asked) => Reply | Promise<Reply>,
  options: Partial<ProviderOptions> & { tokens?: (asked: Asked) => Reply } = {},
) {
  const { tokens = () => issue(), ...rest } = options;
  const standIn = await startStandIn((asked) => (isTokenCall(asked) ? tokens(asked) : reply(asked)));
  const clock = new VirtualClock();
  const events: ProviderEvent[] = [];
  const provider = createProvider('feishu', {
    baseUrl: standIn.url,
    identity: 'app',
    credentials: { ...app, ...user },
    clock,
    random: () => 0,
    onEvent: (event) => {
      events.push(event);
      if (event.kind === 'waiting') void clock.advance(event.waitMs);
    },
    ...rest,
  });
  onTestFinished(async () => {
    await provider.close();
    await standIn.close();
  });
  const wikiCalls = () => standIn.asked.filter((asked) => !isTokenCall(asked));
  return { provider, clock, events, asked: standIn.asked, wikiCalls };
}

/** The error a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('expected an error');
}
