// The part of the manifest's schema that describes the vendor and how it is spoken to.

import { vendorKinds as kinds } from '../tree/vendor.ts';

const rate = {
  type: 'string',
  pattern: '^[1-9][0-9]{0,8}/([1-9][0-9]{0,8})?(ms|s|min)$',
  $comment: 'A pace is COUNT/PERIOD, and a period is in ms, s or min.',
  description: 'Calls in any window of that length, COUNT/PERIOD.',
  examples: ['100/min', '1/s', '5/2s', '1/500ms'],
} as const;

const limit = (description: string) => ({ type: 'integer', minimum: 1, description });

const limits = {
  type: 'object',
  additionalProperties: false,
  description: "The vendor's limits; may only be tightened on the vendor's own hosts.",
  properties: {
    depth: limit('Levels of pages below a space.'),
    children: limit('Pages directly under one parent.'),
    nodes: limit('Pages in one space.'),
    nodesPerMove: limit('Pages that one move may carry, the moved one included.'),
  },
} as const;

const pace = {
  type: 'object',
  description:
    "Calls per endpoint; may only be tightened on the vendor's own hosts. Default: the vendor's published caps.",
  examples: [{ 'create-node': '100/min' }],
  properties: {
    'list-spaces': rate,
    'get-space': rate,
    'create-space': rate,
    'list-nodes': rate,
    'get-node': rate,
    'create-node': rate,
    'copy-node': rate,
    'move-node': rate,
    'rename-node': rate,
  },
  additionalProperties: rate,
} as const;

const longForm = {
  type: 'object',
  additionalProperties: false,
  required: ['kind'],
  properties: {
    kind: { type: 'string', enum: kinds, description: 'The vendor.' },
    baseUrl: {
      type: 'string',
      description:
        "Where the vendor's API is, for private deployments, emulators and proxies. Other hosts than the vendor's must be named in WIKIFORM_TRUSTED_HOSTS.",
      examples: ['https://open.feishu.cn'],
    },
    identity: {
      type: 'string',
      enum: ['app', 'user'],
      description: 'On whose behalf calls are made. Default: user where a user token is at hand, else app.',
    },
    limits,
    pace,
  },
} as const;

export const providerSchema = {
  title: 'Provider',
  description: 'The vendor whose wiki this is.',
  examples: ['feishu', { kind: 'feishu', baseUrl: 'https://open.feishu.cn' }],
  anyOf: [{ type: 'string', enum: kinds, $comment: '{kind: …}' }, longForm],
} as const;
