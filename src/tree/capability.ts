// What a vendor can do, as data: `validate`, the planner, the README's table and the documents read
// it without credentials and without a network. Each vendor fills it in its own folder.

import type { Limits, Rate } from './limit.ts';
import type { VendorKind } from './vendor.ts';

export type { VendorKind } from './vendor.ts';

/** On whose behalf a call is made. */
export type Identity = 'app' | 'user';

/** The endpoints every vendor has under these names; a vendor may have more of its own. */
export type Endpoint = (typeof endpoints)[number];

const endpoints = [
  'list-spaces',
  'get-space',
  'create-space',
  'list-nodes',
  'get-node',
  'create-node',
  'copy-node',
  'move-node',
  'rename-node',
] as const;

export const isEndpoint = (value: unknown): value is Endpoint =>
  endpoints.some((endpoint) => endpoint === value);

export interface TypeCapability {
  /** Whether a call can make a page of this type from nothing. */
  readonly create: boolean;
  /** Whether a call can change the title of a page of this type. */
  readonly rename: boolean;
  /** Whether it is known that pages may lie below one. */
  readonly holds: boolean;
}

/** One of the words that make up an identity's credentials. */
export interface CredentialField {
  /** What the vendor's folder calls it. */
  readonly field: string;
  /** The environment variable behind the vendor's prefix and a `_`. */
  readonly variable: string;
  /** What stands for it where an emulator is spoken to. */
  readonly emulated: string;
  /** Whether the identity can do without it. */
  readonly optional?: true;
}

/** What names may hold. Lengths are in characters; `Infinity` where no limit is known. */
export interface NameRules {
  /** Of a space's name. */
  readonly spaceLength: number;
  /** Of a space's description. */
  readonly descriptionLength: number;
  /** Characters that no name may hold. */
  readonly forbidden: readonly string[];
  /** Characters that no name may end with. */
  readonly forbiddenLast: readonly string[];
  /** Whether blanks at both ends stay. */
  readonly keepsBlanks: boolean;
  /** Whether a page may be without a title. */
  readonly mayBeEmpty: boolean;
}

/** What the vendor's call to copy a page does. */
export interface CopyCapability {
  /** The title of the copy: as the call asks for, or its source's, to be renamed. */
  readonly title: 'given' | 'source';
  /** Whether the pages below the source come along. */
  readonly reach: 'page' | 'branch';
}

/** Another name that calls know a page by, and that costs a call to learn. */
export interface AliasCapability {
  /** The call's name, which has a pace of its own. */
  readonly endpoint: string;
  /** The pages of an operation whose alias its call needs. */
  readonly needs: Readonly<Partial<Record<Endpoint, readonly ('page' | 'source' | 'target')[]>>>;
  /** Operations whose answer tells the alias of the page. */
  readonly toldBy: readonly Endpoint[];
}

/** Calls that go on after their answer where a page with others below it is concerned. */
export interface TaskCapability {
  /** The call that asks whether it is over, which has a pace of its own. */
  readonly endpoint: string;
  readonly of: readonly Endpoint[];
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
  /** What each identity's credentials are; none where the vendor has no such identity. */
  readonly credentials: Readonly<Record<Identity, readonly CredentialField[]>>;
  readonly types: Readonly<Record<string, TypeCapability>>;
  /** The type of a page whose type is not written. */
  readonly defaultType: string;
  readonly shortcuts: { readonly create: boolean; readonly rename: boolean };
  readonly copies: CopyCapability;
  readonly names: NameRules;
  /** Whether two pages of one type below one parent may have the same title. */
  readonly siblingNames: 'free' | 'distinct-within-type';
  /** Whether it can be said who may find a space. */
  readonly sharing: boolean;
  /** Whether a page that is asked for by id tells what it lies below. */
  readonly tellsParent: boolean;
  readonly aliases: AliasCapability | undefined;
  readonly tasks: TaskCapability | undefined;
  /** How many calls a run makes for its token, by whose behalf it works on. */
  readonly tokenCalls: Readonly<Record<Identity, number>>;
  /** Calls of which it is not documented that they work on every page: one is tried before all else. */
  readonly unconfirmed: readonly Endpoint[];
  /** `Infinity` where none is known. */
  readonly limits: Limits;
  /** Calls in a month that the smallest plan includes. */
  readonly monthlyCalls: number;
  /** Children in one answer of a listing. */
  readonly pageSize: number;
  /** The published caps per endpoint. */
  readonly pace: Readonly<Record<Endpoint, Rate> & Record<string, Rate>>;
  /** What an app or a person must have been given for each call: any one of these. */
  readonly permissions: Readonly<Record<Endpoint, readonly string[]> & Record<string, readonly string[]>>;
  /** Which identities may make the call. */
  readonly identities: Readonly<Record<Endpoint, readonly Identity[]>>;
}
