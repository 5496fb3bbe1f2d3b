// Every vendor's provider over the emulator's HTTP face of that vendor.

import { addPage, deleteSubtree, hideNode } from '../../src/provider/emulator/person.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { type Emulator, feishuRules, startEmulator } from '../../src/provider/emulator/server.ts';
import { createProvider } from '../../src/provider/registry.ts';
import type { VendorKind } from '../../src/tree/capability.ts';
import { nodeId, spaceId } from '../../src/tree/identifier.ts';
import { VirtualClock } from '../clock.ts';
import { conformance, type Stage, type StartStage } from './suite.ts';

for (const kind of ['feishu', 'lark'] as const) {
  for (const identity of ['app', 'user'] as const) {
    conformance(`${kind} as the ${identity}`, startFeishu(kind, identity));
  }
}

/** Both vendors speak the same API; the provider's clock passes its waits at once. */
function startFeishu(kind: VendorKind, identity: 'app' | 'user'): StartStage {
  return async ({ limits = {}, faults = [] } = {}) => {
    const spaces = [
      { id: '7000000000000000001', name: 'One' },
      { id: '7000000000000000002', name: 'Two' },
      { id: '7000000000000000003', name: 'Closed', members: [] },
    ];
    const world = seedWorld(spaces, { rules: feishuRules(limits) });
    const emulator = await startEmulator({
      clock: new VirtualClock(),
      world,
      credentials: { apps: { cli_app: 'secret' } },
      faults: { seed: 1, script: faults },
    });
    const clock = new VirtualClock();
    const provider = createProvider(kind, {
      baseUrl: emulator.url,
      identity,
      credentials: { appId: 'cli_app', appSecret: 'secret', userAccessToken: 'u-somebody' },
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
