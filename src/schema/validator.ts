// Checks located values against the published schema, piece by piece: the top of a file, each space,
// each page. What lies below a piece is cut off before Ajv sees it, because Ajv following a tree
// through a recursive `$ref` takes quadratic time in errors and overflows the stack on deep trees.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { assert } from '../diagnostic/invariant.ts';
import { type Located, plain } from './located.ts';
import { includedSchema, manifestSchema } from './manifest-schema.ts';
import { schemaDiagnostics } from './schema-error.ts';

/** The fields under which the next pieces hang. */
const nextPieces: ReadonlySet<string> = new Set(['spaces', 'nodes', 'children']);

const pieces = {
  manifest: 'manifest',
  included: 'included',
  space: 'manifest#/$defs/space',
  page: 'manifest#/$defs/page',
} as const;

type Piece = keyof typeof pieces;

let compiled: Ajv2020 | undefined;

/** Compiling takes tens of milliseconds, so it waits until something is to be checked. */
function validator(piece: Piece): ValidateFunction {
  compiled ??= new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: true,
    strictRequired: false,
    // That the schemas are schemas is for a test: checking it takes a third of the time, at every start.
    meta: false,
    validateSchema: false,
  })
    .addSchema(manifestSchema, 'manifest')
    .addSchema(includedSchema, 'included');
  const validate = compiled.getSchema(pieces[piece]);
  assert(validate !== undefined, `no schema for ${piece}`);
  return validate;
}

/**
 * What is wrong with the piece itself; what lies below it is left to its own check.
 *
 * @param field - the name under which the piece stands, where it has one.
 */
export function checkPiece(piece: Piece, value: Located, field?: string): Diagnostic[] {
  const validate = validator(piece);
  if (validate(plain(value, nextPieces)) === true) return [];
  return schemaDiagnostics(validate.errors ?? [], { value, field });
}
