// Whether a file is a plan that was saved: its document as published, and the picture that goes with it.
// Renderers rely on every field, and anybody may have edited the file.

import { Ajv2020 } from 'ajv/dist/2020.js';

const text = { type: 'string' } as const;
const address = { type: 'string', minLength: 1 } as const;
const numbered = { type: 'integer', minimum: 0 } as const;

const listOf = (required: Record<string, object>, optional: Record<string, object> = {}): object => ({
  type: 'array',
  items: {
    type: 'object',
    required: Object.keys(required),
    properties: { ...required, ...optional },
  },
});

const pictureSchema = {
  type: 'object',
  required: [
    'vendor',
    'defaultType',
    'spaces',
    'nodes',
    'liveSpaces',
    'livePages',
    'left',
    'strangers',
    'archiving',
    'leftOut',
  ],
  properties: {
    vendor: text,
    defaultType: text,
    spaces: listOf(
      { key: address, name: text, found: { enum: ['live', 'new', 'hidden', 'failed', 'unseen'] } },
      { rule: { enum: ['id', 'binding', 'name'] }, live: numbered },
    ),
    nodes: listOf(
      { address, title: text },
      {
        type: text,
        shortcut: text,
        live: numbered,
        rule: { enum: ['id', 'binding', 'moved-from', 'carried', 'inferred', 'adopted'] },
        former: address,
      },
    ),
    liveSpaces: listOf({ id: numbered, name: text }),
    livePages: listOf(
      { id: numbered, space: numbered, title: text, type: text },
      { parent: numbered, nodeType: { enum: ['origin', 'shortcut'] } },
    ),
    left: listOf({ address, live: numbered }),
    strangers: listOf({ address, live: numbered }),
    archiving: { type: 'array', items: text },
    leftOut: listOf(
      {
        kind: { enum: ['create-space', 'create-node', 'copy-node', 'move-node', 'rename-node'] },
        address,
        title: text,
        archives: { type: 'boolean' },
      },
      {
        parent: address,
        before: {
          type: 'object',
          required: ['address', 'parent', 'title'],
          properties: { address, parent: address, title: text },
        },
      },
    ),
  },
} as const;

/**
 * What is wrong with them; `undefined` where nothing is.
 *
 * @param planSchema - the published schema of the document.
 */
export function savedPlanError(planSchema: object, document: unknown, picture: unknown): string | undefined {
  const ajv = new Ajv2020({ strict: true, strictRequired: false });
  for (const [schema, value, name] of [
    [planSchema, document, ''],
    [pictureSchema, picture, '/picture'],
  ] as const) {
    if (ajv.validate(schema, value)) continue;
    const [first] = ajv.errors ?? [];
    return `${name}${first?.instancePath ?? ''} ${first?.message ?? 'is not what it should be'}`.trim();
  }
  return undefined;
}
