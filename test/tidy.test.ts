// The architecture, held by a test: who may import whom, where the world outside is touched, and the
// house rules that a linter cannot see.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { summaries } from '../src/diagnostic/code.ts';
import { readSources } from './source-code.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = readSources();

interface Import {
  readonly from: string;
  readonly to: string;
}

const isRelative = (specifier: string): boolean => specifier.startsWith('.');

/** Imports within `src/`, by names below it. */
const inside: readonly Import[] = sources.flatMap(({ name, imports }) =>
  imports.filter(isRelative).map((to) => ({ from: name, to: join(dirname(name), to) })),
);
/** Imports of packages and of Node's own modules. */
const outside: readonly Import[] = sources.flatMap(({ name, imports }) =>
  imports.filter((to) => !isRelative(to)).map((to) => ({ from: name, to })),
);

const shown = (imports: readonly Import[]): string[] => imports.map(({ from, to }) => `${from} -> ${to}`);

/** `''` for a file that lies in `src/` itself. */
const stageOf = (name: string): string => (name.includes('/') ? name.slice(0, name.indexOf('/')) : '');

/** Whether a name is the file, or lies in the folder (written with a slash at its end). */
const isAt = (name: string, place: string): boolean =>
  place.endsWith('/') ? name.startsWith(place) : name === place;
const isAtAny = (name: string, places: readonly string[]): boolean =>
  places.some((place) => isAt(name, place));

