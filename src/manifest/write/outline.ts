// What a manifest that is written from a wiki is to say: plain values, every short form still to be chosen.

import type { VendorKind } from '../../tree/capability.ts';
import type { Reference } from '../../tree/desired.ts';

export interface PageOutline {
  readonly title: string;
  /** Only where it is not the title. */
  readonly key: string | undefined;
  /** Only where it is not the vendor's default. */
  readonly type: string | undefined;
  readonly id: string | undefined;
  readonly shortcut: Reference | undefined;
  readonly children: readonly PageOutline[];
}

export interface SpaceOutline {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  /** Not empty where it is given. */
  readonly description: string | undefined;
  readonly sharing: 'open' | 'closed' | undefined;
  readonly pages: readonly PageOutline[];
}

export interface ManifestOutline {
  readonly provider: VendorKind;
  /** Only where it is not the vendor's host. */
  readonly baseUrl: string | undefined;
  /** The lines up to the spaces, where they are written already; provider and base URL stand in them. */
  readonly head?: string | undefined;
  readonly include: readonly string[];
  readonly spaces: readonly SpaceOutline[];
}
