// Ids and names as branded types, so that an address is never passed where a token is meant.
// The brand exists for the compiler only; at run time these are plain strings.

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** A space's key and the keys down to a node, joined by `/`; see `address.ts`. */
export type Address = Branded<'Address'>;
/** The vendor's id of a space (Feishu `space_id`). */
export type SpaceId = Branded<'SpaceId'>;
/** The vendor's id of a page in a wiki (Feishu `node_token`). */
export type NodeId = Branded<'NodeId'>;

export const spaceId = (text: string): SpaceId => text as SpaceId;
export const nodeId = (text: string): NodeId => text as NodeId;

/** Orders strings by UTF-16 code units: the same on every machine, in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
