// Why a world refuses a request, without any vendor's code: a face turns the reason into its own.
// Operations throw a Refusal; `applyRequest` catches it, so that callers only ever see values.

export type RefusalReason =
  | 'not-found'
  | 'forbidden'
  | 'invalid'
  /** The operation makes no sense on this node: a node below itself. */
  | 'impossible'
  /** One of the limits on the tree. */
  | 'limit'
  | 'exists'
  /** A sibling of that type has that title. */
  | 'taken'
  /** A title that the vendor does not take. */
  | 'illegal'
  /** A type that nothing new is made of. */
  | 'retired';

/** Thrown inside the world only. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;

  constructor(reason: RefusalReason, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** @throws {Refusal} always. */
export function refuse(reason: RefusalReason, message: string): never {
  throw new Refusal(reason, message);
}
