// The explanation as one JSON document.

import { formatVersion } from './document.ts';
import type { Explanation } from './explain.ts';

/** What does not apply is left out. */
export function explanationToJson(explanation: Explanation): Record<string, unknown> {
  const { steps, candidates, ...facts } = explanation;
  const known = Object.entries(facts).filter(([, value]) => value !== undefined);
  return {
    formatVersion,
    errored: false,
    ...Object.fromEntries(known),
    candidates,
    steps: steps.map(({ id, kind, reason }) => ({ id, kind, reason })),
  };
}
