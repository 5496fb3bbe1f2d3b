// The planner alone, with the vendor's limits, on forests in which they bind.

import { planForest } from './forest.mjs';

const cases = [
  ['two full parents exchange all children', () => exchange(1)],
  ['20 pairs of full parents exchange all children', () => exchange(20)],
  ['all pages of one parent go below another', handOver],
  ['every page of a chain of 49 changes place, turned round', turnRound],
  ['10 branches of 5,001 pages change place', () => largeBranches(10)],
  ['20,000 pages change place in a wiki of 400,000', scattered],
  ['400,000 pages are made', () => beMade(400_000)],
];

export function planner() {
  console.log('\nThe planner alone, from trees in memory');
  console.log(`  ${'case'.padEnd(60)} seconds    steps   at least`);
  for (const [name, make] of cases) report(name, make());
}

function report(name, pages) {
  const begun = performance.now();
  const { steps, diagnostics } = planForest(pages);
  const seconds = (performance.now() - begun) / 1000;
  const refused = diagnostics.some(({ severity }) => severity === 'error');
  const least = pages.filter(({ before, after }) => before !== after).length;
  const columns = [seconds.toFixed(2).padStart(8), String(refused ? 'refused' : steps.length).padStart(9)];
  console.log(`  ${name.padEnd(60)}${columns.join('')}${String(least).padStart(11)}`);
}

const many = (count, make) => Array.from({ length: count }, (_, number) => make(number));
const stays = (name, parent) => ({ name, before: parent, after: parent });

function exchange(pairs) {
  return many(pairs, (pair) => {
    const [left, right] = [`left ${pair}`, `right ${pair}`];
    const children = (from, to) =>
      many(2000, (number) => ({ name: `${from}.${number}`, before: from, after: to }));
    return [stays(left), stays(right), ...children(left, right), ...children(right, left)];
  }).flat();
}

function handOver() {
  const pages = many(2000, (number) => ({ name: `page ${number}`, before: 'old', after: 'new' }));
  return [stays('old'), stays('new'), ...pages];
}

function turnRound() {
  const last = 48;
  const name = (number) => (number < 0 || number > last ? undefined : `page ${number}`);
  return many(last + 1, (number) => ({
    name: name(number),
    before: name(number - 1),
    after: name(number + 1),
  }));
}

function largeBranches(count) {
  const branches = many(count, (branch) => {
    const top = `branch ${branch}`;
    const parts = many(50, (part) => [
      stays(`${top}.${part}`, top),
      ...many(99, (page) => stays(`${top}.${part}.${page}`, `${top}.${part}`)),
    ]);
    return [{ name: top, before: 'old', after: 'new' }, ...parts.flat()];
  });
  return [stays('old'), stays('new'), ...branches.flat()];
}

/** Sections of 49 pages, as in a large wiki; each twentieth section's page is moved by two sections. */
function scattered() {
  const shelf = (number) => `shelf ${Math.floor(number / 100)}`;
  const sections = many(7980, (number) => stays(`section ${number}`, shelf(number)));
  const pages = sections.flatMap(({ name }, number) =>
    many(49, (page) => {
      const goes = (number * 49 + page) % 20 === 0;
      const after = goes ? `section ${(number + 2) % 7980}` : name;
      return { name: `${name}.${page}`, before: name, after };
    }),
  );
  return [...many(80, (number) => stays(`shelf ${number}`)), ...sections, ...pages];
}

function beMade(count) {
  const shelves = many(200, (number) => ({ name: `shelf ${number}`, before: null, after: undefined }));
  const pages = many(count - 200, (number) => ({
    name: `page ${number}`,
    before: null,
    after: `shelf ${number % 200}`,
  }));
  return [...shelves, ...pages];
}
