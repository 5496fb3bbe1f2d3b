// `drift --accept`: however the manifest is laid out and whatever people do in the wiki, the plan after it
// is empty, nothing is drift any more, and the comments are still there.

import fc from 'fast-check';
import { expect } from 'vitest';
import { scalarText } from '../../src/manifest/write/scalar-text.ts';
import { addPage, deleteSubtree, dragNode, renamePage } from '../../src/provider/emulator/person.ts';
import {
  nodeOf,
  siblingsAt,
  spaceOf,
  type World,
  type WorldNode,
} from '../../src/provider/emulator/world.ts';
import { openSite, type Site } from '../e2e/site.ts';
import type { VendorUnderTest } from '../vendor.ts';
import { law } from './law.ts';

interface Page {
  readonly title: string;
  readonly style: number;
  readonly children: readonly Page[];
}

const titles = ['Overview', 'Notes', 'Goals', '路线图', 'A/B', 'a: b', '1.10', 'x, y'];

const pagesOf = (levels: number): fc.Arbitrary<readonly Page[]> =>
  fc.uniqueArray(
    fc.record<Page>({
      title: fc.constantFrom(...titles),
      style: fc.nat(1000),
      children: levels === 1 ? fc.constant([]) : pagesOf(levels - 1),
    }),
    { maxLength: levels + 1, selector: ({ title }) => title },
  );

interface Deed {
  readonly verb: 'move' | 'rename' | 'delete' | 'add' | 'shortcut';
  readonly page: number;
  readonly other: number;
  readonly title: string;
}

const deeds = fc.array(
  fc.record<Deed>({
    verb: fc.constantFrom('move', 'move', 'rename', 'rename', 'delete', 'add', 'shortcut'),
    page: fc.nat(997),
    other: fc.nat(997),
    title: fc.constantFrom(...titles, 'Brand new', ''),
  }),
  { minLength: 1, maxLength: 6 },
);

/** A manifest with each page written in one of the ways there are. */
function manifestOf(spaces: readonly (readonly Page[])[]): string {
  const lines = ['spaces:'];
  spaces.forEach((pages, index) => {
    lines.push(`  s${index}:`, `    name: Space ${index} # the name`);
    lines.push(...listOf(pages, 'nodes', 4, pages[0]?.style ?? index));
    lines.push('    titles: enforce', '');
  });
  return `${lines.join('\n')}\n`;
}

function listOf(pages: readonly Page[], name: string, column: number, style: number): string[] {
  const blanks = ' '.repeat(column);
  if (pages.length === 0) return [];
  if (style % 4 === 3) return [`${blanks}${name}: ${flowList(pages)} # in brackets`];
  const dash = column + (style % 3 === 0 ? 0 : 2);
  const items = pages.flatMap((page, index) => [
    ...(page.style % 5 === 0 ? [`${' '.repeat(dash)}# about ${index} of ${column}`] : []),
    ...pageOf(page, dash),
    ...(page.style % 7 === 0 ? ['', `${' '.repeat(dash)}# between ${index} of ${column}`, ''] : []),
  ]);
  return [`${blanks}${name}: # the list`, ...items];
}

function pageOf({ title, style, children }: Page, dash: number): string[] {
  const blanks = ' '.repeat(dash);
  const text = scalarText(title);
  if (children.length === 0 && style % 3 === 0) return [`${blanks}- ${text} # bare`];
  if (style % 6 === 1) return [`${blanks}- ${flowPage({ title, style, children })} # in braces`];
  const key = style % 4 === 1 ? [`${blanks}  key: ${JSON.stringify(`k${title}`)}`] : [];
  const list = listOf(children, 'children', dash + 2, style >> 3);
  const deeper = style % 11 === 0 ? [`${blanks}  # at the end`] : [];
  if (style % 8 === 5 && list.length > 0 && key.length > 0)
    return [`${blanks}-`, ...key, ...list, `${blanks}  title: ${text}`, ...deeper];
  return [`${blanks}- title: ${text}`, ...key, ...list, ...deeper];
}

const flowList = (pages: readonly Page[]): string => `[${pages.map(flowPage).join(', ')}]`;

function flowPage({ title, style, children }: Page): string {
  const text = JSON.stringify(title);
  if (children.length === 0 && style % 2 === 0) return text;
  const list = children.length === 0 ? '' : `, children: ${flowList(children)}`;
  return `{ title: ${text}${style % 4 === 1 ? `, key: ${JSON.stringify(`k${title}`)}` : ''}${list} }`;
}

/** A space of pages that name others by their addresses, in each of the ways there are. */
function linksTo(addresses: readonly string[], picks: readonly number[], vendor: VendorUnderTest): string {
  const lines = picks.flatMap((pick, index): string[] => {
    const address = addresses[pick % Math.max(1, addresses.length)];
    if (address === undefined) return [];
    const text = scalarText(address);
    const quoted = JSON.stringify(address);
    const shortcuts = [
      [`      - title: L${index}`, `        shortcut: ${text} # there`],
      [`      - { title: L${index}, shortcut: ${quoted} }`],
    ];
    const copies = [
      [`      - title: L${index}`, `        copy: ${text}`],
      [`      - title: L${index}`, `        copy: { from: ${quoted} }`],
    ];
    const ways = vendor.capabilities.shortcuts.create ? [...shortcuts, ...copies] : copies;
    return ways[pick % ways.length] ?? [];
  });
  // Copies that begin under their sources' titles may have to begin below another page.
  const head = '  links:\n    name: Links\n    nodes:\n      - Links\n';
  return lines.length === 0 ? '' : `${head}${lines.join('\n')}\n`;
}

