// Text becomes located values. This file and `locate.ts`, `nesting.ts`, `plain-yaml.ts` and
// `yaml-error.ts` are all that reads with the YAML libraries, but for what writes (`write/`, `edit/`); what
// leaves them is `schema/located.ts`.
// Invariant: a file with errors of syntax yields no value, since what the parser made of it is a guess.

import { Composer, type CST, type Document, Parser } from 'yaml';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Located } from '../schema/located.ts';
import { type SourceText, sourceText } from '../schema/source-text.ts';
import { locate } from './locate.ts';
import { tooDeepAt } from './nesting.ts';
import { readPlain } from './plain-yaml.ts';
import { nestedTooDeep, yamlDiagnostics } from './yaml-error.ts';

export interface Parsed {
  /** `undefined` where the text yields no value that can be trusted. */
  readonly root: Located | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

// The library's own check for equal keys is quadratic; `locate` has one that is not.
const options = { version: '1.2', uniqueKeys: false, merge: false, logLevel: 'silent' } as const;

/** @param name - the file as the user named it. */
export function parse(name: string, content: string): Parsed {
  const text = sourceText(name, content);
  const root = readPlain(text);
  return root === undefined ? parseThoroughly(text) : { root, diagnostics: [] };
}

/** Finds every error there is, and takes ten times as long. */
export function parseThoroughly(text: SourceText): Parsed {
  const tokens = [...new Parser().parse(text.text)];
  const tooDeep = tooDeepAt(tokens);
  if (tooDeep !== undefined) return failed([nestedTooDeep(text, tooDeep)]);
  const documents = [...new Composer(options).compose(tokens, true, text.text.length)];
  const errors = documents.flatMap((document) => document.errors);
  const diagnostics = [
    ...yamlDiagnostics(errors, tokens, text),
    ...unsupportedDirectives(tokens, text),
    ...furtherDocuments(tokens, text),
  ];
  return diagnostics.length > 0 ? failed(diagnostics) : located(documents[0], text);
}

function located(document: Document.Parsed | undefined, text: SourceText): Parsed {
  const contents = document?.contents;
  if (contents === undefined || contents === null) return empty(text);
  const { root, diagnostics } = locate(contents, text);
  if (root?.kind === 'scalar' && root.value === null) return empty(text);
  return { root, diagnostics };
}

function failed(diagnostics: readonly Diagnostic[]): Parsed {
  return { root: undefined, diagnostics };
}

function empty(text: SourceText): Parsed {
  const found = diagnostic('MANIFEST_EMPTY', {
    detail: `${text.file} holds nothing but blanks or comments.`,
    help: 'Write a manifest; the smallest one is in README.md, and examples/ holds larger ones.',
    source: text.sourceAt(0),
  });
  return failed([found]);
}

function unsupportedDirectives(tokens: readonly CST.Token[], text: SourceText): Diagnostic[] {
  return tokens.flatMap((token) => {
    if (token.type !== 'directive' || /^%YAML\s+1\.2\s*$/.test(token.source)) return [];
    const detail = `A manifest is YAML 1.2, and \`${token.source.trim()}\` would change how it is read.`;
    const help = 'Take the line away.';
    return [diagnostic('YAML_UNSUPPORTED', { detail, help, source: text.sourceAt(token.offset) })];
  });
}

function furtherDocuments(tokens: readonly CST.Token[], text: SourceText): Diagnostic[] {
  const second = tokens.filter((token) => token.type === 'document')[1];
  if (second === undefined) return [];
  return [
    diagnostic('YAML_MULTIPLE_DOCUMENTS', {
      detail: 'A second document begins here, and a manifest is one document.',
      help: 'Take the `---` away, or put the second document in a file of its own and `include` it.',
      source: text.sourceAt(second.offset),
    }),
  ];
}
