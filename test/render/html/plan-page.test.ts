import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { PageData, PageRow } from '../../../src/render/html/page-data.ts';
import type { Address } from '../../../src/tree/identifier.ts';
import { type DesiredPage, desiredTree, liveOf, liveTree, stateOf } from '../../fixture.ts';
import { dataIn, hostileTitles, type PageInput, pageOf, reorganisation } from './pages.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** One side as an outline, two blanks a level. */
function sideOf({ rows }: PageData, side: 'before' | 'after'): string[] {
  return rows
    .filter((row) => row.side === undefined || row.side === side)
    .map((row) => `${'  '.repeat(row.depth)}${side === 'before' ? (row.was ?? row.title) : row.title}`);
}

/** What is marked: its side, its signs and its title. */
function marked({ rows }: PageData): string[] {
  return rows.flatMap(({ side = 'both', title, marks = [] }) =>
    marks.map(({ kind, note, tag = '' }) => `${side} ${kind} ${title}: ${note} ${tag}`.trim()),
  );
}

const before = desiredTree({
  handbook: [
    'Welcome',
    { title: 'Planning', children: ['Roadmap', { title: 'Apollo', children: ['Goals', 'Risks'] }] },
  ],
});
const after = desiredTree({
  handbook: ['Hello', { title: 'Planning', children: ['Roadmap'] }, { title: 'Apollo', children: ['Goals'] }],
});
const change: PageInput = { desired: after, state: stateOf(before), live: liveOf(before) };

describe('the two trees', () => {
  const data = dataIn(pageOf(change));

  test('are the wiki as it is and as it will be', () => {
    expect(sideOf(data, 'before')).toEqual([
      'handbook',
      '  Welcome',
      '  Planning',
      '    Roadmap',
      '    Apollo',
      '      Goals',
      '      Risks',
    ]);
    expect(sideOf(data, 'after')).toEqual([
      'handbook',
      '  Hello',
      '  Planning',
      '    Roadmap',
      '  Apollo',
      '    Goals',
      '    Risks',
    ]);
  });

  test('show a move at both its ends, and tell them about each other', () => {
    expect(marked(data)).toEqual([
      'both rename Hello: title was "Welcome" (inferred)',
      'before leave Apollo: moves to handbook (inferred)',
      'after move Apollo: moved from handbook/Planning, with 2 pages (inferred)',
    ]);
    const ends = data.rows.flatMap(({ title, pair }, at) => (title === 'Apollo' ? [{ at, pair }] : []));
    expect(ends).toEqual([
      { at: ends[0]?.at, pair: ends[1]?.at },
      { at: ends[1]?.at, pair: ends[0]?.at },
    ]);
  });

  test('call what nobody declared so', () => {
    expect(data.rows.filter(({ kind }) => kind === 'undeclared').map(({ title }) => title)).toEqual([
      'Risks',
      'Risks',
    ]);
  });

  test('are empty before where nothing is there', () => {
    const made = dataIn(pageOf({ desired: after }));
    expect(sideOf(made, 'before')).toEqual([]);
    expect(new Set(made.rows.map(({ side }) => side))).toEqual(new Set(['after']));
  });

  test('have the steps behind the marks', () => {
    const { rows, steps } = dataIn(pageOf(change));
    const apollo = rows.find(({ title, side }) => title === 'Apollo' && side === 'after');
    const own = (apollo?.marks ?? []).flatMap((mark) => (mark.steps ?? []).map((at) => steps[at]));
    expect(own).toMatchObject([
      {
        kind: 'move-node',
        address: 'handbook/Apollo',
        from: 'handbook/Planning',
        to: 'handbook',
        carried: 2,
        inferred: true,
      },
    ]);
  });
});

