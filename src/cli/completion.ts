// What may stand next on a command line, out of the commands as they are declared: a new flag is completed
// without a word here. What a value may be follows from what its placeholder is called.

import type { Argument, Command, Option } from 'commander';

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** `files`: whatever the shell finds. `open`: more may follow at once, so no blank is added. */
export interface Completion {
  readonly kind: 'values' | 'open' | 'files';
  readonly candidates: readonly Candidate[];
}

/** What the manifest declares; looked up only where it is asked for. */
export interface Declared {
  /** Addresses that begin like this, and go on to the next `/` at most. */
  addresses(start: string): Completion;
  spaces(): readonly string[];
}

const nothing: Completion = { kind: 'values', candidates: [] };

/** @param before - the words behind `wikiform`, without the one being typed. */
export function completionsFor(
  program: Command,
  before: readonly string[],
  current: string,
  declared: Declared,
): Completion {
  const { command, pending, places, isPastFlags } = walk(program, before);
  const isNextFlag = pending?.variadic === true && current.startsWith('-');
  if (pending !== undefined && !isNextFlag) return valuesOf(pending, current, declared);
  if (!isPastFlags && current.startsWith('-')) {
    const [flag = '', value] = splitOnce(current);
    const option = value === undefined ? undefined : findOption(command, flag);
    if (option === undefined) return only(flagsOf(command), current);
    const { kind, candidates } = valuesOf(option, value ?? '', declared);
    return { kind, candidates: candidates.map((one) => ({ ...one, value: `${flag}=${one.value}` })) };
  }
  if (command.commands.length > 0) return places > 0 ? nothing : only(commandsOf(command), current);
  const argument = argumentAt(command, places);
  return argument === undefined ? nothing : valuesOf(argument, current, declared);
}

interface Walked {
  readonly command: Command;
  /** The flag whose value comes next, or may: some take several. */
  readonly pending: Option | undefined;
  /** Arguments that stand there already. */
  readonly places: number;
  readonly isPastFlags: boolean;
}

function walk(program: Command, words: readonly string[]): Walked {
  let command = program;
  let pending: Option | undefined;
  let places = 0;
  let isPastFlags = false;
  for (const word of words) {
    const isFlag = !isPastFlags && word.startsWith('-') && word !== '-';
    if (pending !== undefined && !(pending.variadic && isFlag)) {
      // A flag that takes several goes on taking them.
      if (!pending.variadic) pending = undefined;
    } else if (word === '--') isPastFlags = true;
    else if (isFlag) {
      const option = word.includes('=') ? undefined : findOption(command, word);
      pending = option?.required === true ? option : undefined;
    } else {
      const next = command.commands.find((one) => one.name() === word);
      if (next === undefined) places += 1;
      else command = next;
    }
  }
  return { command, pending, places, isPastFlags };
}

const findOption = (command: Command, flag: string): Option | undefined =>
  command.options.find(({ short, long }) => flag === short || flag === long);

function argumentAt({ registeredArguments }: Command, place: number): Argument | undefined {
  const last = registeredArguments.at(-1);
  return registeredArguments[place] ?? (last?.variadic === true ? last : undefined);
}

function splitOnce(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('=');
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
}

function valuesOf(wanted: Option | Argument, current: string, declared: Declared): Completion {
  if (wanted.argChoices !== undefined) return only(wanted.argChoices.map(plain), current);
  const name = 'flags' in wanted ? wanted.flags : wanted.name();
  if (/file/.test(name.replace(/^.*</, ''))) return { kind: 'files', candidates: [] };
  if (/address/.test(name)) return declared.addresses(current);
  if (/<(?:key|space)/.test(name)) return only(declared.spaces().map(plain), current);
  return nothing;
}

const plain = (value: string): Candidate => ({ value, description: '' });

function only(candidates: readonly Candidate[], current: string): Completion {
  return { kind: 'values', candidates: candidates.filter(({ value }) => value.startsWith(current)) };
}

const flagsOf = (command: Command): Candidate[] =>
  command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long === undefined ? [] : [{ value: long, description }]));

const commandsOf = (command: Command): Candidate[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((one) => ({ value: one.name(), description: one.description() }));
