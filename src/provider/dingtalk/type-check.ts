// What the vendor's call cannot make is refused before anything is sent.

import type { Capabilities } from '../../tree/capability.ts';
import type { Operation } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';

/** @throws {ProviderError} `invalid` for a shortcut, and for a type that cannot be made. */
export function requireCreatable(
  { kind: endpoint, type, origin }: Operation & { kind: 'create-node' },
  { types, label }: Capabilities,
): void {
  if (origin === null && types[type]?.create === true) return;
  const what = origin === null ? `a page of type ${type}` : 'a shortcut';
  throw new ProviderError({
    kind: 'invalid',
    endpoint,
    sent: 'no',
    message: `${endpoint}: ${label} has no call to make ${what}`,
    help: `use one of ${Object.keys(types).join(', ')}`,
  });
}
