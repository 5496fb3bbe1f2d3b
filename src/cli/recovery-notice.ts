// What a run says about the steps that an interrupted one left open.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { assertNever } from '../diagnostic/invariant.ts';
import type { Source } from '../diagnostic/source.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Recovered } from '../survey/recovery.ts';
import type { Address } from '../tree/identifier.ts';
import { quoted } from './settings.ts';

type Found = Extract<Recovered['finding'], { readonly kind: 'space' | 'node' }>;

export function recoveryDiagnostics(
  findings: readonly Recovered[],
  { desired }: Manifest,
): readonly Diagnostic[] {
  if (findings.length === 0) return [];
  const declared = new Map<Address, Source>();
  for (const space of desired.spaces) {
    declared.set(space.address, space.source);
    for (const node of space.nodes) declared.set(node.address, node.source);
  }
  const plain = findings.filter(isPlain);
  const others = plain.length < leastTogether ? findings : findings.filter((found) => !isPlain(found));
  return [
    ...together(plain.length < leastTogether ? [] : plain),
    ...others.map((recovered) => recoveryDiagnostic(recovered, declared.get(recovered.intent.address))),
  ];
}

/** Fewer are told one by one. */
const leastTogether = 4;
/** Addresses that a message lists. */
const mostListed = 5;

/** Told ahead, with a whole batch, and found just as it was told, or not at all. */
function isPlain({ intent, finding }: Recovered): boolean {
  if (intent.isAhead !== true) return false;
  return finding.kind === 'not-made' || ('was' in finding && finding.was === 'made');
}

/** A batch of which nobody knows how far it came is told in two sentences. */
function together(findings: readonly Recovered[]): readonly Diagnostic[] {
  if (findings.length === 0) return [];
  const made = findings.filter(({ finding }) => finding.kind !== 'not-made');
  const not = findings.filter(({ finding }) => finding.kind === 'not-made');
  const list = (some: readonly Recovered[]): string => {
    const shown = some.slice(0, mostListed).map(({ intent }) => intent.address);
    const more = some.length > mostListed ? ` and ${some.length - mostListed} more` : '';
    return `${some.length} (${shown.join(', ')}${more})`;
  };
  const found = made.length === 0 ? 'None had been made.' : `Made, and bound now: ${list(made)}.`;
  const missing = not.length === 0 ? '' : ` Looked for twice, and not made: ${list(not)}.`;
  return [
    diagnostic('RECOVERED', {
      severity: 'info',
      detail: `${findings.length} steps were announced when the last run ended, and nobody knew how far it had come. ${found}${missing}`,
      help: 'Nothing to do.',
    }),
  ];
}

function recoveryDiagnostic(
  { intent: { address }, finding, searched }: Recovered,
  source: Source | undefined,
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
        help: `Say which one it is, with this line for it: ${finding.ids.map((id) => `id: "${id}"`).join(' | ')}. If it is none of these: wikiform state forget ${quoted(address)}, and then it is made.`,
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
