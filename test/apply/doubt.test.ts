// Calls that are made again although the first had an effect: a listing that lags behind the write hides it,
// and a vendor that takes no two siblings of one title refuses the second because of the first.

import { expect, onTestFinished, test } from 'vitest';
import { type DoubtContext, performSurely } from '../../src/apply/doubt.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { startEmulator } from '../../src/provider/emulator/server.ts';
import type { Operation, Provider } from '../../src/provider/provider.ts';
import { openProvider } from '../../src/provider/registry.ts';
import type { Intent } from '../../src/state/journal.ts';
import { type Address, spaceId } from '../../src/tree/identifier.ts';
import { PauseFreeClock } from '../clock.ts';
import { underTest } from '../vendor.ts';

const title = 'Goals';

/** Shows nothing in so many listings. */
function lagging(provider: Provider, listings: number): Provider {
  const left = { listings };
  return {
    capabilities: provider.capabilities,
    identity: provider.identity,
    identities: provider.identities,
    calls: () => provider.calls(),
    close: () => provider.close(),
    perform: (operation, signal, onTicket) => provider.perform(operation, signal, onTicket),
    async read(request, signal) {
      const sighting = await provider.read(request, signal);
      if (request.kind !== 'list-nodes' || left.listings === 0) return sighting;
      left.listings -= 1;
      return { ...sighting, nodes: [] };
    },
  };
}

/** A wiki on which the first call to make a page is cut off after its effect, and listings that lag. */
async function open(listings: number) {
  const { emulation, capabilities, identity, credentials, kind } = underTest('dingtalk');
  const world = seedWorld([{ name: 'Handbook' }], { rules: emulation.rules() });
  const clock = new PauseFreeClock();
  const script = [{ endpoint: 'create-node', nth: 1, fault: { kind: 'cut', effect: true } as const }];
  const faults = { seed: 1, script };
  const emulator = await startEmulator({ clock, vendor: emulation, world, faults });
  const options = { baseUrl: emulator.url, identity, credentials, clock, random: () => 0 };
  const provider = openProvider(kind, { ...options, capabilities });
  onTestFinished(async () => {
    await provider.close();
    await emulator.close();
  });
  const place = { space: spaceId(world.spaces[0]?.id ?? ''), parent: null };
  const page = { ...place, title, type: capabilities.defaultType, origin: null };
  const operation: Operation = { kind: 'create-node', ...page };
  const making = { kind: 'node', ...page, nodeKind: 'origin', known: [] } as const;
  const intent: Intent = {
    step: 's0',
    address: 'handbook/Goals' as Address,
    atMs: clock.wallMs(),
    making: { ...making, creator: undefined, since: undefined },
  };
  const context: DoubtContext = {
    provider: lagging(provider, listings),
    clock,
    isTaken: () => false,
    wasTried: false,
    onTicket: async () => undefined,
    signal: new AbortController().signal,
  };
  const made = (): readonly string[] => [...world.nodes.keys()];
  return { operation, intent, context, made };
}

test('a second attempt that the first stands in the way of has found it', async () => {
  const { operation, intent, context, made } = await open(2);
  const outcome = await performSurely(operation, intent, context);
  expect(made()).toHaveLength(1);
  expect(outcome).toMatchObject({ kind: 'node', node: { id: made()[0], title } });
});

test('so has the first attempt of a run after one that was cut off', async () => {
  const { operation, intent, context, made } = await open(0);
  await expect(context.provider.perform(operation)).rejects.toMatchObject({ sent: 'unknown' });
  const outcome = await performSurely(operation, intent, { ...context, wasTried: true });
  expect(made()).toHaveLength(1);
  expect(outcome).toMatchObject({ kind: 'node', node: { id: made()[0] } });
});

test('what stands in the way of a first attempt is somebody else’s', async () => {
  const { operation, intent, context, made } = await open(0);
  await expect(context.provider.perform(operation)).rejects.toMatchObject({ sent: 'unknown' });
  await expect(performSurely(operation, intent, context)).rejects.toMatchObject({
    kind: 'taken',
    sent: 'no',
  });
  expect(made()).toHaveLength(1);
});
