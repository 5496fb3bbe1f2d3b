// Feishu and Lark as the emulator plays them: the two are one.

import type { Limits, Rate } from '../../tree/limit.ts';
import { feishuCapabilities } from '../feishu/capability.ts';
import type { Emulation } from './emulation.ts';
import { createFeishuFace } from './feishu-face.ts';
import { createFeishuTokens } from './feishu-token.ts';
import type { WorldRules } from './world.ts';

/** The vendor's rules, with limits of one's own where given. */
export function feishuRules(
  limits: Partial<Limits> = {},
  siblingOrder: WorldRules['siblingOrder'] = 'insertion',
): WorldRules {
  return { ...feishuCapabilities, siblingOrder, limits: { ...feishuCapabilities.limits, ...limits } };
}

const membersRate: Rate = { count: 100, windowMs: 60_000 };

export const feishuEmulation: Emulation = {
  rules: feishuRules,
  pace: {
    ...feishuCapabilities.pace,
    'list-members': membersRate,
    'add-member': membersRate,
    'remove-member': membersRate,
  },
  openFace: ({ world, clock, credentials }) =>
    createFeishuFace({ world, clock, tokens: createFeishuTokens(credentials, world.seed) }),
  requestIdHeader: 'x-tt-logid',
};
