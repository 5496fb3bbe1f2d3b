// What a vendor can do, as data: `validate`, the planner, the README's table and the documents read
// it without credentials and without a network. Each vendor fills it in its own folder.

import type { Limits, Rate } from './limit.ts';

export type VendorKind = 'feishu' | 'lark' | 'dingtalk';

/** On whose behalf a call is made. */
export type Identity = 'app' | 'user';

/** The endpoints every vendor has under these names; a vendor may have more of its own. */
export type Endpoint =
  | 'list-spaces'
  | 'get-space'
  | 'create-space'
  | 'list-nodes'
  | 'get-node'
  | 'create-node'
  | 'copy-node'
  | 'move-node'
  | 'rename-node';

export interface TypeCapability {
  /** Whether a call can make a page of this type from nothing. */
  readonly create: boolean;
  /** Whether a call can change the title of a page of this type. */
  readonly rename: boolean;
}

export interface Capabilities {
  readonly vendor: VendorKind;
  /** The vendor's name as people write it. */
  readonly label: string;
  readonly defaultBaseUrl: string;
  /** Hosts that get credentials without being named in the environment. */
  readonly hosts: readonly string[];
  /** Prefix of the environment variables that hold credentials. */
  readonly environmentPrefix: string;
  readonly types: Readonly<Record<string, TypeCapability>>;
  /** The type of a page whose type is not written. */
  readonly defaultType: string;
  readonly shortcuts: { readonly create: boolean; readonly rename: boolean };
  readonly limits: Limits;
  /** Children in one answer of a listing. */
  readonly pageSize: number;
  /** The published caps per endpoint. */
  readonly pace: Readonly<Record<Endpoint, Rate>>;
  /** Which identities may make the call. */
  readonly identities: Readonly<Record<Endpoint, readonly Identity[]>>;
}
