// A saved plan is shown as it was when it was made, in every format.

import fc from 'fast-check';
import { expect } from 'vitest';
import { renderPlanPage } from '../../src/render/html/plan-page.ts';
import { renderPlanDiff } from '../../src/render/plan-diff.ts';
import { planToJson } from '../../src/render/plan-json.ts';
import { renderPlanMarkdown } from '../../src/render/plan-markdown.ts';
import { pictureOf } from '../../src/render/plan-picture.ts';
import { type RestoredPlan, restorePlan } from '../../src/render/plan-restore.ts';
import { renderPlanTree } from '../../src/render/plan-tree.ts';
import { plainStyle } from '../../src/render/style.ts';
import { spaceAddress } from '../../src/tree/address.ts';
import type { Capabilities } from '../../src/tree/capability.ts';
import { declareOutright } from './declaration.ts';
import { touchAll, touches } from './hands.ts';
import { begin } from './journey.ts';
import { law } from './law.ts';
import { onStage } from './stage.ts';
import { beginnings, commits, edited } from './wiki.ts';

function formats(
  { plan, match, live, strangers }: RestoredPlan,
  { defaultType, label }: Capabilities,
): Readonly<Record<string, string>> {
  const markdown = { full: false, maxBytes: 60_000, defaultType, texts: new Map<string, string>() };
  return {
    tree: renderPlanTree(plan, match, { style: plainStyle, width: 100, defaultType }),
    full: renderPlanTree(plan, match, { style: plainStyle, width: 100, full: true, defaultType }),
    diff: renderPlanDiff(plan, match, { style: plainStyle, defaultType }),
    markdown: renderPlanMarkdown(plan, match, markdown),
    html: renderPlanPage({ plan, match, live, strangers, label, defaultType }),
    json: JSON.stringify(planToJson(plan)),
  };
}

law(
  'from its file, without manifest and wiki, and with no id in it',
  0.03,
  [beginnings, touches, commits, fc.boolean()],
  async (vendor, first, made, edits, isPart) => {
    await onStage({ vendor, spaces: [{ name: 'Elsewhere', nodes: ['Theirs'] }] }, async (stage) => {
      const standing = await begin(stage, first);
      touchAll(stage.world, made);
      const alive = new Map([...standing.ids].filter(([, id]) => stage.world.nodes.has(id)));
      const desired = declareOutright(edited(standing.wiki, edits), { ...standing, ids: alive });
      const planned = await stage.plan(desired, {}, isPart ? [spaceAddress('handbook')] : undefined);
      const { plan, survey, strangers } = planned;
      const { match, live } = survey;
      const { label, defaultType } = vendor.capabilities;
      const picture = pictureOf({ plan, match, live, strangers, vendor: label, defaultType });
      const text = JSON.stringify([planToJson(plan), picture]);
      const [document, seen] = JSON.parse(text) as Parameters<typeof restorePlan>;
      const restored = formats(restorePlan(document, seen), vendor.capabilities);
      expect(restored).toEqual(formats({ plan, match, live, strangers }, vendor.capabilities));
      for (const id of stage.world.nodes.keys()) expect(JSON.stringify(picture)).not.toContain(id);
    });
  },
);
