// The README's table of vendors, made from what the vendors' folders say of themselves.

import { capabilitiesByVendor } from '../src/provider/registry.ts';
import type { Capabilities } from '../src/tree/capability.ts';
import type { Rate } from '../src/tree/limit.ts';

type Row = readonly [name: string, cell: (vendor: Capabilities) => string];

const rows: readonly Row[] = [
  ['`provider:`', ({ vendor }) => `\`${vendor}\``],
  ['API host', ({ hosts }) => hosts.join(', ')],
  ['types it creates', ({ types }) => typesWhere(types, ({ create }) => create)],
  ['types it can retitle', ({ types }) => typesWhere(types, ({ rename }) => rename)],
  ['known, but never created', ({ types }) => typesWhere(types, ({ create }) => !create)],
  ['shortcuts', shortcutsOf],
  ['copies', copiesOf],
  [
    'siblings of one title',
    ({ siblingNames }) => (siblingNames === 'free' ? 'yes' : 'of different types only'),
  ],
  ["characters in a space's name", ({ names }) => limitOf(names.spaceLength)],
  ['characters not in names', namesOf],
  ['levels below a space', ({ limits }) => limitOf(limits.depth)],
  ['children of one parent', ({ limits }) => limitOf(limits.children)],
  ['pages in one space', ({ limits }) => limitOf(limits.nodes)],
  ['pages one move may carry', ({ limits }) => limitOf(limits.nodesPerMove)],
  ['rate, per endpoint', paceOf],
  ['calls a month, smallest plan', ({ monthlyCalls }) => limitOf(monthlyCalls)],
  ['identities', identitiesOf],
  ['creating a space', creatorsOf],
];

/** A table in Markdown: a row for what there is to know, a column for each vendor. */
export function vendorTable(): string {
  const vendors = Object.values(capabilitiesByVendor);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`.replace('|  |', '| |');
  return [
    line(['', ...vendors.map(({ label }) => label)]),
    `|${'---|'.repeat(vendors.length + 1)}`,
    ...rows.map(([name, cell]) => line([name, ...vendors.map(cell)])),
  ].join('\n');
}

type Able = Capabilities['types'][string];

function typesWhere(types: Capabilities['types'], isMeant: (able: Able) => boolean): string {
  const found = Object.entries(types).filter(([, able]) => isMeant(able));
  return found.map(([type]) => type).join(', ') || 'none';
}

function shortcutsOf({ shortcuts: { create, rename } }: Capabilities): string {
  if (!create) return 'none';
  return rename ? 'created and retitled' : 'created';
}

function copiesOf({ copies: { reach, title } }: Capabilities): string {
  const what = reach === 'page' ? 'one page' : 'with all below it';
  return title === 'given' ? what : `${what}; retitled by a call more`;
}

const limitOf = (limit: number): string =>
  Number.isFinite(limit) ? String(limit).replace(/(?<=\d)(?=(\d{3})+$)/g, ',') : 'none known';

function namesOf({ names: { forbidden, forbiddenLast } }: Capabilities): string {
  const signs = forbidden.map((sign) => (sign === '\t' ? 'tab' : `\`${sign.replace('|', '\\|')}\``));
  const ends = forbiddenLast.map((sign) => `\`${sign}\` at the end`);
  return [...signs, ...ends].join(' ') || 'none';
}

function paceOf({ pace }: Capabilities): string {
  const usual = rateOf(pace['list-nodes']);
  const creating = rateOf(pace['create-space']);
  return usual === creating ? usual : `${usual}; creating a space ${creating}`;
}

const rateOf = ({ count, windowMs }: Rate): string =>
  `${count} a ${windowMs === 1000 ? 'second' : windowMs === 60_000 ? 'minute' : `${windowMs} ms`}`;

function identitiesOf({ credentials: { user } }: Capabilities): string {
  return user.length > 0 ? 'app, user' : 'app, acting for an operator';
}

function creatorsOf({ identities }: Capabilities): string {
  const makers = identities['create-space'];
  return makers.length === 1 && makers[0] === 'user' ? 'as the user only' : 'as any identity';
}
