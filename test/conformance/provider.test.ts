// Every vendor's provider over the emulator's HTTP face of that vendor.

import { addPage, deleteSubtree, hideNode } from '../../src/provider/emulator/person.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { type Emulator, startEmulator } from '../../src/provider/emulator/server.ts';
import { capabilitiesByVendor, createProvider, emulationOf } from '../../src/provider/registry.ts';
import type { Identity, VendorKind } from '../../src/tree/capability.ts';
import { nodeId, spaceId } from '../../src/tree/identifier.ts';
import { vendorKinds } from '../../src/tree/vendor.ts';
import { VirtualClock } from '../clock.ts';
import { conformance, type Stage, type StartStage } from './suite.ts';

for (const kind of vendorKinds) {
  for (const identity of ['app', 'user'] as const) {
    if (capabilitiesByVendor[kind].credentials[identity].length === 0) continue;
    conformance(`${kind} as the ${identity}`, start(kind, identity));
  }
}

/** The provider's clock passes its waits at once. */
function start(kind: VendorKind, identity: Identity): StartStage {
  return async ({ limits = {}, faults = [] } = {}) => {
    const spaces = [
      { id: '7000000000000000001', name: 'One' },
      { id: '7000000000000000002', name: 'Two' },
      { id: '7000000000000000003', name: 'Closed', members: [] },
    ];
    const vendor = emulationOf(kind);
    const clock = new VirtualClock();
    const world = seedWorld(spaces, { rules: vendor.rules(limits) });
    const { app, user } = capabilitiesByVendor[kind].credentials;
    const credentials = Object.fromEntries([...app, ...user].map(({ field, emulated }) => [field, emulated]));
    const emulator = await startEmulator({
      clock,
      vendor,
      world,
      credentials: { apps: { [app[0]?.emulated ?? '']: app[1]?.emulated ?? '' } },
      faults: { seed: 1, script: faults },
    });
    const provider = createProvider(kind, {
      baseUrl: emulator.url,
      identity,
      credentials,
      clock,
      random: () => 0,
      onEvent: (event) => {
        if (event.kind === 'waiting') void clock.advance(event.waitMs);
      },
    });
    return {
      provider,
      spaces: [spaceId('7000000000000000001'), spaceId('7000000000000000002')],
      closedSpace: spaceId('7000000000000000003'),
      people: peopleOf(emulator),
      served: () => served(emulator),
      close: async () => {
        await provider.close();
        await emulator.close();
      },
    };
  };
}

function peopleOf({ world }: Emulator): Stage['people'] {
  return {
    addPage: (parent, title) => nodeId(addPage(world, { parent }, { title })),
    hide: (node) => hideNode(world, node, ['app', 'user']),
    remove: (node) => deleteSubtree(world, node),
  };
}

function served(emulator: Emulator): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { endpoint } of emulator.requests()) counts[endpoint] = (counts[endpoint] ?? 0) + 1;
  return counts;
}
