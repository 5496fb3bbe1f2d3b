// The vendors under test, as laws and suites are handed them: what each can do, how it is emulated and who
// works there. A law asks the value and knows no vendor by name.

import type { Emulation } from '../src/provider/emulator/emulation.ts';
import { capabilitiesByVendor, emulationOf } from '../src/provider/registry.ts';
import { emptyState, type State } from '../src/state/state.ts';
import type { Capabilities, Identity, VendorKind } from '../src/tree/capability.ts';
import { vendorKinds } from '../src/tree/vendor.ts';

export interface VendorUnderTest {
  readonly kind: VendorKind;
  readonly capabilities: Capabilities;
  readonly emulation: Emulation;
  /** Who may do the most. */
  readonly identity: Identity;
  /** What an emulator takes, of every identity there is. */
  readonly credentials: Readonly<Record<string, string>>;
  /** The credentials of who works, as an environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Types of which pages can be made, the default one three times: to draw from. */
  readonly types: readonly string[];
  /** Types of which pages can be there, the same way. */
  readonly everyType: readonly string[];
  /** Of the runs that a law has: the first vendor meets most of what all have in common. */
  readonly share: number;
  /** A memory of nothing. */
  readonly nothing: State;
}

export function underTest(kind: VendorKind): VendorUnderTest {
  const capabilities = capabilitiesByVendor[kind];
  const { app, user } = capabilities.credentials;
  const identity = user.length > 0 ? 'user' : 'app';
  const often = [capabilities.defaultType, capabilities.defaultType];
  const types = Object.entries(capabilities.types);
  return {
    kind,
    capabilities,
    emulation: emulationOf(kind),
    identity,
    credentials: Object.fromEntries([...app, ...user].map(({ field, emulated }) => [field, emulated])),
    env: Object.fromEntries(
      capabilities.credentials[identity].map(({ variable, emulated }) => [
        `${capabilities.environmentPrefix}_${variable}`,
        emulated,
      ]),
    ),
    types: [...often, ...types.flatMap(([type, { create }]) => (create ? [type] : []))],
    everyType: [...often, ...types.map(([type]) => type)],
    share: kind === 'feishu' ? 0.75 : 0.35,
    nothing: emptyState(kind, identity),
  };
}

/** Lark is Feishu under another name: what differs is in its capabilities, and the conformance suite has it. */
export const vendorsUnderTest: readonly VendorUnderTest[] = vendorKinds
  .filter((kind) => kind !== 'lark')
  .map(underTest);
