import fc from 'fast-check';
import { test } from 'vitest';
import { forestPairs, showPair } from '/work/main/test/schedule/forest-pair.ts';
import { planPair } from '/work/main/test/schedule/pair-plan.ts';
import { isRefused, necessityOf, callsOf } from '/work/main/test/schedule/law.ts';
const vendor = { depth: 50, children: 2000, nodes: 400000, nodesPerMove: 2000 };
const runs = Number(process.env.FUZZ_RUNS ?? 300);
const seed = Number(process.env.SEED ?? 7);
const settings: Record<string, any> = {all: {depth:5,children:4,nodesPerMove:6}, '333':{depth:3,children:3,nodesPerMove:3}, '434':{depth:4,children:3,nodesPerMove:4},'522':{depth:5,children:2,nodesPerMove:2},'323':{depth:3,children:2,nodesPerMove:3},'629':{depth:6,children:2,nodesPerMove:9},'fan2':{children:2}, size2:{nodesPerMove:2}};
for (const [name, l] of Object.entries(settings)) { if (process.env.ONLY && !process.env.ONLY.split(',').includes(name)) continue;
test(name, () => {
  const limits={...vendor,...l};
  let n=0, refused=0, need=0, extra=0, parked=0, t0=Date.now(), maxMs=0, maxExtra=0, pages=0; const ex: string[]=[];
  for (const pair of fc.sample(forestPairs({limits, maxPages: 36}), {numRuns: runs, seed})) {
    if (pair.pages.length < 10) continue;
    const t=performance.now();
    const {plan} = planPair(pair, {limits, peelUnmanaged: true});
    maxMs=Math.max(maxMs,performance.now()-t);
    n++; pages+=pair.pages.length;
    if (isRefused(plan)) { refused++; if(ex.length<3) ex.push(plan.diagnostics.map(d=>d.detail).join('\n')+showPair(pair)); continue; }
    const k = callsOf(necessityOf(pair)); need+=k; extra+=plan.steps.length-k; maxExtra=Math.max(maxExtra,plan.steps.length-k);
  }
  console.log('#', name, JSON.stringify({n, pages: pages/n, refused, ratio: extra/need, maxExtra, ms: (Date.now()-t0)/n, maxMs}));
  if (process.env.EX) console.log(ex.join('\n----\n'));
}, 6000000);
}
