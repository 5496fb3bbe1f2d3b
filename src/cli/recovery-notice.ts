// What a run says about the steps that an interrupted one left open.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { assertNever } from '../diagnostic/invariant.ts';
import type { Source } from '../diagnostic/source.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { StateStore } from '../state/state-store.ts';
import type { Recovered } from '../survey/recovery.ts';
import type { Address } from '../tree/identifier.ts';

type Found = Extract<Recovered['finding'], { readonly kind: 'space' | 'node' }>;

export function recoveryDiagnostics(
  findings: readonly Recovered[],
  { desired }: Manifest,
  { journalName }: StateStore,
): readonly Diagnostic[] {
  if (findings.length === 0) return [];
  const declared = new Map<Address, Source>();
  for (const space of desired.spaces) {
    declared.set(space.address, space.source);
    for (const node of space.nodes) declared.set(node.address, node.source);
  }
  return findings.map((recovered) => {
    const source = declared.get(recovered.intent.address);
    return recoveryDiagnostic(recovered, source, journalName);
  });
}

function recoveryDiagnostic(
  { intent: { address }, finding, searched }: Recovered,
  source: Source | undefined,
  journalName: string,
): Diagnostic {
  const begun = `${address} was being made when the last run ended, and nobody knew whether it was`;
  const info = (found: string, help = 'Nothing to do.'): Diagnostic =>
    diagnostic('RECOVERED', { severity: 'info', detail: `${begun}. ${found}`, help, source });
  switch (finding.kind) {
    case 'space':
    case 'node':
      return info(`It was: it is ${idOf(finding)}${since[finding.was]}.`);
    case 'not-made':
      return info(`It was looked for twice${besides(searched)}, and was not made.`);
    case 'hidden':
      return info(
        'The place where it would be may not be read now; it is looked for again by the next run.',
        'Give the app or user the right to read that place, then run the same command again.',
      );
    case 'unclear':
      // What is not declared any more is not made either, so nothing hangs on which it is.
      if (source === undefined) {
        return info(`${finding.ids.join(', ')} may be it; it is not declared any more, and none is touched.`);
      }
      return diagnostic('DOUBT', {
        detail: `${begun}. ${counted(finding.ids)} that could be it: ${finding.ids.join(', ')}.`,
        help: `Say which one it is, with this line for it: ${finding.ids.map((id) => `id: "${id}"`).join(' | ')}. If it is none of these, delete ${journalName}: then it is made.`,
        source,
      });
    default:
      return assertNever(finding);
  }
}

const since: Readonly<Record<Found['was'], string>> = {
  made: '',
  renamed: ', which has been renamed since',
  moved: ', which has been moved since',
};

const idOf = (found: Found): string => (found.kind === 'space' ? found.space.id : found.node.id);

const counted = ({ length }: readonly string[]): string =>
  length === 1 ? 'One has come since' : `${length} have come since`;

function besides(searched: Recovered['searched']): string {
  if (searched === undefined) return '';
  const { calls, isWhole } = searched;
  const lists = calls === 1 ? '1 list' : `${calls} lists`;
  return ` in its place, and in ${lists} of what nobody declared${isWhole ? '' : ' (there are more)'}`;
}
