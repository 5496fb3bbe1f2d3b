// One sign per change, and its colour. The signs are the contract of the plan's text.

import { assertNever } from '../diagnostic/invariant.ts';
import type { Step } from '../schedule/plan.ts';
import type { Style } from './style.ts';

/** Create, copy, moved here, moved away, rename, adopt, blocked; of drift alone: gone. */
export type Glyph = '+' | '⧉' | '→' | '←' | '~' | '=' | '!' | '−';

/** The sign at the place where the step leaves the page. */
export function glyphOf(step: Step): Glyph {
  if (step.blocked !== undefined) return '!';
  switch (step.kind) {
    case 'create-space':
    case 'create-node':
      return '+';
    case 'copy-node':
      return '⧉';
    case 'move-node':
      return '→';
    case 'rename-node':
      return '~';
    default:
      return assertNever(step.kind);
  }
}

export function painted(glyph: Glyph, text: string, style: Style): string {
  switch (glyph) {
    case '+':
    case '⧉':
      return style.green(text);
    case '→':
      return style.cyan(text);
    case '←':
      return style.magenta(text);
    case '~':
      return style.yellow(text);
    case '=':
      return style.blue(text);
    case '!':
    case '−':
      return style.red(text);
    default:
      return assertNever(glyph);
  }
}
