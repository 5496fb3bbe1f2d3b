// How an address was matched, in words.

import type { Source } from '../diagnostic/source.ts';
import type { Rule } from '../diff/match.ts';
import type { Step } from '../schedule/plan.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import { oneLine } from './clip.ts';
import { formatSource } from './diagnostics.ts';
import { glyphOf, painted } from './glyph.ts';
import { noteOf, tagOf } from './step-note.ts';
import type { Style } from './style.ts';

/** A live page that might have been the one, and why it is not. */
interface Candidate {
  readonly id: NodeId;
  readonly why: string;
}

export interface Explanation {
  readonly address: Address;
  /** `undefined` for an address that is bound and no longer declared. */
  readonly source: Source | undefined;
  /** The line of the manifest, as much of it as a screen can show. */
  readonly line: string | undefined;
  /** How it was matched; `name` is for spaces; `undefined`: with nothing. */
  readonly rule: Rule | 'name' | undefined;
  readonly id: NodeId | SpaceId | undefined;
  /** The title and the place of the live page. */
  readonly title: string | undefined;
  readonly place: Address | undefined;
  /** The address that bound the page before. */
  readonly former: Address | undefined;
  readonly link: string | undefined;
  /** Why it has no page, where the rule does not say: hidden, gone, ignored. */
  readonly note: string | undefined;
  readonly candidates: readonly Candidate[];
  /** The plan's steps for this address. */
  readonly steps: readonly Step[];
}

export function renderExplanation(explanation: Explanation, style: Style): string {
  const { address, candidates, steps } = explanation;
  const facts = factsOf(explanation);
  const width = facts.reduce((most, [name]) => Math.max(most, name.length), 0);
  const blocks = [
    [style.bold(oneLine(address))],
    facts.map(([name, text]) => `  ${style.dim(name.padEnd(width))}  ${oneLine(text)}`),
    titled(
      'Not taken',
      candidates.map(({ id, why }) => `${oneLine(id)}  ${oneLine(why)}`),
      style,
    ),
    steps.length === 0
      ? ['Nothing to do.']
      : titled(
          'To do',
          steps.map((step) => stepLine(step, style)),
          style,
        ),
  ];
  const filled = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'));
  return filled.join('\n\n').replace('\n\n', '\n');
}

function factsOf(explanation: Explanation): (readonly [name: string, text: string])[] {
  const { source, line, id, title, place, link, note, rule } = explanation;
  const facts: (readonly [string, string | undefined])[] = [
    ['declared', source === undefined ? 'no longer' : formatSource(source)],
    ['', line?.trim()],
    ['matched', matchedBy(explanation)],
    ['note', note],
    [place === undefined && rule !== undefined ? 'space' : 'page', id],
    ['title', title],
    ['place', place],
    ['link', link],
  ];
  return facts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
}

function matchedBy({ rule, former, source }: Explanation): string | undefined {
  switch (rule) {
    case 'id':
      return 'by the id in the manifest';
    case 'binding':
      return 'by its binding: the state remembers which page this address is';
    case 'moved-from':
      return `by movedFrom: the page that was ${former}`;
    case 'carried':
      return `with the page above it: the same key stood below its former place, as ${former}`;
    case 'inferred':
      return `inferred: ${former} left the manifest, and each is the other's only candidate`;
    case 'adopted':
      return 'by place and title: the only such page there, and no address had it';
    case 'name':
      return 'by its name: the only visible space of that name';
    case undefined:
      return source === undefined ? undefined : 'with nothing';
  }
}

function titled(title: string, lines: readonly string[], style: Style): string[] {
  return lines.length === 0 ? [] : [style.bold(title), ...lines.map((line) => `  ${line}`)];
}

function stepLine(step: Step, style: Style): string {
  const glyph = glyphOf(step);
  const verb = {
    'create-space': 'create',
    'create-node': 'create',
    'copy-node': 'copy',
    'move-node': 'move',
    'rename-node': 'rename',
  }[step.kind];
  return `${painted(glyph, glyph, style)} ${verb}: ${[noteOf(step), tagOf(step)].join(' ').trimEnd()}`;
}
