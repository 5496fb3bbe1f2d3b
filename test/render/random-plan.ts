// Plans between any two small wikis: pages of few names, so that they meet, in places that change; some
// protected, some moved by hand since, some put away. Titles may be of the worst kind.

import fc from 'fast-check';
import { present } from '../../src/diagnostic/invariant.ts';
import type { Address } from '../../src/tree/identifier.ts';
import { type DesiredPage, desiredTree, liveOf, type Planned, planOf, stateOf } from '../fixture.ts';

const plain = ['A', 'B', 'C', 'D', 'E'] as const;

/** What a title may hold that something downstream could take for its own. */
export const hostile = [
  '```',
  '````diff',
  '</details><script>alert(1)</script>',
  '@everyone, closes #1',
  '| a | b |',
  '::error file=x::y',
  '##[add-mask]x',
  '/close',
  '\u202eover\u2066there',
  'one\r\ntwo\n```\n</details>',
  '--- a\n+++ b\n@@ -1 +1 @@',
  '<!-- wikiform -->',
  '[x](javascript:alert(1)) ![y](//z)',
  '%0A%25, col=1::',
  '~~~~',
] as const;

type Titles = Readonly<Record<(typeof plain)[number], string>>;

const pages = fc.letrec<{ list: DesiredPage[]; page: DesiredPage }>((tie) => ({
  list: fc.uniqueArray(tie('page'), {
    maxLength: 3,
    selector: ({ title }) => title,
    depthIdentifier: 'tree',
  }),
  page: fc.record({
    title: fc.constantFrom(...plain),
    children: fc.oneof({ depthIdentifier: 'tree', maxDepth: 3 }, fc.constant([]), tie('list')),
  }),
})).list;

export const wikis = fc.record({ one: pages, two: pages });

const plainTitles: Titles = { A: 'A', B: 'B', C: 'C', D: 'D', E: 'E' };
const hostileTitles = fc
  .shuffledSubarray([...hostile], { minLength: plain.length, maxLength: plain.length })
  .map(([A = '', B = '', C = '', D = '', E = '']): Titles => ({ A, B, C, D, E }));

interface Written {
  readonly title: string;
  readonly children?: readonly (string | Written)[];
}

/** The same pages under other titles. */
function retitled(written: readonly (string | Written)[], titles: Titles): DesiredPage[] {
  return written.map((page) => {
    const { title, children = [] } = typeof page === 'string' ? { title: page } : page;
    const name = present(
      plain.find((one) => one === title),
      'one of the names',
    );
    return { title: titles[name], children: retitled(children, titles) };
  });
}

/** @param titles what the pages are called: plain letters unless given. */
export function plansWith(titles: fc.Arbitrary<Titles> = fc.constant(plainTitles)): fc.Arbitrary<Planned> {
  return fc
    .record({
      titles,
      applied: wikis,
      live: wikis,
      declared: wikis,
      isDragged: fc.boolean(),
      archives: fc.boolean(),
      isNew: fc.boolean(),
      isProtected: fc.boolean(),
    })
    .map((made) => {
      const called = ({ one, two }: { one: DesiredPage[]; two: DesiredPage[] }) => ({
        one: retitled(one, made.titles),
        two: retitled(two, made.titles),
      });
      const old = desiredTree(called(made.applied));
      const now = made.isDragged ? desiredTree(called(made.live)) : old;
      const fields = made.archives ? { onRemove: { archive: 'one/Archive' as Address } } : {};
      const { one, two } = called(made.declared);
      const desired = desiredTree({ one: { ...fields, pages: [...one, { title: 'Archive' }] }, two });
      const protect = made.isProtected ? ['one/*'] : [];
      return made.isNew
        ? planOf({ desired })
        : planOf({ desired, state: stateOf(old), live: liveOf(now), protect, ignoreGuard: true });
    });
}

export const plans = plansWith();
export const hostilePlans = plansWith(hostileTitles);
