// The documents say what is so: the README's plan is the one that is printed, every field, flag and code
// is named, and nothing is named that does not exist.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exitCodes } from '../src/cli/exit-code.ts';
import { buildProgram } from '../src/cli/program.ts';
import { run } from '../src/cli/run.ts';
import { summaries } from '../src/diagnostic/code.ts';
import { present } from '../src/diagnostic/invariant.ts';
import { capabilitiesByVendor } from '../src/provider/registry.ts';
import { manifestSchema } from '../src/schema/manifest-schema.ts';
import { testEdge } from './edge.ts';
import { compileText } from './manifest/memory-files.ts';
import { vendorTable } from './vendor-table.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const documents = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`),
].filter((name) => name.endsWith('.md'));

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocksIn(text: string): Block[] {
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = '', body = '']) => ({
    language,
    text: body,
  }));
}

const readme = read('README.md');

describe('the example at the head of the README', () => {
  const edit = present(
    blocksIn(readme).find(({ language }) => language === 'diff'),
    'the edit',
  ).text;
  const side = (sign: '-' | '+'): string =>
    edit
      .split('\n')
      .filter((line) => line.startsWith(' ') || line.startsWith(sign))
      .map((line) => line.slice(1))
      .join('\n');

  test.each(['-', '+'] as const)('is a manifest on its side %s', (sign) => {
    expect(compileText(side(sign)).diagnostics).toEqual([]);
  });

  test('makes the plan that stands below it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wikiform-docs-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const wikiform = async (...words: string[]): Promise<string> => {
      const edge = testEdge({ cwd: folder });
      expect(await run([...words, '--emulator'], edge), edge.stderr()).toBe(0);
      return edge.stdout();
    };
    writeFileSync(join(folder, 'wikiform.yaml'), side('-'));
    await wikiform('apply', '--auto-approve');
    writeFileSync(join(folder, 'wikiform.yaml'), side('+'));
    const shown = present(
      blocksIn(readme).find(({ language }) => language === 'text'),
      'the plan',
    ).text;
    expect(await wikiform('plan')).toBe(shown);
  });
});

describe('manifests in the documents', () => {
  const manifests = documents.flatMap((name) =>
    blocksIn(read(name))
      .filter(({ language, text }) => language === 'yaml' && text.startsWith('# wikiform.yaml\n'))
      .map(({ text }, index) => ({ name: `${name} ${index + 1}`, text })),
  );

  test('there are some', () => {
    expect(manifests.length).toBeGreaterThan(3);
  });

  test.each(manifests)('$name compiles', ({ text }) => {
    expect(compileText(text).diagnostics).toEqual([]);
  });
});

/** Every name that stands under `properties`, wherever in the schema. */
function propertiesOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(propertiesOf);
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) =>
    key === 'properties' && typeof value === 'object' && value !== null
      ? [...Object.keys(value), ...Object.values(value).flatMap(propertiesOf)]
      : propertiesOf(value),
  );
}

const isNamed = (name: string, text: string): boolean =>
  new RegExp(`(^|[^\\w-])${name.replace(/[$]/g, '\\$')}([^\\w-]|$)`, 'm').test(text);

test('docs/manifest.md names every field of the schema', () => {
  const fields = [...new Set(propertiesOf(manifestSchema))];
  expect(fields).toContain('maxAffectedPercent');
  /** Only what is set as code counts: `copy` and `state` are words, too. */
  const code = [...read('docs/manifest.md').matchAll(/`[^`\n]+`|^```[\s\S]*?^```$/gm)].join('\n');
  expect(fields.filter((field) => !isNamed(field, code))).toEqual([]);
});

const program = await buildProgram(testEdge({ cwd: root }), () => undefined);

describe('commands and flags', () => {
  const commands = program.commands.map((command) => command.name());

  test('every command is in the README, with every flag there or in docs/commands.md', () => {
    const text = readme + read('docs/commands.md');
    const flags = [program, ...program.commands].flatMap(({ options }) =>
      options.flatMap(({ short, long }) => [short, long]).filter((flag) => flag !== undefined),
    );
    expect(flags).toContain('--peel-unmanaged');
    expect(commands.filter((name) => !isNamed(`wikiform ${name}`, readme))).toEqual([]);
    expect(flags.filter((flag) => !isNamed(flag, text))).toEqual([]);
  });

  test('no command is named that does not exist', () => {
    const known = new Set([...commands, 'help']);
    const named = documents.flatMap((name) =>
      [...read(name).matchAll(/(?:`|^(?:\$ )?)wikiform ([a-z]+)/gm)].map(([, command = '']) => ({
        name,
        command,
      })),
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter(({ command }) => !known.has(command))).toEqual([]);
  });
});

