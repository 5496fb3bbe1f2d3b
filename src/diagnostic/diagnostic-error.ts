// A diagnostic that ends what is under way, thrown where the result type has no place for it. Commands
// report it as any other.

import type { Diagnostic } from './diagnostic.ts';

export class DiagnosticError extends Error {
  override readonly name = 'DiagnosticError';
  readonly diagnostic: Diagnostic;

  constructor(diagnostic: Diagnostic) {
    super(diagnostic.detail);
    this.diagnostic = diagnostic;
  }
}
