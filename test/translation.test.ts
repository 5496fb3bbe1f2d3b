// The README in Chinese says what the English one says: the same sections, with the same examples, code,
// links and rows. That the sentences between them agree is for people to see.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (name: string): string => readFileSync(join(root, name), 'utf8');

const fence = /^```\w+\n[\s\S]*?^```$/gm;

/** Of each section, from its heading to the next: what has no language. */
function skeleton(name: string): unknown[] {
  return read(name)
    .split(/^(?=## )/m)
    .map((section) => {
      const prose = section.replace(fence, '');
      return {
        examples: section.match(fence) ?? [],
        code: new Set(prose.match(/`[^`\n]+`/g) ?? []),
        links: (prose.match(/\]\((?:docs|[A-Z]+\.md|examples|LICENSE)[^)]*\)/g) ?? []).filter(
          (link) => !link.includes('README'),
        ),
        rows: prose.split('\n').filter((line) => line.startsWith('|')).length,
        items: prose.split('\n').filter((line) => /^\d\. /.test(line)).length,
      };
    });
}

test('both READMEs have the same sections, examples, code, links and rows', () => {
  const english = skeleton('README.md');
  expect(english.length).toBeGreaterThan(8);
  expect(skeleton('README.zh-CN.md')).toEqual(english);
});

test('each README leads to the other', () => {
  expect(read('README.md')).toContain('](README.zh-CN.md)');
  expect(read('README.zh-CN.md')).toContain('](README.md)');
});
