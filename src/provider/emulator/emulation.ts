// A vendor as the emulator plays it: the rules of its worlds, its published caps, and its face.

import type { Limits } from '../../tree/limit.ts';
import type { Clock } from '../clock.ts';
import type { Face } from './face.ts';
import type { OAuthRules } from './oauth.ts';
import type { Pace } from './rate.ts';
import type { World, WorldRules } from './world.ts';

/** Which apps and people are known; all, unless told. */
export interface EmulatedCredentials {
  /** App id to secret; any app with any secret unless told. */
  readonly apps?: Readonly<Record<string, string>> | undefined;
  /** User token to the id of whose it is; unless told, any token of the right look is that of one person. */
  readonly users?: Readonly<Record<string, string>> | undefined;
  /** 2 hours, unless told. */
  readonly tokenLifetimeMs?: number | undefined;
  /** How people log in, where the vendor has such a thing. */
  readonly oauth?: OAuthRules | undefined;
}

export interface FaceParts {
  readonly world: World;
  readonly clock: Clock;
  readonly credentials: EmulatedCredentials;
}

export interface Emulation {
  /** The vendor's rules, with limits of one's own where given. */
  readonly rules: (limits?: Partial<Limits>, siblingOrder?: WorldRules['siblingOrder']) => WorldRules;
  /** The vendor's published caps. */
  readonly pace: Pace;
  readonly openFace: (parts: FaceParts) => Face;
  /** The header that holds the id by which the vendor's support finds a request. */
  readonly requestIdHeader: string;
}
