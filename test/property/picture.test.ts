// A saved plan is shown as it was when it was made, in every format.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderPlanPage } from '../../src/render/html/plan-page.ts';
import { renderPlanDiff } from '../../src/render/plan-diff.ts';
import { planToJson } from '../../src/render/plan-json.ts';
import { renderPlanMarkdown } from '../../src/render/plan-markdown.ts';
import { pictureOf } from '../../src/render/plan-picture.ts';
import { type RestoredPlan, restorePlan } from '../../src/render/plan-restore.ts';
import { renderPlanTree } from '../../src/render/plan-tree.ts';
import { plainStyle } from '../../src/render/style.ts';
import { spaceAddress } from '../../src/tree/address.ts';
import { effort } from '../schedule/fuzz.ts';
import { declareOutright } from './declaration.ts';
import { touchAll, touches } from './hands.ts';
import { begin } from './journey.ts';
import { onStage } from './stage.ts';
import { beginnings, commits, edited } from './wiki.ts';

const { parameters, timeoutMs } = effort(0.03);

const defaultType = 'docx';

function formats({ plan, match, live, strangers }: RestoredPlan): Readonly<Record<string, string>> {
  const markdown = { full: false, maxBytes: 60_000, defaultType, texts: new Map<string, string>() };
  return {
    tree: renderPlanTree(plan, match, { style: plainStyle, width: 100, defaultType }),
    full: renderPlanTree(plan, match, { style: plainStyle, width: 100, full: true, defaultType }),
    diff: renderPlanDiff(plan, match, { style: plainStyle, defaultType }),
    markdown: renderPlanMarkdown(plan, match, markdown),
    html: renderPlanPage({ plan, match, live, strangers, label: 'Feishu', defaultType }),
    json: JSON.stringify(planToJson(plan)),
  };
}

test(
  'from its file, without manifest and wiki, and with no id in it',
  async () => {
    await fc.assert(
      fc.asyncProperty(beginnings, touches, commits, fc.boolean(), async (first, made, edits, isPart) => {
        await onStage({ spaces: [{ name: 'Elsewhere', nodes: ['Theirs'] }] }, async (stage) => {
          const standing = await begin(stage, first);
          touchAll(stage.world, made);
          const alive = new Map([...standing.ids].filter(([, id]) => stage.world.nodes.has(id)));
          const desired = declareOutright(edited(standing.wiki, edits), { ...standing, ids: alive });
          const planned = await stage.plan(desired, {}, isPart ? [spaceAddress('handbook')] : undefined);
          const { plan, survey, strangers } = planned;
          const { match, live } = survey;
          const picture = pictureOf({ plan, match, live, strangers, vendor: 'Feishu', defaultType });
          const text = JSON.stringify([planToJson(plan), picture]);
          const [document, seen] = JSON.parse(text) as Parameters<typeof restorePlan>;
          expect(formats(restorePlan(document, seen))).toEqual(formats({ plan, match, live, strangers }));
          for (const id of stage.world.nodes.keys()) expect(JSON.stringify(picture)).not.toContain(id);
        });
      }),
      parameters,
    );
  },
  timeoutMs,
);
