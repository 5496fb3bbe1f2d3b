// Colours, by Node's own `styleText`, for whichever stream takes them.

import { styleText } from 'node:util';
import { plainStyle, type Style } from '../render/style.ts';
import type { Context } from './settings.ts';

type Color = keyof Style;

/** `validateStream: false`: whether the stream takes colours was decided at the edge already. */
const paint =
  (color: Color) =>
  (text: string): string =>
    text === '' ? '' : styleText(color, text, { validateStream: false });

const colored: Style = {
  bold: paint('bold'),
  dim: paint('dim'),
  red: paint('red'),
  green: paint('green'),
  yellow: paint('yellow'),
  blue: paint('blue'),
  magenta: paint('magenta'),
  cyan: paint('cyan'),
};

/** For results. */
export function resultStyle({ edge, settings }: Context): Style {
  return settings.color && edge.outHasColors ? colored : plainStyle;
}

/** For everything on stderr. */
export function errorStyle({ edge, settings }: Context): Style {
  return settings.color && edge.errHasColors ? colored : plainStyle;
}
