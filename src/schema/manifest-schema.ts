// The schema of the manifest, JSON Schema 2020-12: the one source of `schemas/manifest.schema.json`,
// from which editors complete and explain, and of the checks in `validator.ts`.
// Invariant: it says only what a schema can say well (names, kinds of values, choices, bounds); what
// titles, addresses and hosts may hold is said by the rules of `manifest/`, in their own words.

import { pageDefinitions } from './page-schema.ts';
import { providerSchema } from './provider-schema.ts';

/** The format that this version of wikiform writes and reads. */
export const manifestVersion = 1;

const globs = (description: string, example: string) => ({
  type: 'array',
  description,
  default: [],
  examples: [[example]],
  items: { type: 'string', minLength: 1 },
});

const state = {
  title: 'State',
  default: '.wikiform/state.json',
  description:
    "Where wikiform remembers which page is which: a path relative to the manifest, inside the repository, or `git` for a ref on the repository's remote.",
  examples: ['.wikiform/state.json', 'git', { git: { remote: 'origin', ref: 'refs/wikiform/state' } }],
  anyOf: [
    { type: 'string', minLength: 1 },
    {
      type: 'object',
      additionalProperties: false,
      required: ['git'],
      properties: {
        git: {
          type: 'object',
          description: 'A ref on a remote of the repository.',
          additionalProperties: false,
          properties: {
            remote: {
              type: 'string',
              minLength: 1,
              default: 'origin',
              description: 'The remote of the repository.',
            },
            ref: {
              type: 'string',
              pattern: '^refs/[^\\s~^:?*\\[\\\\]+$',
              $comment: 'A ref is named in full and holds no blanks.',
              default: 'refs/wikiform/state',
              description: 'The full name of a ref.',
              examples: ['refs/wikiform/state'],
            },
          },
        },
      },
    },
  ],
} as const;

const guard = {
  type: 'object',
  title: 'Guard',
  additionalProperties: false,
  description: 'Refuses plans that change surprisingly much.',
  properties: {
    maxChanges: { type: 'integer', minimum: 0, description: 'Steps in one plan. Default: no limit.' },
    maxAffectedPercent: {
      type: 'number',
      minimum: 0,
      maximum: 100,
      default: 30,
      description: 'Pages that one plan may move or carry along, in percent of the bound pages of a space.',
    },
  },
} as const;

const spaces = {
  type: 'object',
  description: "The spaces by key. Addresses begin with a space's key.",
  additionalProperties: { $ref: '#/$defs/space' },
} as const;

export const manifestSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'wikiform manifest',
  description: 'How a wiki should look: its spaces and which pages stand under which.',
  type: 'object',
  additionalProperties: false,
  required: ['version', 'provider'],
  anyOf: [{ required: ['spaces'] }, { required: ['include'] }],
  properties: {
    version: {
      type: 'integer',
      const: manifestVersion,
      description: 'The format of this file.',
      default: manifestVersion,
    },
    provider: providerSchema,
    state,
    include: {
      type: 'array',
      default: [],
      description: 'Files that hold only `spaces`, as globs relative to this file, inside the repository.',
      examples: [['spaces/*.yaml']],
      items: { type: 'string', minLength: 1 },
    },
    guard,
    protect: globs('Addresses that no plan may move or rename.', 'handbook/policies/**'),
    ignore: globs(
      'Addresses that wikiform neither reads further nor reports as unmanaged.',
      'handbook/Drafts/**',
    ),
    spaces,
  },
  $defs: pageDefinitions,
} as const;

/** What an included file may hold. */
export const includedSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  additionalProperties: false,
  required: ['spaces'],
  properties: { spaces },
  $defs: pageDefinitions,
} as const;