test('the README lists the exit codes', () => {
  const section = present(/^## Exit codes$[\s\S]*?(?=^## )/m.exec(readme), 'the section')[0];
  const listed = [...section.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
  expect(listed).toEqual(Object.values(exitCodes).toSorted((a, b) => a - b));
});

test("the README's table of vendors is made from what they can do", () => {
  const section = present(/^## Vendors$[\s\S]*?(?=^## )/m.exec(readme), 'the section')[0];
  const table = present(/^\|[\s\S]*\|$/m.exec(section), 'the table')[0];
  if (process.env.UPDATE_GOLDEN !== undefined && table !== vendorTable()) {
    writeFileSync(
      join(root, 'README.md'),
      readme.replace(table, () => vendorTable()),
    );
    return;
  }
  expect(table).toBe(vendorTable());
});

test('the README names every variable that holds credentials', () => {
  const section = present(/^## Credentials$[\s\S]*?(?=^## )/m.exec(readme), 'the section')[0];
  for (const { environmentPrefix, credentials } of Object.values(capabilitiesByVendor)) {
    for (const { variable } of [...credentials.app, ...credentials.user]) {
      expect(section).toContain(`${environmentPrefix}_${variable}`);
    }
  }
});

test('docs/diagnostics.md has each code once, under its summary, and no other', () => {
  const entries = [...read('docs/diagnostics.md').matchAll(/^### (\w+)\n\n(.*?)\. /gm)];
  expect(entries.map(([, code, summary]) => ({ code, summary }))).toEqual(
    Object.entries(summaries).map(([code, summary]) => ({ code, summary })),
  );
});

test('docs/dependencies.md has every dependency with its pin', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const text = read('docs/dependencies.md');
  const listed = [...text.matchAll(/^\| (\S+) \| (\d\S*) \|/gm)].map(([, name, pin]) => `${name} ${pin}`);
  const pinned = Object.entries({ ...dependencies, ...devDependencies }).map(
    ([name, pin]) => `${name} ${pin}`,
  );
  expect(listed.toSorted()).toEqual(pinned.toSorted());
});

test('pictures are there', () => {
  const named = documents.flatMap((name) =>
    [...read(name).matchAll(/(?:src|srcset)="([^"]+)"/g)].map(([, path = '']) => join(dirname(name), path)),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('links between the documents lead somewhere', () => {
  const anchorOf = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-');
  const broken = documents.flatMap((name) =>
    [...read(name).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)].flatMap(
      ([link, path = '', anchor]) => {
        const target = path === '' ? name : normalize(join(dirname(name), path));
        if (!existsSync(join(root, target))) return [`${name}: ${link}`];
        if (anchor === undefined) return [];
        const anchors = [...read(target).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
          anchorOf(heading),
        );
        return anchors.includes(anchor) ? [] : [`${name}: ${link}`];
      },
    ),
  );
  expect(broken).toEqual([]);
});

describe('docs/getting-started.md', () => {
  const guide = read('docs/getting-started.md');
  const tour = present(/^## Five minutes[\s\S]*?(?=^## )/m.exec(guide), 'the tour')[0];

  test('its commands print what stands below them', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wikiform-tour-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const wikiform = async (line: string): Promise<string> => {
      const edge = testEdge({ cwd: folder });
      const words = line.split(' ').slice(1);
      expect(await run(words, edge), edge.stderr()).toBe(0);
      return edge.stdout();
    };
    let commands = 0;
    for (const { language, text } of blocksIn(tour)) {
      if (language === 'yaml') writeFileSync(join(folder, 'wikiform.yaml'), text);
      else {
        commands += 1;
        const [command = '', ...shown] = text.replace(/^\$ /, '').split('\n');
        const printed = await wikiform(command);
        if (language === 'text') expect(printed, command).toBe(shown.join('\n'));
      }
    }
    expect(commands).toBe(6);
  });
});
