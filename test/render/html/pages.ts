// Plans as HTML pages, for tests that read them and for those that open them.

import type { PageData } from '../../../src/render/html/page-data.ts';
import { renderPlanPage } from '../../../src/render/html/plan-page.ts';
import {
  type DesiredPage,
  desiredTree,
  liveOf,
  liveTree,
  type PlanningInput,
  planOf,
  stateOf,
} from '../../fixture.ts';

export interface PageInput extends PlanningInput {
  readonly full?: boolean;
}

/** The page of a plan. */
export function pageOf({ full, ...input }: PageInput): string {
  const { plan, match, strangers } = planOf(input);
  const live = input.live ?? liveTree({});
  return renderPlanPage({ plan, match, live, strangers, label: 'Feishu', defaultType: 'docx', full });
}

/** What the page's script is given. */
export function dataIn(page: string): PageData {
  const [, json = ''] = /<script type="application\/json" id="plan">(.*?)<\/script>/s.exec(page) ?? [];
  return JSON.parse(json);
}

/** A wiki in which every team moves its projects from one year's page to the next, and renames one. */
export function reorganisation(steps: number): PageInput {
  const teams = Math.ceil(steps / 40);
  const team = (at: number, isAfter: boolean): DesiredPage => {
    const key = `Team ${at}`;
    const projects = Array.from({ length: 39 }, (_, project): DesiredPage => {
      const title = `Project ${at}.${project}`;
      const movedFrom = `wiki/${key}/2026/${title}`;
      return { title, children: ['Goals', 'Risks'], ...(isAfter ? { movedFrom } : {}) };
    });
    const home = { title: isAfter ? `Home of team ${at}` : 'Home', key: 'home' };
    const years = [
      { title: '2026', children: isAfter ? [] : projects },
      { title: '2027', children: isAfter ? projects : [] },
    ];
    return { title: key, children: [home, 'Minutes', 'Rota', ...years] };
  };
  const tree = (isAfter: boolean) =>
    desiredTree({ wiki: Array.from({ length: teams }, (_, at) => team(at, isAfter)) });
  const before = tree(false);
  return { desired: tree(true), state: stateOf(before), live: liveOf(before) };
}

/** Titles that would break a page that believes them. */
export const hostileTitles: readonly string[] = [
  '</script><script>alert(1)</script>',
  '<img src=x onerror="document.title=1">',
  `"><svg onload='alert(2)'>`,
  '<!-- <script>',
  '\u202egnp.exe',
  'שלום עולם (2026)',
  'a\nb',
  'line\u2028separator\u2029here',
  '👩‍👩‍👧‍👦 families, 中文标题, e\u0301',
  '&amp; &lt;b&gt;',
  'it\'s "quoted" \\ back',
  'x'.repeat(300),
  '`tick` %s',
  '__proto__',
];
