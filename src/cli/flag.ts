// Flags and their environment twins. Every flag `--like-this` is also WIKIFORM_LIKE_THIS; the command
// line wins. A boolean twin is on for 1, true, yes and on, off for the rest; a list is parted by commas.

import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseShare, type Share } from '../tree/share.ts';
import type { Edge } from './edge.ts';
import { logLevels, parseDuration } from './settings.ts';

/** The name of the flag's environment twin. */
export function twinOf(option: Option): string {
  return `WIKIFORM_${option.name().replace(/^no-/, 'NO_').replaceAll('-', '_').toUpperCase()}`;
}

/**
 * Fills in what the command line does not say.
 *
 * @throws {InvalidArgumentError} when a twin holds what the flag cannot.
 */
export function readTwins(command: Command, env: Edge['env']): void {
  for (const option of command.options) {
    const text = env[twinOf(option)];
    const source = command.getOptionValueSource(option.attributeName());
    if (text === undefined || text === '' || (source !== undefined && source !== 'default')) continue;
    if (isMeantForAnother(command, option, text)) continue;
    command.setOptionValueWithSource(option.attributeName(), fromTwin(option, text), 'env');
  }
}

/** One environment serves all commands: WIKIFORM_FORMAT=markdown is for those that have Markdown. */
function isMeantForAnother(command: Command, option: Option, text: string): boolean {
  if (option.argChoices === undefined || option.argChoices.includes(text)) return false;
  let root = command;
  while (root.parent !== null) root = root.parent;
  const all = [root];
  for (const one of all) all.push(...one.commands);
  const isSame = ({ long, argChoices }: Option): boolean =>
    long === option.long && argChoices?.includes(text) === true;
  return all.some(({ options }) => options.some(isSame));
}

function fromTwin(option: Option, text: string): unknown {
  if (option.isBoolean() || option.negate) return isOn(text) !== option.negate;
  if (option.argChoices !== undefined && !option.argChoices.includes(text)) {
    throw new InvalidArgumentError(
      `${twinOf(option)} is ${JSON.stringify(text)}; allowed are ${option.argChoices.join(', ')}.`,
    );
  }
  if (option.variadic) return listed(text);
  return option.parseArg === undefined ? text : parseTwin(option, option.parseArg, text);
}

/** A list in one text: parted by commas; a comma that belongs to a word is written `\,`. */
function listed(text: string): string[] {
  const words = text.split(/(?<!\\),/).map((word) => word.trim().replaceAll('\\,', ','));
  return words.filter((word) => word !== '');
}

/** A flag's own message does not say that it was the environment that spoke. */
function parseTwin(option: Option, parse: NonNullable<Option['parseArg']>, text: string): unknown {
  try {
    return parse(text, undefined);
  } catch (error) {
    if (!(error instanceof InvalidArgumentError)) throw error;
    throw new InvalidArgumentError(`${twinOf(option)} is ${JSON.stringify(text)}. ${error.message}`);
  }
}

export const isOn = (text: string): boolean => /^(1|true|yes|on)$/i.test(text);

/** Adds the flags that every command has. */
export function addGlobalFlags(command: Command, formats: readonly string[]): Command {
  return command
    .option('-f, --file <file>', 'the manifest', 'wikiform.yaml')
    .option('--state <file>', 'where the state is kept, instead of where the manifest says')
    .addOption(
      new Option('--format <format>', 'how results are written').choices([...formats]).default(formats[0]),
    )
    .option('--emulator', 'work on the embedded emulator: no network, no credentials')
    .option('--no-color', 'write no colours (also NO_COLOR; FORCE_COLOR writes them in a pipe)')
    .addOption(
      new Option('--log-level <level>', 'how much is told on stderr').choices([...logLevels]).default('info'),
    )
    .addOption(
      new Option('--call-timeout <duration>', 'how long one call may go unanswered, retries included')
        .argParser(duration)
        .default(120_000, '2m'),
    )
    .option('--no-input', 'never ask');
}

/** A duration, or 0 for none at all. */
export function durationOrNone(text: string): number {
  return text.trim() === '0' ? 0 : duration(text);
}

export function duration(text: string): number {
  const ms = parseDuration(text);
  if (ms === undefined) throw new InvalidArgumentError('Write a duration such as 90s, 2m or 1h30m.');
  return ms;
}

export function positiveNumber(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number > 0) return number;
  throw new InvalidArgumentError('Write a whole number from 1 on.');
}

export function share(text: string): Share {
  const parsed = parseShare(text);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError('Write a part of the whole, such as 1/3 for one of three runners.');
}

export function portNumber(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('Write a port from 0 to 65535; 0 takes any free one.');
}

/** Below this not even a heading has room. */
const leastBytes = 100;

export function byteCount(text: string): number {
  const bytes = Number(text);
  if (Number.isSafeInteger(bytes) && bytes >= leastBytes) return bytes;
  throw new InvalidArgumentError(`Write a number of bytes from ${leastBytes}.`);
}
