// On whose behalf a call is made: the run's identity wherever the call takes it, else the other one,
// if its credentials are at hand. Refused before anything is sent.

import type { Capabilities, Endpoint, Identity } from '../../tree/capability.ts';
import { ProviderError } from '../provider-error.ts';

export interface Credentials {
  readonly appId?: string | undefined;
  readonly appSecret?: string | undefined;
  readonly userAccessToken?: string | undefined;
}

/** Every identity whose credentials are complete. */
export function identitiesOf(credentials: Credentials, hasLogin = false): ReadonlySet<Identity> {
  const found = new Set<Identity>();
  if (credentials.appId && credentials.appSecret) found.add('app');
  if (credentials.userAccessToken || hasLogin) found.add('user');
  return found;
}

/**
 * @throws {ProviderError} `unauthenticated` when the run's identity has no credentials; `forbidden`
 * when the call takes neither it nor any other at hand.
 */
export function identityFor(
  endpoint: Endpoint,
  wanted: Identity,
  atHand: ReadonlySet<Identity>,
  capabilities: Capabilities,
): Identity {
  const allowed = capabilities.identities[endpoint];
  if (allowed.includes(wanted)) {
    if (atHand.has(wanted)) return wanted;
    throw missing('unauthenticated', endpoint, wanted, capabilities);
  }
  const other = allowed.find((identity) => atHand.has(identity));
  if (other !== undefined) return other;
  throw missing('forbidden', endpoint, allowed[0] ?? wanted, capabilities);
}

function missing(
  kind: 'unauthenticated' | 'forbidden',
  endpoint: Endpoint,
  needed: Identity,
  { label, environmentPrefix: prefix }: Capabilities,
): ProviderError {
  const help = {
    app: `set ${prefix}_APP_ID and ${prefix}_APP_SECRET`,
    user: `run wikiform login, or set ${prefix}_USER_ACCESS_TOKEN`,
  };
  const message = `${endpoint}: ${label} takes this call from the ${needed} identity, whose credentials are not at hand`;
  return new ProviderError({ kind, endpoint, sent: 'no', message, help: help[needed] });
}
