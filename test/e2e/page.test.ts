// `plan --format html`, from the words to the page.

import { expect, test } from 'vitest';
import { dataIn } from '../render/html/pages.ts';
import { handbook, openSite } from './site.ts';

test('the page shows the live wiki before and after, and nothing is written', async () => {
  const site = await openSite();
  site.manifest(handbook('- title: Planning\n  children: [Apollo]\n- Welcome'));
  await site.apply();
  site.manifest(handbook('- Planning\n- Apollo\n- Welcome'));
  const planned = await site.command('plan --format html --detailed-exitcode');
  expect(planned).toMatchObject({ exitCode: 2, writes: 0 });
  expect(planned.stdout).toMatch(/^<!doctype html>\n[\s\S]*<\/html>\n$/);
  const moved = dataIn(planned.stdout).rows.filter(({ title }) => title === 'Apollo');
  expect(moved.map(({ side, marks }) => [side, marks?.[0]?.kind])).toEqual([
    ['before', 'leave'],
    ['after', 'move'],
  ]);
  expect(planned.stdout).not.toContain(site.page('Handbook', 'Planning', 'Apollo'));
});

test('a plan that is refused is a page that says why', async () => {
  const site = await openSite();
  site.manifest(handbook('- One\n- Two\n- Three', '', 'guard: { maxChanges: 2 }'));
  const refused = await site.run('plan --format html');
  expect(refused).toMatchObject({ exitCode: 4 });
  expect(refused.stdout).toContain('GUARD_EXCEEDED');
  expect(dataIn(refused.stdout).rows).toHaveLength(4);
});

test('where there is no plan, the page has the errors, and no trees', async () => {
  const site = await openSite();
  site.manifest(handbook('- One\n- One'));
  const failed = await site.run('plan --format html');
  expect(failed).toMatchObject({ exitCode: 1 });
  expect(failed.stdout).toContain('<h1>No plan</h1>');
  expect(failed.stdout).toContain('DUPLICATE_KEY');
  expect(failed.stdout).not.toContain('<script');
  expect(failed.stderr).toContain('DUPLICATE_KEY');
});

test('what a part of a plan leaves out is not called unchanged', async () => {
  const site = await openSite();
  site.manifest(handbook('- One\n- Two\n- title: Three\n  children: [Four]'));
  await site.apply();
  site.manifest(
    handbook('- { title: One!, key: One }\n- { title: Two!, key: Two }\n- title: Three\n  children: [Four]'),
  );
  const planned = await site.run('plan --target handbook/One --format html');
  expect(planned, planned.stderr).toMatchObject({ exitCode: 0 });
  const { rows } = dataIn(planned.stdout);
  expect(rows.map(({ title, unplanned = false }) => `${title} ${unplanned}`)).toEqual([
    'Handbook true',
    'One! false',
    'Two true',
    'Three true',
    'Four true',
  ]);
});
