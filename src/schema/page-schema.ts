// The part of the manifest's schema that describes spaces and the pages in them.

const address = {
  type: 'string',
  description:
    "A page's address: its space's key and the keys down to it, joined by `/`. Inside a key `/` is written `\\/`.",
  examples: ['handbook/Onboarding/Day one'],
} as const;

const id = {
  type: 'string',
  pattern: '^[^\\s/]+$',
  $comment: 'An id holds neither blanks nor slashes; in a web address it is the last part.',
  description: "The vendor's id, in quotes, without its address on the web.",
  examples: ['wikcnKQ1k3p0000000Vabcef'],
} as const;

const title = {
  type: 'string',
  title: 'Title',
  description: "The page's title, compared as written. An empty title needs a `key`.",
  examples: ['Onboarding'],
} as const;

const copy = {
  title: 'Copy',
  description: 'Makes the page by copying another one. Its content is never looked at again.',
  examples: ['handbook/Templates/Checklist', { from: 'handbook/Templates/Project', children: true }],
  anyOf: [
    address,
    {
      type: 'object',
      additionalProperties: false,
      properties: {
        from: { ...address, description: 'The address of the page to copy.' },
        id: { ...id, description: 'The id of a page to copy that is not declared.' },
        children: {
          type: 'boolean',
          default: false,
          description: 'Whether all pages below the source are copied too, now and later.',
        },
      },
      anyOf: [{ required: ['from'] }, { required: ['id'] }],
    },
  ],
} as const;

const shortcut = {
  title: 'Shortcut',
  description: 'Makes the page a pointer to another one.',
  examples: ['handbook/Policies/Security', { id: 'wikcnKQ1k3p0000000Vabcef' }],
  anyOf: [
    address,
    {
      type: 'object',
      additionalProperties: false,
      required: ['id'],
      properties: { id: { ...id, description: 'The id of a page that is not declared.' } },
    },
  ],
} as const;

const page = {
  type: 'object',
  title: 'Page',
  description: 'A page and the pages below it.',
  additionalProperties: false,
  required: ['title'],
  properties: {
    title,
    key: {
      type: 'string',
      description:
        'What identifies the page among its siblings when its title may change, or when two siblings have one title. Default: the title.',
      examples: ['policies'],
    },
    type: {
      type: 'string',
      minLength: 1,
      description:
        "The vendor's word for the kind of page, such as docx, sheet, bitable, mindnote or slides. It cannot change in place.",
      examples: ['docx', 'sheet', 'bitable', 'mindnote', 'slides'],
    },
    id: { ...id, description: 'Exactly this existing page.' },
    movedFrom: {
      ...address,
      description: 'The address where the page was. `none` says outright that it is a new page.',
      examples: ['handbook/Planning/Roadmap', 'none'],
    },
    copy: { $ref: '#/$defs/copy' },
    shortcut: { $ref: '#/$defs/shortcut' },
    children: { $ref: '#/$defs/pages', description: 'The pages below this one.' },
  },
} as const;

const pages = {
  type: 'array',
  title: 'Pages',
  description: 'A bare text is a page with that title.',
  items: { anyOf: [title, { $ref: '#/$defs/page' }] },
} as const;

const onRemove = {
  default: 'keep',
  description:
    'What becomes of pages that leave the manifest: they stay, or move under a page of this space.',
  examples: ['keep', { archive: 'handbook/Archive' }],
  anyOf: [
    { type: 'string', enum: ['keep'], $comment: '{archive: ADDRESS}' },
    {
      type: 'object',
      additionalProperties: false,
      required: ['archive'],
      properties: { archive: { ...address, description: 'The address of a declared page of this space.' } },
    },
  ],
} as const;

const space = {
  type: 'object',
  title: 'Space',
  description: 'A space and its pages.',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { type: 'string', description: "The space's name.", examples: ['Engineering handbook'] },
    description: { type: 'string', description: 'What the space is for.' },
    sharing: {
      type: 'string',
      enum: ['open', 'closed'],
      description: "Whether the space's pages may be shared.",
    },
    id: { ...id, description: 'Exactly this existing space.', examples: ['7034502641455497244'] },
    onRemove,
    titles: {
      type: 'string',
      enum: ['enforce', 'follow'],
      default: 'enforce',
      description:
        "enforce: a page renamed by hand is named back. follow: the wiki's title wins until the manifest's changes.",
    },
    nodes: { $ref: '#/$defs/pages', description: 'The pages at the top level of the space.' },
  },
} as const;

/** By name, as `$defs` of the manifest's schema. */
export const pageDefinitions = { copy, shortcut, page, pages, space };