describe('what is out of the ordinary', () => {
  test('a page that is put away is shown under the archive', () => {
    const live = desiredTree({ handbook: ['Archive', 'Old'] });
    const desired = desiredTree({
      handbook: { pages: ['Archive'], onRemove: { archive: 'handbook/Archive' as Address } },
    });
    const data = dataIn(pageOf({ desired, state: stateOf(live), live: liveOf(live) }));
    expect(sideOf(data, 'after')).toEqual(['handbook', '  Archive', '    Old']);
    expect(marked(data)).toMatchObject([
      expect.stringContaining('after move Old: moved from handbook'),
      expect.stringContaining('before leave Old: '),
    ]);
  });

  test('a blocked step is marked and changes nothing', () => {
    const declared = desiredTree({ handbook: [{ title: 'Sub', children: ['Safe'] }] });
    const live = liveTree({ handbook: ['Sub', { title: 'Safe', was: 'handbook/Sub/Safe' }] });
    const input = { desired: declared, state: stateOf(declared), live, protect: ['handbook/Sub/**'] };
    const data = dataIn(pageOf(input));
    expect(sideOf(data, 'after')).toEqual(sideOf(data, 'before'));
    expect(marked(data)).toMatchObject([
      expect.stringMatching(/^both blocked Safe: blocked: protected by .*\(drift\)$/),
    ]);
  });

  test('adopted pages are marked, and have no step', () => {
    const desired = desiredTree({ handbook: ['Found'] });
    const data = dataIn(pageOf({ desired, live: liveTree({ handbook: ['Found'] }) }));
    expect(marked(data)).toContain('both adopt Found: exists, found by place and title');
    expect(data.steps).toEqual([]);
  });

  test('pages that swap places are two moves, whatever had to be parked', () => {
    const branch = (title: string, children: readonly DesiredPage[] = []): DesiredPage => ({
      title,
      children,
    });
    const one = desiredTree({ wiki: [branch('A', [branch('B')])] });
    const other = desiredTree({ wiki: [{ ...branch('B', [branch('A')]), movedFrom: 'wiki/A/B' }] });
    const data = dataIn(pageOf({ desired: other, state: stateOf(one), live: liveOf(one) }));
    expect(sideOf(data, 'before')).toEqual(['wiki', '  A', '    B']);
    expect(sideOf(data, 'after')).toEqual(['wiki', '  B', '    A']);
  });

  test('a wiki that is too large for a page is shown where it changes, and counted elsewhere', () => {
    const pages = Array.from({ length: 31_000 }, (_, at) => `Page ${at}`);
    const live = desiredTree({ wiki: [...pages.slice(0, 2), { title: 'Many', children: pages }] });
    const desired = desiredTree({
      wiki: ['Page 0', { title: 'Page one', key: 'Page 1' }, { title: 'Many', children: pages }],
    });
    const input = { desired, state: stateOf(live), live: liveOf(live) };
    expect(dataIn(pageOf(input)).rows).toEqual([
      { depth: 0, title: 'wiki', kind: 'space' },
      expect.objectContaining({ depth: 1, title: 'Page one', was: 'Page 1' } satisfies Partial<PageRow>),
      { depth: 1, title: '', unlisted: 31_002 },
    ]);
    expect(dataIn(pageOf({ ...input, full: true })).rows).toHaveLength(31_004);
  });
});

describe('the document', () => {
  const page = pageOf(change);
  const textOf = (name: string): string =>
    new RegExp(`<${name}(?: type="module")?>([\\s\\S]*?)</${name}>`).exec(page)?.[1] ?? '';

  test('is made of its sources; `npm run page` makes it', () => {
    const made = spawnSync(process.execPath, ['scripts/page.mjs', '--check'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(made.stdout + made.stderr).toBe('');
    expect(made.status).toBe(0);
  });

  test('allows its own style and script, and nothing else', () => {
    const hash = (text: string): string => createHash('sha256').update(text).digest('base64');
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1];
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'sha256-${hash(textOf('script'))}'`,
      `style-src 'sha256-${hash(textOf('style'))}'`,
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  test('names nothing outside itself', () => {
    const outside = page
      .replaceAll('http://www.w3.org/2000/svg', '')
      .match(/https?:|@import|url\(|<link|<img|\bsrc=/g);
    expect(outside).toBeNull();
  });

  test('says what it amounts to, its digest and what was found, without the script', () => {
    const refused = pageOf({ ...change, maxChanges: 1 });
    expect(refused).toContain('<h1>1 to move (carrying 2 pages), 1 to rename, 1 to forget</h1>');
    expect(refused).toMatch(/<code>sha256:[0-9a-f]{64}<\/code>/);
    expect(refused).toContain('<details id="findings" open>');
    expect(refused).toContain('GUARD_EXCEEDED');
    expect(refused).toMatch(/<noscript><pre>[^<]*moved from handbook\/Planning/);
  });

  test('does not hang on the order of a listing', () => {
    const places = ['One', 'Two', 'Three'];
    const desired = desiredTree({ handbook: ['Two'] });
    expect(pageOf({ desired, live: liveTree({ handbook: places }) })).toBe(
      pageOf({ desired, live: liveTree({ handbook: places.toReversed() }) }),
    );
  });

  test('believes no title', () => {
    const keys = hostileTitles.map((title, at) => ({ title, key: `key ${at}` }));
    const hostile = pageOf({ desired: desiredTree({ handbook: keys }), maxChanges: 2 });
    expect(hostile.match(/<script/g)).toHaveLength(2);
    expect(hostile.match(/<\/script>/g)).toHaveLength(2);
    expect(hostile.match(/<(img|svg)\b|<!--|[\u2028\u2029\u202e]/g)).toBeNull();
    const titles = dataIn(hostile).rows.map(({ title }) => title);
    expect(titles.slice(1)).toEqual(
      hostileTitles.map((title) => title.replace(/[\n\u2028\u2029\u202e]/g, '\ufffd')),
    );
  });

  test('stays small: 2,000 steps in 2 MB', () => {
    expect(pageOf(reorganisation(2000)).length).toBeLessThan(2_000_000);
  });
});
