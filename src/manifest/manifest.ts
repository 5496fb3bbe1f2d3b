// What a manifest means once every default is filled in: the stage's output, and nothing else of it
// is seen further down the river.

import type { Source } from '../diagnostic/source.ts';
import type { Capabilities, Identity, VendorKind } from '../tree/capability.ts';
import type { DesiredTree } from '../tree/desired.ts';
import type { Limits, Rate } from '../tree/limit.ts';

export interface ProviderSettings {
  readonly kind: VendorKind;
  readonly capabilities: Capabilities;
  /** Without a trailing slash. */
  readonly baseUrl: string;
  /** Only where the manifest says it outright. */
  readonly identity: Identity | undefined;
  readonly limits: Limits;
  /** By endpoint: the vendor's caps, overridden by the manifest's. */
  readonly pace: Readonly<Record<string, Rate>>;
  readonly source: Source;
}

export type StateSettings =
  /** `path` is relative to the directory of the manifest. */
  | { readonly kind: 'file'; readonly path: string; readonly source: Source | undefined }
  | {
      readonly kind: 'git';
      readonly remote: string;
      readonly ref: string;
      readonly source: Source | undefined;
    };

export interface Guard {
  /** Steps in one plan; `undefined` is no limit. */
  readonly maxChanges: number | undefined;
  /** Percent of a space's bound pages that one plan may move or carry along. */
  readonly maxAffectedPercent: number;
  /** Where each is written; a default is written nowhere. */
  readonly sources: {
    readonly maxChanges: Source | undefined;
    readonly maxAffectedPercent: Source | undefined;
  };
}

/** A pattern over addresses, as written. */
export interface AddressGlob {
  readonly pattern: string;
  readonly source: Source;
}

export interface Manifest {
  /** The main file, as the user named it. */
  readonly file: string;
  readonly provider: ProviderSettings;
  readonly state: StateSettings;
  readonly guard: Guard;
  readonly protect: readonly AddressGlob[];
  readonly ignore: readonly AddressGlob[];
  readonly desired: DesiredTree;
}