describe('the river', () => {
  /** Left to right; stages that stand together do not see each other. */
  const river: readonly (readonly string[])[] = [
    ['diagnostic'],
    ['tree'],
    ['schema'],
    ['manifest', 'state', 'provider'],
    ['diff'],
    ['survey'],
    ['schedule'],
    ['apply'],
    ['render'],
    ['cli'],
    [''],
  ];
  const rankOf = (name: string): number => river.findIndex((stages) => stages.includes(stageOf(name)));

  test('the compiler sees the files', () => {
    expect(inside.length).toBeGreaterThan(400);
    expect(inside).toContainEqual({ from: 'cli/main.ts', to: 'cli/run.ts' });
  });

  test('every folder has its place in it', () => {
    expect(sources.map(({ name }) => name).filter((name) => rankOf(name) === -1)).toEqual([]);
  });

  test('a file imports from its own folder and from folders to its left', () => {
    const wrong = inside.filter(
      ({ from, to }) => stageOf(from) !== stageOf(to) && rankOf(to) >= rankOf(from),
    );
    expect(shown(wrong)).toEqual([]);
  });

  test('a file is imported by its whole name', () => {
    const known = new Set(sources.map(({ name }) => name));
    expect(shown(inside.filter(({ to }) => !known.has(to)))).toEqual([]);
  });

  test('no file needs itself to be loaded; types alone may go in a circle', () => {
    const next = new Map<string, string[]>();
    for (const { name, imports, typeImports } of sources) {
      const needed = imports.filter((to) => isRelative(to) && !typeImports.has(to));
      next.set(
        name,
        needed.map((to) => join(dirname(name), to)),
      );
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (name: string, path: readonly string[]): void => {
      if (path.includes(name)) circles.push([...path.slice(path.indexOf(name)), name].join(' -> '));
      if (done.has(name)) return;
      done.add(name);
      for (const to of next.get(name) ?? []) visit(to, [...path, name]);
    };
    for (const { name } of sources) visit(name, []);
    expect(circles).toEqual([]);
  });
});

describe('the provider', () => {
  const vendors = ['provider/feishu/', 'provider/dingtalk/'];
  const contract = ['provider/provider.ts', 'provider/provider-error.ts', 'provider/clock.ts'];

  test('stages see the contract and no more', () => {
    const stages = ['diff', 'survey', 'schedule', 'apply'];
    const wrong = inside.filter(
      ({ from, to }) => stages.includes(stageOf(from)) && isAt(to, 'provider/') && !contract.includes(to),
    );
    expect(shown(wrong)).toEqual([]);
  });

  test('only the registry names vendors; the emulator takes what a vendor can do as data', () => {
    const wrong = inside.filter(({ from, to }) => {
      const vendor = vendors.find((folder) => isAt(to, folder));
      if (vendor === undefined || isAt(from, vendor) || from === 'provider/registry.ts') return false;
      return !(isAt(from, 'provider/emulator/') && to.endsWith('/capability.ts'));
    });
    expect(shown(wrong)).toEqual([]);
  });

  test('only the wiring imports the registry, and the library hands it out', () => {
    const importers = inside.filter(({ to }) => to === 'provider/registry.ts').map(({ from }) => from);
    expect(importers.toSorted()).toEqual(['cli/wiring.ts', 'index.ts']);
  });

  test('http and the emulator know no vendor and not each other', () => {
    const wrong = inside.filter(
      ({ from, to }) =>
        (isAt(from, 'provider/http/') && isAtAny(to, [...vendors, 'provider/emulator/'])) ||
        (isAt(from, 'provider/emulator/') && isAt(to, 'provider/http/')),
    );
    expect(shown(wrong)).toEqual([]);
  });
});

describe('the world outside', () => {
  const network = ['provider/http/', 'provider/emulator/listener.ts'];
  const stateFiles = sources
    .map(({ name }) => name)
    .filter((name) => /^state\/(git\/)?[a-z-]+-file\.ts$/.test(name));
  const disk = [...stateFiles, 'cli/'];

  /** Every module from outside, and the places that may use it. What is not listed may not be used. */
  const allowed: Readonly<Record<string, readonly string[]>> = {
    'node:http': network,
    'node:https': network,
    'node:net': network,
    'node:tls': network,
    'node:dgram': network,
    undici: network,
    'node:fs': disk,
    'node:fs/promises': disk,
    // Only `isUtf8`, which looks at bytes.
    'node:buffer': ['provider/http/client.ts'],
    'node:path': [...disk, 'state/git/'],
    'node:os': ['cli/process-table.ts'],
    'node:url': ['cli/'],
    'node:util': ['cli/'],
    'node:timers/promises': ['cli/system-edge.ts'],
    'node:readline/promises': ['cli/system-edge.ts'],
    'node:events': ['provider/http/', 'provider/emulator/server.ts'],
    'node:child_process': ['state/git/command.ts', 'cli/base-git.ts', 'cli/browser.ts'],
    'node:crypto': [
      'schedule/digest.ts',
      'state/git/',
      // The challenge of a login is a hash, and nobody may guess what proves it.
      'provider/feishu/oauth.ts',
      'provider/emulator/oauth.ts',
      'cli/system-edge.ts',
      ...stateFiles,
    ],
    commander: ['cli/'],
    diff: ['render/'],
    'js-yaml': ['manifest/'],
    yaml: ['manifest/'],
    'ajv/dist/2020.js': ['schema/'],
    'p-queue': ['survey/'],
    picomatch: ['diff/glob.ts', 'cli/include-glob.ts'],
  };

  test('modules from outside are used where they belong', () => {
    expect(shown(outside.filter(({ from, to }) => !isAtAny(from, allowed[to] ?? [])))).toEqual([]);
  });

  /** What every program finds around itself, and the places that may look at it. */
  const globals: Readonly<Record<string, readonly string[]>> = {
    console: [],
    globalThis: [],
    fetch: [],
    WebSocket: [],
    setTimeout: ['cli/system-edge.ts'],
    setInterval: [],
    // What ended since is written with what begins next, or in the end of the turn.
    setImmediate: ['state/pace-file.ts'],
    performance: ['cli/system-edge.ts'],
    'Date.now': ['cli/system-edge.ts'],
    'Math.random': ['cli/system-edge.ts'],
    'process.env': ['cli/system-edge.ts'],
    // The process id names temporary files; main hands over the words; a bug report names Node's version.
    process: [
      'cli/system-edge.ts',
      'cli/process-table.ts',
      'cli/main.ts',
      'cli/run.ts',
      'cli/emulation.ts',
      'state/git/command.ts',
      ...stateFiles,
    ],
  };

  test.each(Object.entries(globals))('%s is read only where it belongs', (global, places) => {
    const readers = sources.filter(({ names }) => names.has(global)).map(({ name }) => name);
    expect(readers.filter((name) => !isAtAny(name, places))).toEqual([]);
  });

  test('the scan sees what it looks for', () => {
    const edge = sources.find(({ name }) => name === 'cli/system-edge.ts');
    expect(edge?.names).toContain('Date.now');
    expect(edge?.names).toContain('process');
  });

  test('no date is made from the present', () => {
    expect(sources.filter(({ text }) => /new Date\(\s*\)/.test(text)).map(({ name }) => name)).toEqual([]);
  });
});

describe('the house', () => {
  test('files are named in kebab-case, after what they hold', () => {
    const vague = /^(util|utils|helper|helpers|common|manager|core|misc|shared)$/;
    const wrong = sources.filter(({ name }) =>
      name
        .replace(/\.ts$/, '')
        .split('/')
        .some(
          (part) =>
            !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(part) || part.split('-').some((word) => vague.test(word)),
        ),
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('every file says at its head what it is', () => {
    const wrong = sources.filter(({ text }) => !/^(#!.*\n)?\/\/ \S/.test(text));
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('no file is longer than 350 lines, and half are shorter than 120', () => {
    const lengths = sources.map(({ name, text }) => ({ name, lines: text.split('\n').length - 1 }));
    expect(lengths.filter(({ lines }) => lines > 350)).toEqual([]);
    const short = lengths.filter(({ lines }) => lines < 120);
    expect(short.length).toBeGreaterThan(lengths.length / 2);
  });

  test('types are neither given up nor silenced', () => {
    expect(sources.filter(({ usesAny }) => usesAny).map(({ name }) => name)).toEqual([]);
    const silenced = sources.filter(({ text }) => /@ts-(ignore|expect-error|nocheck)/.test(text));
    expect(silenced.map(({ name }) => name)).toEqual([]);
  });
});

describe('diagnostic codes', () => {
  const codes = Object.keys(summaries);
  const missingIn = (text: string): string[] =>
    codes.filter((code) => !new RegExp(`\\b${code}\\b`).test(text));

  test('every code is documented in docs/diagnostics.md', () => {
    const files = readdirSync(`${root}docs`);
    const text = files.includes('diagnostics.md') ? readFileSync(`${root}docs/diagnostics.md`, 'utf8') : '';
    expect(missingIn(text)).toEqual([]);
  });

  test('every code is raised by some test', () => {
    const expectations = readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
      .filter((name) => /(\.test\.ts|suite\.ts)$/.test(name) || /^golden\/.*\.(txt|json)$/.test(name))
      .filter((name) => name !== 'tidy.test.ts')
      .map((name) => readFileSync(`${root}test/${name}`, 'utf8'));
    expect(missingIn(expectations.join('\n'))).toEqual([]);
  });
});
