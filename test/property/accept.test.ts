// `drift --accept`: however the manifest is laid out and whatever people do in the wiki, the plan after it
// is empty, nothing is drift any more, and the comments are still there.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scalarText } from '../../src/manifest/write/scalar-text.ts';
import { addPage, deleteSubtree, dragNode, renamePage } from '../../src/provider/emulator/person.ts';
import type { World, WorldNode } from '../../src/provider/emulator/world.ts';
import { openSite } from '../e2e/site.ts';
import { effort } from '../schedule/fuzz.ts';

const { numRuns } = effort(0.025).parameters;
/** Each run is a whole site, from the manifest's text to the plan. */
const timeoutMs = 60_000 + numRuns * 2000;

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
function linksTo(addresses: readonly string[], picks: readonly number[]): string {
  const lines = picks.flatMap((pick, index): string[] => {
    const address = addresses[pick % Math.max(1, addresses.length)];
    if (address === undefined) return [];
    const text = scalarText(address);
    const quoted = JSON.stringify(address);
    const ways = [
      [`      - title: L${index}`, `        shortcut: ${text} # there`],
      [`      - { title: L${index}, shortcut: ${quoted} }`],
      [`      - title: L${index}`, `        copy: ${text}`],
      [`      - title: L${index}`, `        copy: { from: ${quoted} }`],
    ];
    return ways[pick % ways.length] ?? [];
  });
  return lines.length === 0 ? '' : `  links:\n    name: Links\n    nodes:\n${lines.join('\n')}\n`;
}

const isBelow = (node: WorldNode | null, above: WorldNode): boolean =>
  node !== null && (node === above || isBelow(node.parent, above));

function perform(world: World, { verb, page, other, title }: Deed): void {
  const all = [...world.nodes.values()];
  const pages = all.filter(({ kind }) => kind === 'origin');
  const chosen = all[page % Math.max(1, all.length)];
  const places = [
    ...world.spaces.map(({ id }) => ({ space: id })),
    ...pages.map(({ id }) => ({ parent: id })),
  ];
  const place = places[other % places.length];
  if (place === undefined) return;
  if (verb === 'add') addPage(world, place, { title });
  else if (verb === 'shortcut') {
    const origin = pages[page % Math.max(1, pages.length)];
    if (origin !== undefined) addPage(world, place, { title: 'Pointer', origin: origin.id });
  } else if (chosen === undefined) return;
  else if (verb === 'rename') renamePage(world, chosen.id, title);
  else if (verb === 'delete') deleteSubtree(world, chosen.id);
  else if (!('parent' in place) || !isBelow(world.nodes.get(place.parent) ?? null, chosen))
    dragNode(world, chosen.id, place);
}

const commentsIn = (text: string): string[] => [...text.matchAll(/#.*$/gm)].map(([found]) => found).sort();

test(
  'the plan after it is empty',
  async () => {
    const wikis = fc.array(pagesOf(3), { minLength: 1, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(
        wikis,
        fc.array(fc.nat(997), { maxLength: 4 }),
        deeds,
        fc.boolean(),
        async (wiki, links, done, isTidy) => {
          const site = await openSite({ pace: false });
          site.manifest(manifestOf(wiki));
          await site.apply();
          const { nodes } = JSON.parse(site.read('.wikiform/state.json'));
          site.write('wikiform.yaml', site.read('wikiform.yaml') + linksTo(Object.keys(nodes), links));
          await site.apply();
          if (isTidy) await site.run('fmt');
          const before = site.read('wikiform.yaml');
          for (const deed of done) perform(site.world, deed);
          const accepted = await site.run('drift --accept');
          expect(accepted, accepted.stderr).toMatchObject({ exitCode: 0, stderr: '', writes: 0 });
          const after = site.read('wikiform.yaml');
          const planned = await site.expectNothingToDo();
          expect(planned.plan().summary, after).toMatchObject({ unmanaged: 0, adopt: 0, forget: 0 });
          expect(planned.plan().diagnostics).toEqual([]);
          expect((await site.run('drift --detailed-exitcode')).exitCode).toBe(0);
          if (isTidy) expect(await site.run('fmt --check'), after).toMatchObject({ exitCode: 0 });
          if (!done.some(({ verb }) => verb === 'delete'))
            expect(commentsIn(after)).toEqual(commentsIn(before));
        },
      ),
      { numRuns },
    );
  },
  timeoutMs,
);
