// What callers may ask of a world, and what it answers, free of HTTP and of any vendor's field names.

import type { PageQuery } from './listing.ts';
import type { RefusalReason } from './refusal.ts';
import type { Member, MemberRole, WorldNode, WorldSpace } from './world.ts';

export interface MemberName {
  readonly type: string;
  readonly id: string;
  readonly role: MemberRole;
}

/** Where something is to go: a node, or the top of a space; both only if they agree. */
export interface Target {
  readonly targetSpace: string | undefined;
  readonly targetParent: string | undefined;
}

export type WorldRequest =
  | { readonly kind: 'list-spaces'; readonly page: PageQuery }
  | { readonly kind: 'get-space'; readonly space: string }
  | {
      readonly kind: 'create-space';
      readonly name: string;
      readonly description: string;
      readonly sharing: 'open' | 'closed';
    }
  | {
      readonly kind: 'list-nodes';
      readonly space: string;
      readonly parent: string | undefined;
      readonly page: PageQuery;
    }
  /** `type`: `wiki` where the token is a node's, else the type of the document whose token it is. */
  | { readonly kind: 'get-node'; readonly token: string; readonly type: string }
  | {
      readonly kind: 'create-node';
      readonly space: string;
      readonly parent: string | undefined;
      readonly title: string | undefined;
      readonly type: string;
      /** The page a shortcut is to point to; `undefined` makes a page of its own. */
      readonly origin: string | undefined;
    }
  | ({
      readonly kind: 'copy-node';
      readonly space: string;
      readonly node: string;
      /** `undefined` keeps the source's. */
      readonly title: string | undefined;
    } & Target)
  | ({ readonly kind: 'move-node'; readonly space: string; readonly node: string } & Target)
  | { readonly kind: 'rename-node'; readonly space: string; readonly node: string; readonly title: string }
  | { readonly kind: 'list-members'; readonly space: string; readonly page: PageQuery }
  | { readonly kind: 'add-member'; readonly space: string; readonly member: MemberName }
  | { readonly kind: 'remove-member'; readonly space: string; readonly member: MemberName };

export type WorldRequestOf<Kind extends WorldRequest['kind']> = Extract<WorldRequest, { kind: Kind }>;

/** `next` is the token of the next page, `undefined` on the last. */
export type WorldResult =
  | { readonly kind: 'spaces'; readonly spaces: readonly WorldSpace[]; readonly next: string | undefined }
  | { readonly kind: 'space'; readonly space: WorldSpace }
  | { readonly kind: 'nodes'; readonly nodes: readonly WorldNode[]; readonly next: string | undefined }
  | { readonly kind: 'node'; readonly node: WorldNode }
  | { readonly kind: 'members'; readonly members: readonly Member[]; readonly next: string | undefined }
  | { readonly kind: 'member'; readonly member: Member }
  | { readonly kind: 'nothing' };

export type WorldAnswer =
  | { readonly ok: true; readonly result: WorldResult }
  | { readonly ok: false; readonly reason: RefusalReason; readonly message: string };
