// What long runs need: an end in time, a record of what happened, and a lock.

import { expect, test } from 'vitest';
import { handbook, openSite } from './site.ts';

const pages = handbook('- Welcome\n- { title: Onboarding, children: [Day one, Day two] }');

test('--events: every step begins and ends, between the start and the end of the run', async () => {
  const site = await openSite();
  site.manifest(pages);
  expect(await site.run('apply --auto-approve --events events.ndjson')).toMatchObject({ exitCode: 0 });
  const events = site
    .read('events.ndjson')
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line));
  const words = events.map(({ event }) => event);
  expect(words.at(0)).toBe('run-started');
  expect(words.at(-1)).toBe('run-ended');
  expect(words.filter((word) => word === 'step-started')).toHaveLength(5);
  expect(words.filter((word) => word === 'step-ended')).toHaveLength(5);
  expect(events.at(0)).toMatchObject({ steps: 5, plan: expect.stringMatching(/^sha256:/) });
  expect(events.at(-1)).toMatchObject({ status: 'applied' });
  const made = events.filter(({ event }) => event === 'step-ended').map(({ address }) => address);
  expect(made).toContain('handbook/Onboarding/Day two');
});

test('--events names a file that cannot be written: nothing is begun', async () => {
  const site = await openSite();
  site.manifest(pages);
  const applied = await site.run('apply --auto-approve --events nowhere/events.ndjson');
  expect(applied).toMatchObject({ exitCode: 1, writes: 0 });
  expect(applied.stderr).toContain('EVENTS_UNWRITABLE');
});

test('--max-duration: nothing new is begun after it, and the next run does the rest', async () => {
  const site = await openSite({
    faults: {
      seed: 1,
      script: [{ endpoint: 'create-space', nth: 1, fault: { kind: 'rate', resetSeconds: 3 } }],
    },
  });
  site.manifest(pages);
  const applied = await site.run('apply --auto-approve --max-duration 1s');
  expect(applied).toMatchObject({ exitCode: 3, writes: 2 });
  expect(applied.stdout).toContain('--max-duration');
  expect(await site.apply()).toMatchObject({ writes: 4 });
  await site.expectNothingToDo();
});
