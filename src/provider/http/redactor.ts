// Keeps secrets out of everything people read. Every secret the process sends or is issued is told
// to the redactor first; every text from the outside passes through it before it becomes part of a
// message or an event. Invariant: text is redacted whole and cut afterwards, so that no cut leaves
// half a secret standing.

const mask = '[redacted]';

/** The ways in which a server may echo a secret: as it is, inside JSON, URLs, forms and headers. */
function spellings(secret: string): string[] {
  // encodeURIComponent refuses half a surrogate pair.
  const encoded = encodeURIComponent(secret.replace(/\p{Surrogate}/gu, '\uFFFD'));
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encoded,
    encoded.replaceAll('%20', '+'),
    Buffer.from(secret).toString('base64'),
  ];
}

const escapeForRegExp = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

export class Redactor {
  readonly #spellings = new Set<string>();
  #pattern: RegExp | undefined;

  constructor(secrets: Iterable<string | undefined> = []) {
    for (const secret of secrets) this.add(secret);
  }

  /** From now on this never shows; an empty secret is none. */
  add(secret: string | undefined): void {
    if (secret === undefined || secret === '') return;
    for (const spelling of spellings(secret)) this.#spellings.add(spelling);
    this.#pattern = undefined;
  }

  /** The text with every secret replaced, in any case of letters (`%2f` is `%2F`). */
  clean(text: string): string {
    if (this.#spellings.size === 0) return text;
    this.#pattern ??= this.#compile();
    return text.replace(this.#pattern, mask);
  }

  /** What the outside said, fit for one line of a message: redacted, without control characters, cut. */
  quote(text: string, maxLength = 400): string {
    const line = this.clean(text)
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .trim();
    return line.length <= maxLength ? line : `${line.slice(0, maxLength).replace(/\p{Surrogate}$/u, '')}…`;
  }

  /** Longest first, so that a secret which begins like another does not leave the other's tail. */
  #compile(): RegExp {
    const longestFirst = [...this.#spellings].sort((a, b) => b.length - a.length);
    return new RegExp(longestFirst.map(escapeForRegExp).join('|'), 'gi');
  }
}
