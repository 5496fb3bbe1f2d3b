// Files as people leave them: random values, written with any indentation, in block or flow, in any quotes,
// with anchors and aliases, and with comments and blank lines wherever YAML takes them.

import fc from 'fast-check';

type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Numbers that decide, one after the other, how something is written. */
interface Chance {
  /** From 0 up to, but not including, `bound`. */
  next(bound: number): number;
}

const words = [
  'Welcome',
  'Day one',
  '路线图',
  'a: b',
  '# no comment',
  "it's",
  'say "hi"',
  'back\\slash',
  ' leading',
  'trailing ',
  '',
  'null',
  '1.10',
  '2024-01-01',
  '- dash',
  '? what',
  '[x]',
  '{x}',
  '*star',
  '&and',
  '!bang',
  '%percent',
  '@at',
  '`tick',
  '---',
  'yes',
  '👩‍👩‍👧',
  'e\u0301',
  'a, b',
  'x:',
  ':x',
  'two  blanks',
];

const { map: mappings } = fc.letrec<{ node: Value; map: Value; list: Value; leaf: Value }>((tie) => ({
  leaf: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words) },
    fc.constantFrom<Value>(1, 1.5, true, false, null),
  ),
  list: fc.array(tie('node'), { maxLength: 4 }),
  map: fc.dictionary(fc.constantFrom('title', 'children', 'key', 'nodes', 'a b', 'x-y'), tie('node'), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  node: fc.oneof(
    { maxDepth: 5, depthSize: 'medium' },
    { weight: 2, arbitrary: tie('leaf') },
    { weight: 2, arbitrary: tie('list') },
    { weight: 3, arbitrary: tie('map') },
  ),
}));

/** A mapping as somebody might write it. */
export const messyFiles: fc.Arbitrary<string> = fc
  .tuple(mappings, fc.infiniteStream(fc.nat(1000)))
  .map(([value, stream]) => {
    const numbers = stream[Symbol.iterator]();
    return write(value, { next: (bound) => Number(numbers.next().value ?? 0) % bound });
  });

function write(value: Value, chance: Chance): string {
  const mess = new Mess(chance);
  mess.comments(0);
  if (chance.next(6) === 0) mess.add('---\n');
  mess.node(value, 0, 'root');
  mess.comments(0);
  return mess.text;
}

type Within = 'root' | 'map' | 'list';

class Mess {
  text = '';
  readonly #known: string[] = [];
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  add(text: string): void {
    this.text += text;
  }

