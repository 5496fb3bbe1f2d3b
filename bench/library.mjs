// The wiki that the benches plan: shelves of sections of 49 pages, as large as wanted, and the manifest
// for it, with sections in place or on the next shelf.

const sectionPages = 49;
const sectionsPerShelf = 100;

/** How many shelves and sections make about so many pages, and never more. */
export function measure(pages) {
  const shelves = Math.ceil(pages / (sectionsPerShelf * (sectionPages + 1)));
  const sections = Math.floor((pages - shelves) / (sectionPages + 1));
  return { shelves, sections, pages: shelves + sections * (sectionPages + 1) };
}

/** Pages by index, parents first: what the emulator is seeded with. */
export function flatPages(size) {
  const titles = [];
  const parents = [];
  const add = (title, parent) => {
    titles.push(title);
    parents.push(parent);
    return titles.length - 1;
  };
  shelfTitles(size).forEach((shelf, number) => {
    const at = add(shelf, -1);
    for (const section of sectionsOn(number, size)) {
      const above = add(sectionTitle(section), at);
      for (const page of pageTitles(section)) add(page, above);
    }
  });
  return { titles, parents };
}

/** The manifest; `moved` sections, spread evenly, stand on the next shelf. */
export function manifest(size, { baseUrl, moved, state }) {
  const step = moved === 0 ? Number.POSITIVE_INFINITY : Math.floor(size.sections / moved);
  const leaves = (section) => section % step === 0 && section / step < moved;
  const before = (shelf) => (shelf === 0 ? size.shelves : shelf) - 1;
  const lines = shelfTitles(size).flatMap((shelf, number) => {
    const arrived = sectionsOn(before(number), size).filter(leaves);
    const stayed = sectionsOn(number, size).filter((section) => !leaves(section));
    return [
      `      - title: ${shelf}`,
      '        children:',
      ...[...stayed, ...arrived].flatMap(writtenSection),
    ];
  });
  return `${[...head(baseUrl, state), ...lines].join('\n')}\n`;
}

const endpoints = ['list-spaces', 'get-space', 'list-nodes', 'get-node', 'move-node'];

const head = (baseUrl, state) => [
  'version: 1',
  'provider:',
  '  kind: feishu',
  `  baseUrl: ${baseUrl}`,
  '  identity: user',
  `  pace: { ${endpoints.map((endpoint) => `${endpoint}: 1000000/s`).join(', ')} }`,
  `state: ${state}`,
  'guard: { maxAffectedPercent: 100 }',
  'spaces:',
  '  library:',
  '    name: Library',
  '    nodes:',
];

const writtenSection = (section) => [
  `          - title: ${sectionTitle(section)}`,
  '            children:',
  ...pageTitles(section).map((page) => `              - ${page}`),
];

const shelfTitles = ({ shelves }) => Array.from({ length: shelves }, (_, number) => `Shelf ${number}`);
const sectionTitle = (section) => `Section ${section}`;
const pageTitles = (section) =>
  Array.from({ length: sectionPages }, (_, number) => `Page ${section}.${number}`);

function sectionsOn(shelf, { sections }) {
  const first = shelf * sectionsPerShelf;
  const count = Math.max(0, Math.min(sectionsPerShelf, sections - first));
  return Array.from({ length: count }, (_, number) => first + number);
}
