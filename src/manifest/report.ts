// What a compilation reports: every finding once, in order, and not without end.

import { type Diagnostic, diagnostic, hasErrors, sortDiagnostics } from '../diagnostic/diagnostic.ts';
import { counted } from '../schema/wording.ts';

/** Findings shown in one run. */
export const mostReported = 200;

/** The findings sorted, each once, cut where nobody reads on. An error is never cut in favour of a warning. */
export function report(found: readonly Diagnostic[]): Diagnostic[] {
  const sorted = sortDiagnostics(found);
  const once = sorted.filter((diagnostic, at) => at === 0 || !isSame(diagnostic, sorted[at - 1]));
  if (once.length <= mostReported) return once;
  const errors = once.filter((diagnostic) => diagnostic.severity === 'error');
  const shown = (hasErrors(once) ? errors : once).slice(0, mostReported);
  if (errors.length <= mostReported) return shown;
  return [...shown, tooMany(errors.length)];
}

/** What several aliases share is found once per alias. */
function isSame(a: Diagnostic, b: Diagnostic | undefined): boolean {
  return (
    a.code === b?.code &&
    a.detail === b.detail &&
    a.source?.file === b.source?.file &&
    a.source?.line === b.source?.line &&
    a.source?.column === b.source?.column
  );
}

function tooMany(errors: number): Diagnostic {
  return diagnostic('TOO_MANY_ERRORS', {
    detail: `${counted(errors, 'error')} were found, and the first ${mostReported} are shown.`,
    help: 'Mend these and run it again.',
  });
}
