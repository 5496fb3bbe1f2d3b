// The page of a plan in a real browser. Where there is none and none can be installed, this says so
// and why; nothing passes unseen.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { findBrowser, openBrowser } from '../../scripts/browser.mjs';
import { type DesiredPage, desiredTree, liveOf, stateOf } from '../fixture.ts';
import { hostileTitles, type PageInput, pageOf, reorganisation } from '../render/html/pages.ts';

const found = findBrowser({ install: true });
if ('reason' in found) {
  process.stderr.write(
    `\nSKIPPED, NOT PASSED: the HTML page was not tried in a browser: ${found.reason}\n\n`,
  );
}

test('a browser that is named and cannot be run is no browser', () => {
  expect(findBrowser({ env: { CHROMIUM_PATH: '/no/such/chromium' } })).toEqual({
    reason: 'CHROMIUM_PATH is /no/such/chromium, which cannot be run',
  });
});

const filler = (name: string): DesiredPage[] =>
  Array.from({ length: 60 }, (_, at) => ({ title: `${name} ${at}`, type: at % 2 === 0 ? 'docx' : 'sheet' }));

/** A short move, a long one with the last page of the tree, a rename, and a branch that stays. */
const before = desiredTree({
  handbook: [
    'Welcome',
    { title: 'Planning', children: ['Roadmap', { title: 'Apollo', children: ['Goals', 'Risks'] }] },
    { title: 'Library', children: filler('Book') },
    { title: 'Attic', children: ['Box'] },
  ],
});
const after = desiredTree({
  handbook: [
    { title: 'Box', movedFrom: 'handbook/Attic/Box' },
    { title: 'Hello', key: 'Welcome' },
    { title: 'Apollo', children: ['Goals', 'Risks'], movedFrom: 'handbook/Planning/Apollo' },
    { title: 'Planning', children: ['Roadmap', 'Budget'] },
    {
      title: 'Library',
      children: filler('Book').map((page) => ({ ...page, key: page.title, title: `${page.title}!` })),
    },
    'Attic',
  ],
});
const change: PageInput = { desired: after, state: stateOf(before), live: liveOf(before) };

