// A plan of 20,000 steps in every format: what it costs to write it down, beside what it costs to make it
// from trees in memory. Reading the wiki, which takes minutes, is not counted.

import { renderPlanPage } from '../dist/render/html/plan-page.js';
import { renderPlanDiff } from '../dist/render/plan-diff.js';
import { planAnnotations } from '../dist/render/plan-github.js';
import { planToJson } from '../dist/render/plan-json.js';
import { renderPlanMarkdown } from '../dist/render/plan-markdown.js';
import { renderPlanTree } from '../dist/render/plan-tree.js';
import { plainStyle } from '../dist/render/style.js';
import { plannedForest } from './forest.mjs';

const steps = 20_000;
const style = plainStyle;
const width = 100;
const maxBytes = 60_000;

const formats = {
  tree: ({ plan, match }) => renderPlanTree(plan, match, { style, width }),
  'tree --full': ({ plan, match }) => renderPlanTree(plan, match, { style, width, full: true }),
  diff: ({ plan, match }) => renderPlanDiff(plan, match, { style }),
  markdown: ({ plan, match }) => renderPlanMarkdown(plan, match, { maxBytes }),
  'markdown --full': ({ plan, match }) => renderPlanMarkdown(plan, match, { maxBytes, full: true }),
  github: ({ plan }) => planAnnotations(plan, (file) => file).join('\n'),
  html: (planned) => renderPlanPage({ ...planned, label: 'Feishu', defaultType: 'docx' }),
  json: ({ plan }) => JSON.stringify(planToJson(plan), null, 2),
};

const cases = [
  ['20,000 pages are made', () => madeIn(200)],
  ['20,000 of 40,000 pages change place', () => movedIn(200)],
];

export function rendering() {
  console.log('\nRendering a plan of 20,000 steps; making it is 1, and no format should cost more');
  for (const [name, make] of cases) report(name, make());
}

function report(name, pages) {
  const [planned, making] = timed(() => plannedForest(pages));
  if (planned.plan.steps.length !== steps) throw new Error(`${name}: ${planned.plan.steps.length} steps`);
  console.log(`  ${name}: made in ${making.toFixed(2)} s`);
  for (const [format, render] of Object.entries(formats)) {
    const [text, seconds] = timed(() => render(planned));
    const size = `${(Buffer.byteLength(text) / 1000).toFixed(0)} kB`;
    const verdict = seconds < making ? '' : '  more than making it';
    const columns = [format.padEnd(16), `${(seconds / making).toFixed(2)}`.padStart(6), size.padStart(10)];
    console.log(`    ${columns.join('')}${verdict}`);
  }
}

function timed(work) {
  const begun = performance.now();
  const result = work();
  return [result, (performance.now() - begun) / 1000];
}

const many = (count, make) => Array.from({ length: count }, (_, number) => make(number));
const shelf = (number) => `shelf ${number}`;
const shelves = (count) => many(count, (number) => ({ name: shelf(number) }));

function madeIn(count) {
  const pages = many(steps, (number) => ({
    name: `page ${number}`,
    before: null,
    after: shelf(number % count),
  }));
  return [...shelves(count), ...pages];
}

/** Every second page goes to the next shelf. */
function movedIn(count) {
  const pages = many(2 * steps, (number) => {
    const home = Math.floor(number / 2) % count;
    const next = number % 2 === 0 ? home : (home + 1) % count;
    return { name: `page ${number}`, before: shelf(home), after: shelf(next) };
  });
  return [...shelves(count), ...pages];
}