const isBelow = (node: WorldNode | null, above: WorldNode): boolean =>
  node !== null && (node === above || isBelow(node.parent, above));

/** What people can do in the vendor's own pages, and leaves nothing there that its manifests cannot hold. */
function perform(world: World, { verb, page, other, title: wished }: Deed): void {
  const { names, shortcuts, defaultType } = world.rules;
  const title = wished === '' && !names.mayBeEmpty ? 'Untitled' : wished;
  const all = [...world.nodes.values()];
  const pages = all.filter(({ kind }) => kind === 'origin');
  const chosen = all[page % Math.max(1, all.length)];
  const places = [
    ...world.spaces.map(({ id }) => ({ space: id })),
    ...pages.map(({ id }) => ({ parent: id })),
  ];
  const place = places[other % places.length];
  if (place === undefined) return;
  const siblings =
    'space' in place ? spaceOf(world, place.space).roots : nodeOf(world, place.parent).children;
  if (verb === 'add') {
    if (!hasTwin(world, siblings, { title, type: defaultType })) addPage(world, place, { title });
  } else if (verb === 'shortcut') {
    const origin = pages[page % Math.max(1, pages.length)];
    if (origin !== undefined && shortcuts.create)
      addPage(world, place, { title: 'Pointer', origin: origin.id });
  } else if (chosen === undefined) return;
  else if (verb === 'rename') {
    const others = siblingsAt(chosen).filter((sibling) => sibling !== chosen);
    if (!hasTwin(world, others, { ...chosen, title })) renamePage(world, chosen.id, title);
  } else if (verb === 'delete') deleteSubtree(world, chosen.id);
  else if (
    (!('parent' in place) || !isBelow(world.nodes.get(place.parent) ?? null, chosen)) &&
    !hasTwin(world, siblings, chosen)
  )
    dragNode(world, chosen.id, place);
}

/** Whether one of them has the title and type, where siblings may not share them. */
function hasTwin(
  { rules }: World,
  siblings: readonly WorldNode[],
  page: Pick<WorldNode, 'title' | 'type'>,
): boolean {
  if (rules.siblingNames === 'free') return false;
  return siblings.some(({ title, type }) => title === page.title && type === page.type);
}

/** Of each page that is bound, what the vendor's calls know it by besides its id. */
function aliasesIn(site: Site): ReadonlyMap<string, string | undefined> {
  const { nodes } = JSON.parse(site.read('.wikiform/state.json')) as StateFile;
  return new Map(Object.values(nodes).map(({ id, alias }) => [id, alias]));
}

interface StateFile {
  readonly nodes: Readonly<Record<string, { readonly id: string; readonly alias?: string }>>;
}

const commentsIn = (text: string): string[] => [...text.matchAll(/#.*$/gm)].map(([found]) => found).sort();

/** As an import writes it. No title holds the sign. */
const withoutComments = (text: string): string => text.replace(/^ *#.*\n/gm, '').replace(/ +#.*$/gm, '');

law(
  'the plan after it is empty',
  0.025,
  [
    fc.array(pagesOf(3), { minLength: 1, maxLength: 2 }),
    fc.array(fc.nat(997), { maxLength: 4 }),
    deeds,
    fc.boolean(),
    fc.boolean(),
  ],
  async (vendor, wiki, links, done, isTidy, isBare) => {
    const site = await openSite({ kind: vendor.kind, env: vendor.env, pace: false });
    const text = manifestOf(wiki);
    site.manifest(isBare ? withoutComments(text) : text);
    await site.apply();
    const { nodes } = JSON.parse(site.read('.wikiform/state.json')) as StateFile;
    const manifest = site.read('wikiform.yaml') + linksTo(Object.keys(nodes), links, vendor);
    site.write('wikiform.yaml', manifest);
    await site.apply();
    if (isTidy) await site.run('fmt');
    const before = site.read('wikiform.yaml');
    const aliases = aliasesIn(site);
    for (const deed of done) perform(site.world, deed);
    const accepted = await site.run('drift --accept');
    expect(accepted, accepted.stderr).toMatchObject({ exitCode: 0, stderr: '', writes: 0 });
    const after = site.read('wikiform.yaml');
    // What cost a call to learn of a page is kept as long as the page is.
    for (const [id, alias] of aliasesIn(site)) expect(alias).toBe(aliases.get(id));
    const planned = await site.expectNothingToDo();
    expect(planned.plan().summary, after).toMatchObject({ unmanaged: 0, adopt: 0, forget: 0 });
    expect(planned.plan().diagnostics).toEqual([]);
    expect((await site.run('drift --detailed-exitcode')).exitCode).toBe(0);
    if (isTidy) expect(await site.run('fmt --check'), after).toMatchObject({ exitCode: 0 });
    if (!done.some(({ verb }) => verb === 'delete')) expect(commentsIn(after)).toEqual(commentsIn(before));
  },
);
