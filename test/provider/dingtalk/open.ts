// A DingTalk provider against a stand-in, on a virtual clock that lets the provider's waits pass at once.

import { onTestFinished } from 'vitest';
import type { ProviderEvent } from '../../../src/provider/http/event.ts';
import { createProvider, type ProviderOptions } from '../../../src/provider/registry.ts';
import { VirtualClock } from '../../clock.ts';
import { type Asked, type Reply, startStandIn } from '../stand-in.ts';

export const appSecret = 'app-secret-canary';
export const token = 'issued-token-canary';
export const credentials = { appKey: 'ding_a', appSecret, operatorId: 'union/1' };

export const ok = (json: unknown): Reply => ({ json });

export const refuse = (status: number, code: string, message = `no ${code}`): Reply => ({
  status,
  json: { code, requestid: 'request-7', message },
});

export const space = (id: string, more: object = {}) => ({
  workspaceId: id,
  rootNodeId: `root-${id}`,
  name: `Space ${id}`,
  ...more,
});

export const node = (id: string, more: object = {}) => ({
  nodeId: id,
  workspaceId: 's1',
  name: `Page ${id}.adoc`,
  type: 'FILE',
  category: 'ALIDOC',
  extension: 'adoc',
  hasChildren: false,
  creatorId: 'user-1',
  createTimestamp: 1_700_000_000_000,
  ...more,
});

export const dentry = (id: string): Reply => ok({ dentryUuid: id, dentryId: `n-${id}`, spaceId: '77' });

const isTokenCall = ({ path }: Asked): boolean => path.includes('/oauth2/');

/** `reply` answers all calls but those for tokens and those that convert ids, which have plain answers. */
export async function open(
  reply: (asked: Asked) => Reply | Promise<Reply>,
  options: Partial<ProviderOptions> & { tokens?: (asked: Asked) => Reply } = {},
) {
  const { tokens = () => ok({ accessToken: token, expireIn: 7200 }), ...rest } = options;
  const standIn = await startStandIn((asked) => {
    if (isTokenCall(asked)) return tokens(asked);
    const converted = /dentries\/([^/]+)\/queryDentryId/.exec(asked.path);
    return converted === null ? reply(asked) : dentry(converted[1] ?? '');
  });
  const clock = new VirtualClock();
  const events: ProviderEvent[] = [];
  const provider = createProvider('dingtalk', {
    baseUrl: standIn.url,
    identity: 'app',
    credentials,
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
