// Reads the fields of parsed JSON whose shape is not yet known.

/** Thrown at the first field that is not what it must be; `restoreWorld` turns it into a diagnostic. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** @throws {Malformed} always. */
export function malformed(problem: string): never {
  throw new Malformed(problem);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One object's fields. Every reader throws `Malformed` where the field is missing or of another type. */
export class Fields {
  readonly #source: Record<string, unknown>;
  readonly #what: string;

  /** `what` names the object in the problem's text. @throws {Malformed} where it is none. */
  constructor(source: unknown, what: string) {
    this.#source = isRecord(source) ? source : malformed(`${what} is not an object`);
    this.#what = what;
  }

  value(name: string): unknown {
    return Object.hasOwn(this.#source, name) ? this.#source[name] : undefined;
  }

  text(name: string): string {
    const found = this.value(name);
    return typeof found === 'string' ? found : this.#wrong(name);
  }

  textOrNull(name: string): string | null {
    return this.value(name) === null ? null : this.text(name);
  }

  /** A whole number, not negative. */
  count(name: string): number {
    const found = this.value(name);
    return typeof found === 'number' && Number.isSafeInteger(found) && found >= 0 ? found : this.#wrong(name);
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const found = this.value(name);
    return choices.find((choice) => choice === found) ?? this.#wrong(name);
  }

  list(name: string): Fields[] {
    return this.#items(name).map((item) => new Fields(item, `one of "${name}"`));
  }

  texts(name: string): string[] {
    return this.#items(name).map((item) => (typeof item === 'string' ? item : this.#wrong(name)));
  }

  #items(name: string): unknown[] {
    const found = this.value(name);
    return Array.isArray(found) ? found : this.#wrong(name);
  }

  #wrong(name: string): never {
    return malformed(`${this.#what} has a wrong or missing "${name}"`);
  }
}
