// What a base is good for once the wiki is at hand: it tells whose doing each change is, and stands in for a
// state that is not there.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Difference } from '../diff/change.ts';
import { type AttributionInput, attribute } from '../diff/origin.ts';
import type { PlanBase } from '../schedule/plan.ts';
import type { StateStore } from '../state/state-store.ts';
import { type BaseMemory, rememberBase } from '../survey/base-memory.ts';
import type { Survey, SurveyInput } from '../survey/survey.ts';
import type { Base } from './base.ts';
import type { Memory } from './memory.ts';

interface Pieced {
  readonly memory: BaseMemory;
  readonly notes: readonly Diagnostic[];
}

/** The memory that the base stands for; none where there is one already, or no base to compare with. */
export async function rememberAtBase(
  base: Base | undefined,
  { lack }: Memory,
  reading: Omit<SurveyInput, 'state'>,
  { name }: StateStore,
): Promise<Pieced | undefined> {
  if (lack === undefined || base?.manifest === undefined) return undefined;
  const memory = await rememberBase(base.manifest.desired, reading);
  const { nodes, spaces } = memory.state;
  if (nodes.size + spaces.size === 0) return { memory, notes: [] };
  const pages = nodes.size === 1 ? '1 page' : `${nodes.size} pages`;
  const note = diagnostic('BASE_REMEMBERED', {
    severity: 'info',
    detail: `${lack === 'absent' ? `There is no state in ${name}` : `The state in ${name} cannot be had from here`}. The manifest at ${base.ref} stands in for it: ${pages} of it were found by their place and title.`,
    help: 'Nothing to do where the state cannot be had, as in a pull request from a fork. Pages that people have moved or renamed since the last apply are not recognised without it.',
  });
  return { memory, notes: [note] };
}

/** What the plan says of its base; nothing where there was none to compare with. */
export function planBase(base: Base | undefined): PlanBase | undefined {
  return base?.manifest === undefined ? undefined : { ref: base.ref, commit: base.commit };
}

/** The differences, each with its origin. */
export function attributeToBase(
  base: Base | undefined,
  { difference, live, match }: Survey,
  context: Pick<AttributionInput, 'state' | 'ignoredBy' | 'strays'> & Pick<SurveyInput, 'provider'>,
): Difference {
  if (base?.manifest === undefined) return difference;
  const { state, ignoredBy, strays, provider } = context;
  return attribute({
    base: base.manifest.desired,
    state,
    live,
    ignoredBy,
    strays,
    found: difference,
    match,
    boundSpaces: new Set(state.spaces.keys()),
    capabilities: provider.capabilities,
    identity: provider.identity,
    identities: provider.identities,
  });
}
