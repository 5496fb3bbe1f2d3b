// The YAML parser's errors in plain words. One error a line: what follows on the same line is nearly
// always a consequence of the first.

import type { CST, ErrorCode, YAMLError } from 'yaml';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { SourceText } from '../schema/source-text.ts';
import { deepestNesting, quoteOpenedBefore } from './nesting.ts';

/** The diagnostics for what the parser found, the first of each line. */
export function yamlDiagnostics(
  errors: readonly YAMLError[],
  tokens: readonly CST.Token[],
  text: SourceText,
): Diagnostic[] {
  const byLine = new Map<number, Diagnostic>();
  for (const error of errors) {
    const found = translated(error, tokens, text);
    const line = found.source?.line ?? 0;
    if (!byLine.has(line)) byLine.set(line, found);
  }
  return [...byLine.values()];
}

function translated(error: YAMLError, tokens: readonly CST.Token[], text: SourceText): Diagnostic {
  const openQuote = /^Missing closing .quote/.test(error.message)
    ? quoteOpenedBefore(tokens, error.pos[0])
    : undefined;
  const source = text.sourceAt(openQuote ?? error.pos[0]);
  if (error.code === 'RESOURCE_EXHAUSTION') return nestedTooDeep(text, error.pos[0]);
  if (error.code === 'TAB_AS_INDENT') {
    const help = 'Indent with blanks.';
    return diagnostic('YAML_TAB', { detail: 'YAML does not take tabs as indentation.', help, source });
  }
  return diagnostic('YAML_SYNTAX', {
    detail: inPlainWords(error),
    help: openQuote === undefined ? help(error.code) : 'Close the quote that is opened here.',
    source,
  });
}

/** The parser's most frequent messages speak of its grammar; people think of colons and indentation. */
function inPlainWords({ code, message }: YAMLError): string {
  if (message.startsWith('Nested mappings')) {
    return 'This value holds a colon and a blank, which would begin another mapping.';
  }
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return 'This line is not indented like the lines before it.';
  if (code === 'MULTILINE_IMPLICIT_KEY') return 'A key and its colon have to stand on one line.';
  if (message.startsWith('Implicit map keys')) return 'A key is not followed by a colon and a blank.';
  return `${message.replace(/"quote$/, 'quote').replace(/\.$/, '')}.`;
}

export function nestedTooDeep(text: SourceText, offset: number): Diagnostic {
  return diagnostic('DEPTH_EXCEEDED', {
    detail: `Here lists and mappings stand ${deepestNesting} deep in one another, and no manifest needs that.`,
    help: 'Move pages up, or split the space.',
    source: text.sourceAt(offset),
  });
}

function help(code: ErrorCode): string {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BAD_SCALAR_START':
    case 'KEY_OVER_1024_CHARS':
      return 'Quote texts that hold `: ` or ` #` or begin with a sign, and check that this line is indented like its neighbours.';
    case 'BAD_DQ_ESCAPE':
      return 'Write `\\\\` for a backslash, or use single quotes.';
    case 'BAD_INDENT':
    case 'BLOCK_IN_FLOW':
    case 'BAD_COLLECTION_TYPE':
      return 'Check the indentation, and that every `[` and `{` above is closed.';
    case 'MISSING_CHAR':
    case 'UNEXPECTED_TOKEN':
      return 'Check quotes, commas and colons on this line and the one before.';
    case 'ALIAS_PROPS':
    case 'BAD_ALIAS':
    case 'BAD_PROP_ORDER':
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
      return 'Write one `&anchor` before a value, and `*anchor` alone where it is used.';
    default:
      return 'Check the YAML around this place.';
  }
}
