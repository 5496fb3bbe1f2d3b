// The source files as the compiler sees them, for tests that hold the architecture.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast';
import {
  isIdentifier,
  isImportDeclaration,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
} from 'typescript/unstable/ast/is';
import { API } from 'typescript/unstable/sync';

export interface SourceCode {
  /** Below `src/`, such as `tree/address.ts`. */
  readonly name: string;
  readonly text: string;
  /** What it imports, in a statement, a type or at run time, as written. */
  readonly imports: readonly string[];
  /** Of these, what only its types need. */
  readonly typeImports: ReadonlySet<string>;
  /** Every name that is read, with the member that is read of it: `process`, `process.env`. */
  readonly names: ReadonlySet<string>;
  readonly usesAny: boolean;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** Every file of `src/`, read by the compiler itself (its native process, asked over a pipe). */
export function readSources(): readonly SourceCode[] {
  const compiler = new API({ cwd: root });
  try {
    const snapshot = compiler.updateSnapshot({ openProjects: [`${root}tsconfig.build.json`] });
    return snapshot.getProjects().flatMap(({ rootFiles, program }) =>
      rootFiles.map((path) => {
        const file = program.getSourceFile(path);
        if (file === undefined) throw new Error(`the compiler has no ${path}`);
        return describeFile(path, file);
      }),
    );
  } finally {
    compiler.close();
  }
}

function describeFile(path: string, file: SourceFile): SourceCode {
  const names = new Set<string>();
  let usesAny = false;
  const visit = (node: Node): void => {
    if (node.kind === SyntaxKind.AnyKeyword) usesAny = true;
    const name = nameRead(node);
    if (name !== undefined) for (const part of name) names.add(part);
    node.forEachChild(visit);
  };
  visit(file);
  return {
    name: path.slice(`${root}src/`.length),
    text: readFileSync(path, 'utf8'),
    imports: file.imports.filter(isStringLiteral).map((specifier) => specifier.text),
    typeImports: new Set(file.statements.flatMap(typeImport)),
    names,
    usesAny,
  };
}

function typeImport(statement: Node): string[] {
  if (!isImportDeclaration(statement) || !isStringLiteral(statement.moduleSpecifier)) return [];
  const isForTypes = statement.importClause?.phaseModifier === SyntaxKind.TypeKeyword;
  return isForTypes ? [statement.moduleSpecifier.text] : [];
}

/** The identifier itself and, where a member of it is read, both together; not the names of members. */
function nameRead(node: Node): readonly string[] | undefined {
  if (!isIdentifier(node)) return undefined;
  const { parent } = node;
  if (isPropertyAssignment(parent) && parent.name === node) return undefined;
  if (!isPropertyAccessExpression(parent)) return [node.text];
  return parent.name === node ? undefined : [node.text, `${node.text}.${parent.name.text}`];
}
