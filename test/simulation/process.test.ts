// Real processes in one folder, killed without a warning at a request of theirs, before the wiki has done it
// or after. The same command again ends in the declared tree, with nothing made twice.

import { expect, test } from 'vitest';
import { casesOf, patienceMs } from './fate.ts';
import { jobs } from './job.ts';
import { openFolder } from './lodging.ts';
import { killAll, onStage } from './process-stage.ts';

test.each(jobs)(
  '$vendor.kind, $name: killed at any request, and run again',
  (job) => killAll(job, openFolder, Math.min(casesOf(5), 200)),
  patienceMs * 5,
);

const reorganisations = jobs.filter(({ before }) => before !== undefined);

test.each(reorganisations)(
  '$vendor.kind: a saved plan is good for the rest of it, however often its process is killed',
  (job) =>
    onStage(job, openFolder, async (stage) => {
      const room = stage.lodging.room();
      expect(await room.run('plan --out plan.json')).toMatchObject({ exitCode: 0 });
      for (const request of [6, 7, 8]) {
        const killed = await stage.apply(room, { request, effect: request % 2 === 0 }, 'plan.json');
        expect(killed, killed.stderr).toMatchObject({ exitCode: null });
      }
      const ending = await stage.apply(room, undefined, 'plan.json');
      expect(ending, ending.stderr).toMatchObject({ exitCode: 0 });
      await stage.expectWhole(room);
    }),
);
