import fc from 'fast-check';
import { test } from 'vitest';
import { forestPairs, showPair } from './forest-pair.ts';
import { planPair } from './pair-plan.ts';
import { isRefused, expectToConverge } from './law.ts';
import { fewestSteps } from './optimum.ts';
const vendor = { depth: 50, children: 2000, nodes: 400000, nodesPerMove: 2000 };
const runs = Number(process.env.FUZZ_RUNS ?? 300);
for (const limits of [{...vendor, depth:3,children:2,nodesPerMove:2},{...vendor, depth:3,children:3,nodesPerMove:3},{...vendor, depth:4,children:2,nodesPerMove:3},{...vendor, depth:4,children:2,nodesPerMove:9},{...vendor, depth:3,children:3, nodes: 7, nodesPerMove:9}]) for (const peel of [true,false]) {
test(`${limits.depth} ${limits.children} ${limits.nodes} ${limits.nodesPerMove} ${peel}`, () => {
  let n=0, extra=0, none=0, lazy=0, max=0, sumOpt=0, tb=0,tp=0, m=0; const ex: string[]=[];
  for (const pair of fc.sample(forestPairs({limits, maxPages: 7, maxSpaces: 2}), runs)) {
    if(pair.pages.length<4) continue;
    let t=Date.now();
    const best = fewestSteps(pair, {limits, peelUnmanaged: peel});
    tb+=Date.now()-t; t=Date.now();
    const {plan} = planPair(pair, {limits, peelUnmanaged: peel});
    tp+=Date.now()-t;
    n++; m=Math.max(m, Date.now()-t);
    if (best===undefined) { none++; if (!isRefused(plan)) throw new Error('bfs bug '+showPair(pair)); continue; }
    if (isRefused(plan)) { lazy++; if(ex.length<2) ex.push(best+showPair(pair)); continue; }
    const steps = plan.steps.filter(s=>s.kind!=='rename-node'&&s.kind!=='create-space').length;
    if (steps<best) throw new Error('bfs not optimal'+showPair(pair));
    extra+=steps-best; max=Math.max(max,steps-best); sumOpt+=best;
  }
  console.log("#", JSON.stringify({n, none, lazy, extra, max, sumOpt, tb, tp, m}));if(process.env.EX)console.log(ex.join("\n"));
}, 600000);
}
