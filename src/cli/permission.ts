// Which calls each command makes, and what an app or a person must have been given for them.

import type { WhoamiPermission } from '../render/whoami.ts';
import type { Capabilities, Endpoint } from '../tree/capability.ts';

const readers = ['plan', 'apply', 'drift', 'explain', 'import', 'snapshot'] as const;
const writers = ['apply'] as const;

/** What is not here is of a vendor's own, and belongs to writing. */
const commandsOf: Readonly<Record<string, readonly string[]>> &
  Readonly<Record<Endpoint, readonly string[]>> = {
  'list-spaces': readers,
  'get-space': readers,
  'list-nodes': readers,
  'get-node': readers,
  'create-space': writers,
  'create-node': writers,
  'copy-node': writers,
  'move-node': writers,
  'rename-node': writers,
};

/** @param granted - what is known to have been given. */
export function permissionsOf(
  { permissions, identities }: Capabilities,
  granted: readonly string[] | undefined,
): readonly WhoamiPermission[] {
  return Object.entries(permissions).map(([call, anyOf]) => {
    const isGranted = granted === undefined ? undefined : anyOf.some((scope) => granted.includes(scope));
    const may = isEndpoint(call) ? identities[call] : identities['move-node'];
    return { call, commands: commandsOf[call] ?? writers, identities: may, anyOf, isGranted };
  });
}

const isEndpoint = (call: string): call is Endpoint => Object.hasOwn(commandsOf, call);