  /** Comments and blank lines before something that stands at this column. */
  comments(column: number): void {
    for (let count = this.#chance.next(4) - 1; count > 0; count -= 1) {
      const shift = Math.max(0, column + this.#chance.next(5) - 2);
      this.add(this.#chance.next(2) === 0 ? '\n' : `${' '.repeat(shift)}# comment ${this.text.length}\n`);
    }
  }

  #endLine(): void {
    this.add(this.#chance.next(5) === 0 ? `   # behind ${this.text.length}\n` : '\n');
  }

  /** Writes what stands behind `key:`, `-` or at the root, up to the end of its line. */
  node(value: Value, column: number, within: Within): void {
    const alias = this.#known[this.#chance.next(8 * (this.#known.length + 1))];
    if (alias !== undefined && within !== 'root') {
      this.add(` *${alias}`);
      this.#endLine();
      return;
    }
    const isCollection = typeof value === 'object' && value !== null;
    if (isCollection && within !== 'root' && this.#chance.next(6) === 0) {
      const name = `a${this.text.length}`;
      this.add(` &${name}`);
      this.#block(value, column, within, true);
      this.#known.push(name);
      return;
    }
    this.#block(value, column, within, false);
  }

  #block(value: Value, column: number, within: Within, hasAnchor: boolean): void {
    if (typeof value !== 'object' || value === null) {
      this.#leaf(value, column, within);
      return;
    }
    const size = Array.isArray(value) ? value.length : Object.keys(value).length;
    if (size === 0 || (within !== 'root' && this.#chance.next(4) === 0)) {
      this.add(within === 'root' ? '' : ' ');
      this.#flow(value, column);
      this.#endLine();
      return;
    }
    const isCompact = within === 'list' && !hasAnchor && this.#chance.next(2) === 0;
    const isList = Array.isArray(value);
    const least = within === 'root' || (within === 'map' && isList) ? 0 : 1;
    const own = isCompact ? column + 1 + this.#chance.next(3) : column + least + this.#chance.next(4);
    const at = within === 'root' ? 0 : isCompact ? own + 1 : own;
    if (isCompact) this.add(' '.repeat(at - column - 1));
    else if (within !== 'root') this.#endLine();
    this.#items(value, at, isCompact);
  }

  #items(value: object, column: number, isCompact: boolean): void {
    const entries = Array.isArray(value) ? value.map((item) => ['', item] as const) : Object.entries(value);
    entries.forEach(([key, item], index) => {
      if (index > 0 || !isCompact) {
        this.comments(column);
        this.add(' '.repeat(column));
      }
      if (Array.isArray(value)) this.add('-');
      else this.add(`${this.#scalar(key, 'key')}:`);
      this.node(item, column, Array.isArray(value) ? 'list' : 'map');
    });
  }

  #leaf(value: Value, column: number, within: Within): void {
    if (typeof value === 'string' && this.#chance.next(12) === 0 && /^\S.*\S$/.test(value)) {
      this.add(` ${this.#chance.next(2) === 0 ? '|' : '>-'}\n`);
      const blanks = ' '.repeat(column + 1 + this.#chance.next(4));
      this.add(`${blanks}${value}\n\n${blanks}  more\n`);
      return;
    }
    if (within !== 'root' && this.#chance.next(10) === 0) {
      this.#endLine();
      this.comments(column + 1);
      this.add(' '.repeat(column + 1));
    }
    this.add(`${' '.repeat(1 + this.#chance.next(2))}${this.#scalar(value, 'value')}`);
    this.#endLine();
  }

  #scalar(value: Value, place: 'key' | 'value' | 'flow'): string {
    if (typeof value !== 'string') return value === null ? 'null' : JSON.stringify(value);
    const isPlain =
      /^[\p{L}\p{So}](\p{L}|\p{M}|\p{N}|\u200d|\p{So}| |-)*$/u.test(value) && !/ $|^(null|yes)$/.test(value);
    const style = this.#chance.next(3);
    if (isPlain && style === 0) return value;
    if (style === 1) return `'${value.replaceAll("'", "''")}'`;
    if (place === 'value' && / \b/.test(value) && isPlain && this.#chance.next(4) === 0) {
      return `"${value.replace(' ', `\n${' '.repeat(40)}`)}"`;
    }
    return JSON.stringify(value);
  }

  #flow(value: Value, column: number): void {
    if (typeof value !== 'object' || value === null) {
      this.add(this.#scalar(value, 'flow'));
      return;
    }
    const isList = Array.isArray(value);
    const entries = isList ? value.map((item) => ['', item] as const) : Object.entries(value);
    this.add(isList ? '[' : '{');
    entries.forEach(([key, item], index) => {
      this.#flowGap(column);
      if (!isList) this.add(`${this.#scalar(key, 'key')}: `);
      this.#flow(item, column);
      if (index < entries.length - 1 || this.#chance.next(4) === 0) this.add(',');
    });
    this.#flowGap(column);
    this.add(isList ? ']' : '}');
  }

  #flowGap(column: number): void {
    const kind = this.#chance.next(12);
    const blanks = ' '.repeat(column + 1 + this.#chance.next(3));
    if (kind === 0) this.add(` # within ${this.text.length}\n${blanks}`);
    else if (kind === 1) this.add(`\n${blanks}# alone ${this.text.length}\n\n${blanks}`);
    else if (kind === 2) this.add(`\n${blanks}`);
    else if (kind < 7) this.add(' ');
  }
}
