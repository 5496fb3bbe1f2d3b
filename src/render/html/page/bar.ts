// The bar above the trees: search, kinds of change, folding, light and dark, help.

import type { PageRow } from '../page-data.ts';
import { element, part } from './element.ts';
import { keyHelp } from './keyboard.ts';
import { type Filter, filters, filtersOf, signOf, thousands } from './word.ts';

export interface BarActions {
  find(text: string, kinds: ReadonlySet<Filter>): void;
  foldAll(): void;
  unfoldChanges(): void;
  unfoldAll(): void;
  /** The colours are others now. */
  repaint(): void;
}

export interface Bar {
  readonly element: HTMLElement;
  readonly focusSearch: () => void;
  readonly toggleHelp: () => void;
  /** Says how much is in sight. */
  readonly tell: (text: string) => void;
}

export function makeBar(rows: readonly PageRow[], actions: BarActions): Bar {
  const input = element('input', {
    type: 'search',
    id: 'search',
    placeholder: 'Search  /',
    'aria-label': 'Search titles, addresses and reasons',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  const kinds = new Set<Filter>();
  const find = (): void => actions.find(input.value, kinds);
  input.addEventListener('input', find);
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') {
      input.value = '';
      find();
    }
    if (key === 'Escape' || key === 'Enter') input.blur();
  });
  const chips = [...countKinds(rows)].map(([kind, count]) =>
    chip(kind, count, (isOn) => {
      if (isOn) kinds.add(kind);
      else kinds.delete(kind);
      find();
    }),
  );
  const told = element('output', { id: 'told', 'aria-live': 'polite' });
  const help = helpDialog();
  const made = element(
    'div',
    { id: 'bar' },
    input,
    element('div', { class: 'chips', role: 'group', 'aria-label': 'Kinds of change' }, ...chips),
    told,
    element(
      'div',
      { class: 'buttons' },
      button('Fold all', 'Fold everything', actions.foldAll),
      button('Changes', 'Unfold what changes', actions.unfoldChanges),
      button('Unfold all', 'Unfold everything', actions.unfoldAll),
      button('◐', 'Light or dark', () => {
        turnTheme();
        actions.repaint();
      }),
      button('?', 'Keys', () => help.showModal()),
    ),
    help,
  );
  return {
    element: made,
    focusSearch: () => input.select(),
    toggleHelp: () => (help.open ? help.close() : help.showModal()),
    tell: (text) => {
      part('told').textContent = text;
    },
  };
}

/** How many pages there are of each kind; a page that moves counts where it comes to. */
function countKinds(rows: readonly PageRow[]): ReadonlyMap<Filter, number> {
  const counts = new Map<Filter, number>();
  for (const { marks = [] } of rows) {
    const kinds = new Set(marks.filter(({ kind }) => kind !== 'leave').flatMap(filtersOf));
    for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return new Map(filters.flatMap((kind) => (counts.has(kind) ? [[kind, counts.get(kind) ?? 0]] : [])));
}

function chip(kind: Filter, count: number, onChange: (isOn: boolean) => void): HTMLElement {
  const sign = signOf(kind);
  const made = element(
    'button',
    { type: 'button', class: `chip ${kind}`, 'aria-pressed': 'false' },
    ...(sign === undefined ? [] : [element('span', { class: `sign ${kind}`, 'aria-hidden': 'true' }, sign)]),
    `${kind} `,
    element('b', {}, thousands(count)),
  );
  made.addEventListener('click', () => {
    const isOn = made.getAttribute('aria-pressed') !== 'true';
    made.setAttribute('aria-pressed', String(isOn));
    onChange(isOn);
  });
  return made;
}

function button(label: string, title: string, onClick: () => void): HTMLElement {
  const made = element('button', { type: 'button', title, 'aria-label': title }, label);
  made.addEventListener('click', onClick);
  return made;
}

/** From what the reader's system says to the other, and back. */
function turnTheme(): void {
  const { dataset } = document.documentElement;
  const isDark =
    dataset.theme === undefined
      ? matchMedia('(prefers-color-scheme: dark)').matches
      : dataset.theme === 'dark';
  dataset.theme = isDark ? 'light' : 'dark';
}

function helpDialog(): HTMLDialogElement {
  const list = element('dl', {});
  for (const [keys, what] of keyHelp) {
    const names = keys.split(' ').flatMap((key) => [element('kbd', {}, key), ' ']);
    list.append(element('div', {}, element('dt', {}, ...names), element('dd', {}, what)));
  }
  const close = element('button', { autofocus: true }, 'Close');
  const form = element('form', { method: 'dialog' }, element('h2', {}, 'Keys'), list, close);
  return element('dialog', { id: 'help', 'aria-label': 'Keys' }, form);
}
