// Which spaces are meant: those named, all that are visible, or what a person at the terminal picks from
// the list of them.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Provider } from '../provider/provider.ts';
import { compareText, type SpaceId, spaceId } from '../tree/identifier.ts';
import type { LiveSpace } from '../tree/live.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';

export interface ChoiceOptions {
  readonly ids: readonly string[];
  readonly all: boolean;
}

/** @throws {CommandFailure} when nothing is named, and nobody can be asked. */
export async function chooseSpaces(
  { ids, all }: ChoiceOptions,
  provider: Provider,
  context: Context,
  signal: AbortSignal,
): Promise<readonly SpaceId[]> {
  if (ids.length > 0) return [...new Set(ids)].map(spaceId);
  const { spaces } = await provider.read({ kind: 'list-spaces' }, signal);
  const visible = [...spaces].sort((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
  if (visible.length === 0) throw new CommandFailure([noneVisible(provider)]);
  if (all) return visible.map(({ id }) => id);
  const { edge, settings } = context;
  if (!edge.isInteractive || !settings.input) throw new CommandFailure([noneNamed(visible)]);
  edge.err(`${visible.map(({ name, id }, index) => `${index + 1}) ${oneLine(name)}  ${id}`).join('\n')}\n`);
  const chosen = picked(await edge.ask('Which ones? Numbers such as 1,3-5, or all: '), visible);
  if (chosen === undefined) throw new CommandFailure([notUnderstood(visible.length)]);
  return chosen.map(({ id }) => id);
}

const oneLine = (name: string): string => name.replace(/\s+/g, ' ');

/** `undefined` where it is neither `all` nor numbers of the list. */
function picked(answer: string, visible: readonly LiveSpace[]): readonly LiveSpace[] | undefined {
  if (/^\s*all\s*$/i.test(answer)) return visible;
  const numbers = new Set<number>();
  for (const part of answer.split(/[\s,]+/).filter((text) => text !== '')) {
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? [];
    const from = Number(first ?? 0);
    const to = Number(last ?? from);
    if (from < 1 || to > visible.length || to < from) return undefined;
    for (let number = from; number <= to; number += 1) numbers.add(number);
  }
  return numbers.size === 0 ? undefined : visible.filter((_, index) => numbers.has(index + 1));
}

function noneVisible({ identity }: Provider): Diagnostic {
  return diagnostic('SPACE_NOT_FOUND', {
    detail: `The ${identity} sees no space.`,
    help: 'Make it a member of the space with the right to edit, or use the credentials of somebody who is.',
  });
}

/** Spaces that a message lists. */
const mostListed = 20;

function noneNamed(visible: readonly LiveSpace[]): Diagnostic {
  const listed = visible.slice(0, mostListed).map(({ name, id }) => `${id} (${oneLine(name)})`);
  const more = visible.length > mostListed ? ` and ${visible.length - mostListed} more` : '';
  return diagnostic('USAGE', {
    detail: `No space is named. Visible are ${listed.join(', ')}${more}.`,
    help: 'Name spaces by their ids, or take all with --all.',
  });
}

function notUnderstood(count: number): Diagnostic {
  return diagnostic('USAGE', {
    detail: 'No space was chosen.',
    help: `Answer with numbers from 1 to ${count}, or all.`,
  });
}
