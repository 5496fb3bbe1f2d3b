// The words of a line as a shell reads them, for a line that is still being typed: quotes may be open.
// Nothing is expanded, and above all nothing is run.

export interface ShellWords {
  /** All but the one being typed. */
  readonly before: readonly string[];
  readonly current: string;
  /** The current word as it stands there, quotes and all. */
  readonly raw: string;
}

export function shellWords(line: string): ShellWords {
  const before: string[] = [];
  let word: string | undefined;
  let quote = '';
  let start = line.length;
  for (let at = 0; at < line.length; at += 1) {
    const sign = line.charAt(at);
    const isBlank = quote === '' && /\s/.test(sign);
    if (isBlank) {
      if (word !== undefined) before.push(word);
      word = undefined;
      start = line.length;
      continue;
    }
    if (word === undefined) start = at;
    word ??= '';
    if (quote === '' && (sign === "'" || sign === '"')) quote = sign;
    else if (sign === quote) quote = '';
    else if (sign === '\\' && quote !== "'" && isEscaped(line.charAt(at + 1), quote)) {
      word += line.charAt(at + 1);
      at += 1;
    } else word += sign;
  }
  return { before, current: word ?? '', raw: line.slice(start) };
}

/** Between double quotes a backslash stands for itself before most signs. */
const isEscaped = (next: string, quote: string): boolean =>
  next !== '' && (quote === '' || /["\\$`]/.test(next));
