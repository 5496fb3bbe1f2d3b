import { expect, test } from 'vitest';
import { diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { diagnosticsToJson, renderDiagnostics } from '../../src/render/diagnostics.ts';
import { plainStyle } from '../../src/render/style.ts';

const source = { file: 'wikiform.yaml', line: 2, column: 3 };
const found = diagnostic('DUPLICATE_KEY', {
  detail: 'Two of them.\nReally.',
  help: 'Take one away.',
  source,
  related: [{ message: 'first declared here', source: { ...source, line: 1 } }],
});
const texts = new Map([['wikiform.yaml', '- Onboarding\n- Onboarding\n']]);

test('a diagnostic reads from its place to its help', () => {
  expect(
    renderDiagnostics([found], texts),
  ).toBe(`wikiform.yaml:2:3 error DUPLICATE_KEY Two siblings have the same key
  Two of them.
  Really.
  1 │ - Onboarding
> 2 │ - Onboarding
    │   ^^^^^^^^^^
  help: Take one away.
  (related) wikiform.yaml:1:3 first declared here
`);
});

test('without a place there is no frame; several stand apart', () => {
  const bare = diagnostic('USAGE', { detail: 'D.', help: 'H.', severity: 'warning' });
  expect(renderDiagnostics([bare, bare], texts)).toBe(
    'warning USAGE The command line cannot be understood\n  D.\n  help: H.\n\nwarning USAGE The command line cannot be understood\n  D.\n  help: H.\n',
  );
  expect(renderDiagnostics([found], new Map())).not.toContain('│');
});

test('colour is in the style and nowhere else', () => {
  const style = { ...plainStyle, red: (text: string) => `<${text}>`, bold: (text: string) => `*${text}*` };
  const text = renderDiagnostics([found], texts, style);
  expect(text.split('\n')[0]).toBe(
    'wikiform.yaml:2:3 <error> *DUPLICATE_KEY* Two siblings have the same key',
  );
  expect(text).toContain('│   <^^^^^^^^^^>');
});

test('messages cannot move the cursor', () => {
  const evil = diagnostic('USAGE', {
    detail: 'a\u001b[2Jb',
    help: 'c\u202ed',
    source: { ...source, file: 'x\u0007' },
  });
  const text = renderDiagnostics([evil], new Map());
  for (const control of ['\u001b', '\u0007', '\u202e']) expect(text).not.toContain(control);
});

test('JSON holds the same, and nothing that is absent', () => {
  expect(JSON.stringify(diagnosticsToJson([found]))).toBe(
    '[{"code":"DUPLICATE_KEY","severity":"error","summary":"Two siblings have the same key","detail":"Two of them.\\nReally.","help":"Take one away.","source":{"file":"wikiform.yaml","line":2,"column":3},"related":[{"message":"first declared here","source":{"file":"wikiform.yaml","line":1,"column":3}}]}]',
  );
  expect(diagnosticsToJson([diagnostic('USAGE', { detail: 'D.', help: 'H.' })])[0]).not.toHaveProperty(
    'source',
  );
});