describe.skipIf('reason' in found)(
  `the page in a browser (${'reason' in found ? `SKIPPED: ${found.reason}` : found.path})`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'wikiform-page-'));
    const shared: { browser?: Browser } = {};

    beforeAll(async () => {
      if ('path' in found) shared.browser = await openBrowser(found.path);
    });
    afterAll(async () => {
      await shared.browser?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Opens the page; whatever it complains about or asks for fails the test. */
    async function open(
      input: PageInput,
      { scheme = 'light', expected }: { readonly scheme?: 'light' | 'dark'; readonly expected?: RegExp } = {},
    ): Promise<Page> {
      const file = join(folder, 'plan.html');
      writeFileSync(file, pageOf(input));
      const context = await shared.browser?.newContext({
        viewport: { width: 1280, height: 800 },
        colorScheme: scheme,
      });
      if (context === undefined) throw new Error('no browser');
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => complaints.push(dialog.message()));
      page.on('request', (request) => {
        if (request.url() !== pathToFileURL(file).href) complaints.push(request.url());
      });
      onTestFinished(async () => {
        await context.close();
        expect(complaints).toEqual(expected === undefined ? [] : [expect.stringMatching(expected)]);
      });
      await page.goto(pathToFileURL(file).href);
      await page.waitForSelector('#after .line, #before .line');
      return page;
    }

    const lines = (page: Page, side: 'before' | 'after'): Promise<string[]> =>
      page.locator(`#${side} .line .title`).allInnerTexts();

    const focused = (page: Page): Promise<string> =>
      page.evaluate(() => {
        const line = document.activeElement;
        return `${line?.parentElement?.id}: ${line?.querySelector('.title')?.textContent}`;
      });

    const press = async (page: Page, ...keys: readonly string[]): Promise<string> => {
      for (const key of keys) await page.keyboard.press(key);
      return focused(page);
    };

    /** How far the ends of a curve are from the lines they belong to, in pixels. */
    const misses = (page: Page): Promise<number[]> =>
      page.evaluate(() =>
        [...document.querySelectorAll('.curve .reach')].flatMap((path) => {
          if (!(path instanceof SVGPathElement)) return [];
          const box = path.ownerSVGElement?.getBoundingClientRect().top ?? 0;
          const ends = [
            { y: path.getPointAtLength(0).y, line: `#before .line[data-at="${path.dataset.from}"]` },
            {
              y: path.getPointAtLength(path.getTotalLength()).y,
              line: `#after .line[data-at="${path.dataset.to}"]`,
            },
          ];
          return ends.flatMap(({ y, line }) => {
            const at = document.querySelector(line)?.getBoundingClientRect();
            return at === undefined ? [] : [Math.round(Math.abs(box + y - (at.top + at.height / 2)))];
          });
        }),
      );

    test('shows both trees, what is unchanged folded', async () => {
      const small = desiredTree({
        handbook: [
          {
            title: 'Planning',
            children: ['Roadmap', 'Budget', 'Risks', { title: 'Apollo', children: ['Goals'] }],
          },
        ],
      });
      const moved = desiredTree({
        handbook: [
          { title: 'Planning', children: ['Roadmap', 'Budget', 'Risks'] },
          { title: 'Apollo', children: ['Goals'] },
        ],
      });
      const page = await open({ desired: moved, state: stateOf(small), live: liveOf(small) });
      expect(await lines(page, 'before')).toEqual(['handbook', 'Planning', 'Apollo', '… 3 unchanged']);
      expect(await lines(page, 'after')).toEqual(['handbook', 'Planning', '… 3 unchanged', 'Apollo']);
      expect(await page.locator('h1').textContent()).toBe('1 to move (carrying 1 page)');
      await page.getByText('… 3 unchanged').last().click();
      expect(await lines(page, 'after')).toEqual([
        'handbook',
        'Planning',
        'Roadmap',
        'Budget',
        'Risks',
        'Apollo',
      ]);
      await page.locator('#after .line', { hasText: 'Apollo' }).locator('.twist').click();
      expect(await lines(page, 'after')).toContain('Goals');
    });

    test('draws the moves from line to line, also when scrolled and folded', async () => {
      const page = await open(change);
      expect(await page.locator('.curve').count()).toBe(2);
      const checked = await misses(page);
      expect(checked.length).toBeGreaterThan(2);
      expect(Math.max(...checked)).toBeLessThan(2);
      await page.evaluate(() => scrollTo(0, 1500));
      await page.locator('#before .line', { hasText: 'Attic' }).waitFor();
      expect(Math.max(...(await misses(page)))).toBeLessThan(2);
      await page.evaluate(() => scrollTo(0, 0));
      await page.locator('#before .line', { hasText: 'Planning' }).locator('.twist').click();
      // The page that leaves is folded away: its curve begins at what it is folded into.
      expect(Math.max(...(await misses(page)))).toBeLessThan(2);
      expect(await page.locator('.curve').count()).toBe(2);
    });

    test('is worked with the keyboard', async () => {
      const page = await open(change);
      expect(await press(page, 'n')).toBe('after: Box');
      expect(await press(page, 'n', 'n')).toBe('after: Apollo');
      expect(await press(page, 'Enter')).toBe('before: Apollo');
      expect(await page.locator('#details').textContent()).toContain('handbook/Planning');
      expect(await press(page, 'ArrowLeft')).toBe('before: Planning');
      expect(await press(page, 'ArrowDown')).toBe('before: Roadmap');
      expect(await press(page, 'Home')).toBe('before: handbook');
      expect(await press(page, 'ArrowLeft')).toBe('before: handbook');
      expect(await lines(page, 'before')).toEqual(['handbook']);
      expect(await press(page, 'ArrowRight', 'End')).toBe('before: Box');
      expect(await press(page, 'Enter')).toBe('after: Box');
      await press(page, 'Escape');
      expect(await page.locator('#details').isVisible()).toBe(false);
      await press(page, '?');
      expect(await page.locator('#help').isVisible()).toBe(true);
      await press(page, 'Escape');
      expect(await page.locator('#help').isVisible()).toBe(false);
    });

    test('finds titles and reasons, and shows kinds of change alone', async () => {
      const page = await open(change);
      await press(page, '/');
      await page.keyboard.type('book 8!');
      expect(await lines(page, 'after')).toEqual(['handbook', 'Library', 'Book 8!']);
      expect(await page.locator('#after mark').allInnerTexts()).toEqual(['Book 8!']);
      expect(await page.locator('#told').textContent()).toMatch(/^1 of \d+ lines$/);
      await page.keyboard.press('Escape');
      await page.locator('.chip.move').click();
      expect(await lines(page, 'after')).toEqual(['handbook', 'Box', 'Apollo', 'Planning', 'Attic']);
      expect(await page.locator('.chip.move').getAttribute('aria-pressed')).toBe('true');
      expect(await page.locator('.curve').count()).toBe(2);
      await page.locator('.chip.move').click();
      expect((await lines(page, 'after')).length).toBeGreaterThan(10);
    });

    test('can be told by those who hear it', async () => {
      const page = await open(change);
      const tree = page.getByRole('tree', { name: 'After' });
      const planning = tree.getByRole('treeitem', { name: /^Planning/ });
      expect(await planning.getAttribute('aria-level')).toBe('2');
      expect(await planning.getAttribute('aria-expanded')).toBe('true');
      expect(
        await tree.getByRole('treeitem', { name: /moved here Apollo moved from handbook\/Planning/ }).count(),
      ).toBe(1);
      for (const side of ['before', 'after'])
        expect(await page.locator(`#${side} .line[tabindex="0"]`).count()).toBe(1);
      // Read out in the order in which it is seen.
      const order = await page
        .locator('#after .line')
        .evaluateAll((found) => found.map((line) => Number((line as HTMLElement).dataset.at)));
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    });

    test.each(['light', 'dark'] as const)(
      'is readable in the %s, and can be turned around',
      async (scheme) => {
        const page = await open({ ...change, maxChanges: 3 }, { scheme });
        const paper = (): Promise<string> =>
          page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        expect(await contrasts(page)).toEqual([]);
        const first = await paper();
        await page.getByRole('button', { name: 'Light or dark' }).click();
        expect(await paper()).not.toBe(first);
        expect(await contrasts(page)).toEqual([]);
      },
    );

    test('believes no title', async () => {
      const pages = hostileTitles.map((title, at) => ({ title, key: `key ${at}` }));
      const page = await open({ desired: desiredTree({ handbook: pages }), maxChanges: 2 });
      expect((await lines(page, 'after')).slice(1)).toEqual(
        hostileTitles.map((title) => title.replace(/[\n\u2028\u2029\u202e]/g, '\ufffd')),
      );
      expect(await page.title()).toContain('Plan: ');
      expect(await page.locator('img').count()).toBe(0);
      await page.locator('#after .line', { hasText: '</script>' }).click();
      expect(await page.locator('#details h3 bdi').textContent()).toBe(hostileTitles[0]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    });

    test('runs no script but its own', async () => {
      const page = await open(change, { expected: /violates the following Content Security Policy/ });
      const title = await page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'document.title = "broken"';
        document.body.append(script);
        return document.title;
      });
      expect(title).toContain('Plan: ');
    });

    test.each([2_000, 10_000])('holds %i steps and draws what is in sight', async (steps) => {
      const page = await open(reorganisation(steps));
      const drawnLines = (): Promise<number> => page.locator('.line').count();
      expect(await drawnLines()).toBeLessThan(150);
      expect(await press(page, 'End', 'p')).toMatch(/^after: Project \d+\.38$/);
      expect(await press(page, 'Enter')).toMatch(/^before: Project \d+\.38$/);
      expect(await drawnLines()).toBeLessThan(150);
      await page.getByRole('button', { name: 'Unfold everything' }).click();
      expect(await drawnLines()).toBeLessThan(150);
      expect(await page.locator('#overview').isVisible()).toBe(true);
    });

    test('goes on paper whole', async () => {
      const page = await open(change);
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      await page.emulateMedia({ media: 'print' });
      expect(await page.locator('#main').isVisible()).toBe(false);
      expect(await page.locator('#paper tbody tr').count()).toBeGreaterThan(30);
      expect(await page.locator('#paper').textContent()).toContain(
        'moved from handbook/Planning, with 2 pages',
      );
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      expect(await page.locator('#paper').count()).toBe(0);
    });

    test('says in words what it would draw, where scripts do not run', async () => {
      const file = join(folder, 'plain.html');
      writeFileSync(file, pageOf(change));
      const context = await shared.browser?.newContext({ javaScriptEnabled: false });
      const page = await context?.newPage();
      await page?.goto(pathToFileURL(file).href);
      expect(await page?.locator('noscript pre').textContent()).toContain('moved from handbook/Planning');
      await context?.close();
    });
  },
);

/** Text whose contrast with what lies behind it is below 4.5 to 1, as WCAG counts it. */
function contrasts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
    const luminance = (colour: string): number => {
      const [r = 0, g = 0, b = 0] = channels(colour).map((value) => {
        const share = value / 255;
        return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (element: Element): string => {
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        const { backgroundColor } = getComputedStyle(at);
        if (backgroundColor.startsWith('rgb(')) return backgroundColor;
      }
      return 'rgb(255, 255, 255)';
    };
    const texts = [
      ...document.querySelectorAll(
        '.title, .note, .tag, .detail, .tally, .sign:not(.copy), .chip, #facts li, #findings p, h1, h2 small',
      ),
    ];
    return texts.flatMap((element) => {
      const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return ratio < 4.5 ? [`${element.className} ${element.textContent}: ${ratio.toFixed(2)}`] : [];
    });
  });
}
