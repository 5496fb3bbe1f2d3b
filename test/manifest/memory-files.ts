// The disk port over a map, and the compiler with everything at hand that a test seldom cares about.

import picomatch from 'picomatch';
import { type Compiled, compile } from '../../src/manifest/compile.ts';
import type { ManifestFiles } from '../../src/manifest/files.ts';
import { capabilitiesByVendor } from '../../src/provider/registry.ts';

/** Files by name; the repository is the directory that they lie in. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export function memoryFiles(files: Files): ManifestFiles {
  return {
    read(file) {
      const content = files[file];
      if (content === undefined) return { kind: 'unreadable', reason: 'no such file' };
      return {
        kind: 'text',
        bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
      };
    },
    match(_fromFile, pattern) {
      if (leavesRepository(pattern)) return { kind: 'outside' };
      const matches = picomatch(pattern);
      return {
        kind: 'files',
        files: Object.keys(files)
          .filter((file) => matches(file))
          .sort(),
      };
    },
    contains: (_fromFile, path) => !leavesRepository(path),
  };
}

function leavesRepository(path: string): boolean {
  return path.startsWith('/') || path.split('/').includes('..');
}

export function compileFiles(files: Files, trustedHosts: readonly string[] = []): Compiled {
  return compile({
    file: 'wikiform.yaml',
    files: memoryFiles(files),
    capabilities: capabilitiesByVendor,
    trustedHosts,
  });
}

export function compileText(text: string | Uint8Array): Compiled {
  return compileFiles({ 'wikiform.yaml': text });
}

/** A manifest of one space whose `nodes:` are the text, which is indented as a whole. */
export function manifestOf(nodes: string, top = ''): string {
  const indented = nodes
    .trim()
    .split('\n')
    .map((line) => `      ${line}`);
  return [
    'version: 1',
    'provider: feishu',
    ...(top === '' ? [] : [top.trim()]),
    'spaces:',
    '  handbook:',
    '    name: Handbook',
    '    nodes:',
    ...indented,
    '',
  ].join('\n');
}

/** `CODE line:column` of everything that was found. */
export function findings(compiled: Compiled): string[] {
  return compiled.diagnostics.map(
    ({ code, source }) => `${code} ${source === undefined ? '-' : `${source.line}:${source.column}`}`,
  );
}
