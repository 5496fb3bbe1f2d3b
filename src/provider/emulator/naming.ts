// The vendor's rules for names, checked where something comes or is called otherwise.

import { refuse } from './refusal.ts';
import { type Place, siblingsAt, type World, type WorldNode } from './world.ts';

/** The title as the vendor keeps it. @throws {Refusal} `illegal` for one that it does not take. */
export function settleTitle({ rules: { names } }: World, title: string): string {
  const kept = names.keepsBlanks ? title : title.trim();
  const isIllegal =
    (kept === '' && !names.mayBeEmpty) ||
    names.forbidden.some((sign) => kept.includes(sign)) ||
    names.forbiddenLast.some((sign) => kept.endsWith(sign));
  if (isIllegal) refuse('illegal', 'the name is illegal');
  return kept;
}

type Look = Pick<WorldNode, 'title' | 'type' | 'kind'>;

/** @throws {Refusal} `taken` where a sibling of the type has the title; `self` may keep its own. */
export function requireFreeTitle({ rules }: World, place: Place, look: Look, self?: WorldNode): void {
  if (rules.siblingNames === 'free') return;
  const isTaken = siblingsAt(place).some(
    (other) =>
      other !== self && other.title === look.title && other.type === look.type && other.kind === look.kind,
  );
  if (isTaken) refuse('taken', 'a node of this name exists already');
}
