// Every flag of every command does the same from its environment twin as from the command line.

import type { Command, Option } from 'commander';
import { describe, expect, test } from 'vitest';
import { readTwins, twinOf } from '../../src/cli/flag.ts';
import { buildProgram } from '../../src/cli/program.ts';
import { testEdge } from '../edge.ts';

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

const fresh = async (): Promise<Command[]> =>
  leaves(await buildProgram(testEdge({ cwd: '/' }), () => undefined));

const nameOf = (command: Command): string =>
  command.parent?.parent === null || command.parent === null
    ? command.name()
    : `${command.parent.name()} ${command.name()}`;

/** Some text that the flag takes. */
function sampleFor({ parseArg, argChoices }: Option): string {
  const choice = argChoices?.at(-1);
  if (choice !== undefined) return choice;
  const texts = ['90s', '8080', '5000', '1/3', `sha256:${'a'.repeat(64)}`, 'some/text'];
  const taken = texts.find((text) => {
    try {
      parseArg?.(text, undefined);
      return true;
    } catch {
      return false;
    }
  });
  return taken ?? 'no sample';
}

const isSwitch = (option: Option): boolean => option.isBoolean() || option.negate;

/** The words of the flag, and the text of its twin that means the same. */
function bothOf(option: Option): { readonly words: readonly string[]; readonly text: string } {
  const flag = option.long ?? '';
  if (isSwitch(option)) return { words: [flag], text: 'yes' };
  if (option.variadic) return { words: [flag, 'one', 'two, three'], text: 'one, two\\, three' };
  const sample = sampleFor(option);
  return { words: [flag, sample], text: sample };
}

const flags = (await fresh()).flatMap((command, at) =>
  command.options.map((option) => ({ name: `${nameOf(command)} ${option.long}`, at, long: option.long })),
);

test('there are many', () => expect(flags.length).toBeGreaterThan(100));

describe('the twin of', () => {
  test.each(flags)('$name', async ({ at, long }) => {
    const [written, told] = [(await fresh())[at], (await fresh())[at]];
    const option = written?.options.find((one) => one.long === long);
    if (written === undefined || told === undefined || option === undefined) throw new Error('no such flag');
    const { words, text } = bothOf(option);
    const before = { ...written.opts() };
    expect(written.parseOptions([...words])).toEqual({ operands: [], unknown: [] });
    readTwins(told, { [twinOf(option)]: text });
    expect(told.opts()).toEqual(written.opts());
    expect(twinOf(option)).toMatch(/^WIKIFORM_[A-Z_]+$/);
    if (isSwitch(option)) expect(told.opts()).not.toEqual(before);
  });

  test('a switch is off for anything but 1, true, yes and on', async () => {
    for (const command of await fresh()) {
      for (const option of command.options.filter(isSwitch)) {
        const before = { ...command.opts() };
        for (const text of ['0', 'no', 'false', 'off', 'perhaps', '']) {
          readTwins(command, { [twinOf(option)]: text });
          const value: unknown = command.opts()[option.attributeName()];
          expect(value ?? false, `${twinOf(option)}=${text}`).toBe(before[option.attributeName()] ?? false);
        }
      }
    }
  });
});
