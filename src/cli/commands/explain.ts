// `wikiform explain ADDRESS`: how this address was matched, and what else it could have been.

import type { Source } from '../../diagnostic/source.ts';
import { lostCandidates } from '../../diff/explanation.ts';
import { excerpt } from '../../render/code-frame.ts';
import { type Explanation, renderExplanation } from '../../render/explain.ts';
import { explanationToJson } from '../../render/explain-json.ts';
import { parseAddress } from '../../tree/address.ts';
import type { Address } from '../../tree/identifier.ts';
import { resultStyle } from '../color.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { withInterrupt } from '../interrupt.ts';
import { type Planned, withPlan } from '../planning.ts';
import { lenient } from '../planning-flag.ts';
import { CommandFailure, printJson, reportDiagnostics, type Texts } from '../report.ts';
import { unknownAddress } from '../scope.ts';
import type { Context } from '../settings.ts';

export function declareExplain(program: Declaration): void {
  const command = program
    .add({
      name: 'explain',
      description: 'say how an address was matched',
      example: "wikiform explain 'handbook/Onboarding'",
    })
    .argument('<address>', 'an address of the manifest');
  program.action<[string], GlobalFlags>(command, (context, _flags, address) => explain(address, context));
}

function explain(text: string, context: Context): Promise<ExitCode> {
  return withInterrupt(context, (signal) =>
    withPlan(lenient, context, signal, async (planned) => {
      const explanation = explanationOf(text, planned);
      if (context.settings.format === 'json') printJson(explanationToJson(explanation), context);
      else {
        context.edge.out(`${renderExplanation(explanation, resultStyle(context))}\n`);
        const { source } = explanation;
        const own = planned.diagnostics.filter(
          (found) => source !== undefined && isSame(found.source, source),
        );
        reportDiagnostics(own, planned.texts, context);
      }
      return exitCodes.done;
    }),
  );
}

const isSame = (a: Source | undefined, b: Source): boolean =>
  a !== undefined && a.file === b.file && a.line === b.line && a.column === b.column;

function explanationOf(text: string, planned: Planned): Explanation {
  const address = parseAddress(text);
  const { desired, bindings } = planned.survey.match;
  if (address !== undefined && desired.spaces.has(address)) return ofSpace(address, planned);
  if (address !== undefined && (desired.nodes.has(address) || bindings.byAddress.has(address))) {
    return ofNode(address, planned);
  }
  const known = [...desired.spaces.keys(), ...desired.nodes.keys(), ...bindings.byAddress.keys()];
  throw new CommandFailure([unknownAddress(text, new Set(known))]);
}

function ofSpace(address: Address, { survey, plan, texts }: Planned): Explanation {
  const space = survey.match.desired.spaces.get(address);
  const found = survey.match.spaces.get(address);
  const live = found?.kind === 'live' ? survey.live.spaces.get(found.id) : undefined;
  return {
    ...nothing(address, space?.source, texts),
    rule: found?.kind === 'live' ? found.rule : undefined,
    id: live?.id,
    title: live?.name,
    note: found?.kind === 'hidden' ? 'it may not be read' : undefined,
    steps: plan.steps.filter((step) => step.address === address),
  };
}

function ofNode(address: Address, { survey, plan, texts }: Planned): Explanation {
  const { match, live } = survey;
  const node = match.desired.nodes.get(address);
  const matched = match.nodes.get(address);
  const id = matched?.id ?? (node === undefined ? match.bindings.byAddress.get(address)?.id : undefined);
  const page = id === undefined ? undefined : live.nodes.get(id);
  return {
    ...nothing(address, node?.source, texts),
    rule: matched?.rule,
    id,
    title: page?.title,
    place: page === undefined ? undefined : match.places.addressOf(page),
    former: matched?.former,
    link: page?.url,
    note: noteOf(address, match),
    candidates: node === undefined ? [] : lostCandidates(node, match, live),
    steps: plan.steps.filter((step) => step.address === address),
  };
}

type Fate = Pick<Planned['survey']['match'], 'gone' | 'hidden' | 'isIgnoredAddress'>;

function noteOf(address: Address, { gone, hidden, isIgnoredAddress }: Fate): string | undefined {
  if (hidden.has(address)) return 'its page may not be read';
  if (gone.has(address)) return 'the page that was applied is gone';
  return isIgnoredAddress(address) ? 'what lies below it is ignored' : undefined;
}

function nothing(address: Address, source: Source | undefined, texts: Texts): Explanation {
  const line = source === undefined ? undefined : excerpt(texts.get(source.file) ?? '', source);
  const none = { rule: undefined, id: undefined, title: undefined, place: undefined, former: undefined };
  return { address, source, line, ...none, link: undefined, note: undefined, candidates: [], steps: [] };
}
