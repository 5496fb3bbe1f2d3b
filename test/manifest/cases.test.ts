// Every manifest in `test/golden/manifest/` beside what is said about it. `vitest -u` writes what is said now.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderDiagnostics } from '../../src/render/diagnostics.ts';
import { compileText } from './memory-files.ts';

const directory = new URL('../golden/manifest/', import.meta.url);
const names = readdirSync(directory).filter((name) => name.endsWith('.yaml'));

test.each(names)('%s', async (name) => {
  const { manifest, diagnostics, texts } = compileText(readFileSync(new URL(name, directory)));
  expect(manifest).toBeUndefined();
  const expected = new URL(name.replace(/\.yaml$/, '.txt'), directory).pathname;
  await expect(renderDiagnostics(diagnostics, texts)).toMatchFileSnapshot(expected);
});
