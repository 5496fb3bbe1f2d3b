// DingTalk as the emulator plays it.

import { dingtalkCapabilities } from '../dingtalk/capability.ts';
import { createDingtalkFace } from './dingtalk-face.ts';
import { dingtalkMint } from './dingtalk-id.ts';
import type { Emulation } from './emulation.ts';

export const dingtalkEmulation: Emulation = {
  rules: (limits = {}, siblingOrder = 'insertion') => ({
    ...dingtalkCapabilities,
    siblingOrder,
    mint: dingtalkMint,
    limits: { ...dingtalkCapabilities.limits, ...limits },
  }),
  pace: dingtalkCapabilities.pace,
  openFace: createDingtalkFace,
  requestIdHeader: 'x-acs-request-id',
};
