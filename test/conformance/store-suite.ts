// What every store promises, whatever it keeps its memory in. The file store is the reference.

import { describe, expect, onTestFinished, test } from 'vitest';
import type { Intent, Unfinished } from '../../src/state/journal.ts';
import type { ProcessTable } from '../../src/state/lease.ts';
import type { HeldLease } from '../../src/state/lease-store.ts';
import { emptyState, openBook, type State, type StateEvent } from '../../src/state/state.ts';
import type { LoadedState } from '../../src/state/state-store.ts';
import type { Store } from '../../src/state/store.ts';
import { type Address, nodeId, spaceId } from '../../src/tree/identifier.ts';
import type { VirtualClock } from '../clock.ts';
import { plainState } from '../fixture.ts';
import { processes } from '../state/leases.ts';

/** One memory, as processes find it one after the other or side by side. */
export interface StorePlace {
  readonly clock: VirtualClock;
  open(table: ProcessTable): Promise<Store>;
}

const handbook = 'handbook' as Address;
const welcome = 'handbook/Welcome' as Address;
const steps = 'handbook/Welcome/First steps' as Address;

const bindSpace: StateEvent = {
  kind: 'bind-space',
  address: handbook,
  binding: { id: spaceId('7'), name: 'Handbook' },
};

function bind(address: Address, id: string, parent: Address = handbook): StateEvent {
  const title = address.split('/').at(-1) ?? '';
  const binding = {
    id: nodeId(id),
    parent,
    title,
    type: 'docx',
    kind: 'origin',
    origin: null,
    archived: false,
  } as const;
  return { kind: 'bind-node', address, binding };
}

function stateOf(...events: readonly StateEvent[]): State {
  const book = openBook(emptyState('feishu', 'user'));
  for (const event of [bindSpace, ...events]) book.record(event);
  return book.state;
}

function making(step: string, address: Address, more: Partial<Intent> = {}): Intent {
  const title = address.split('/').at(-1) ?? '';
  return {
    step,
    address,
    atMs: 0,
    making: {
      kind: 'node',
      space: spaceId('7'),
      parent: null,
      title,
      type: 'docx',
      nodeKind: 'origin',
      origin: null,
      known: [],
      creator: undefined,
      since: undefined,
    },
    ...more,
  };
}

const nothing: Unfinished = { plan: 'sha256:plan', open: [], strays: [] };
const asked = { addresses: [handbook], andAllKnown: true };

/** A journal that is closed when the test is over. */
async function begin(store: Store, ...parts: Parameters<Store['begin']>): ReturnType<Store['begin']> {
  const journal = await store.begin(...parts);
  onTestFinished(() => journal.close().catch(() => undefined));
  return journal;
}

async function hold(store: Store, waitMs = 0): Promise<HeldLease> {
  const acquired = await store.leases.acquire({ command: 'wikiform apply', waitMs, spaces: asked });
  if (acquired.kind === 'refused') throw new Error(acquired.diagnostic.detail);
  return acquired.lease;
}

function known(loaded: LoadedState): Extract<LoadedState, { kind: 'state' }> {
  if (loaded.kind !== 'state') throw new Error(JSON.stringify(loaded));
  return loaded;
}

/** A process, and one that comes when it is dead. */
const first = processes({ pid: 1, running: [1, 2] });
const second = processes({ pid: 2, running: [1, 2] });
const survivor = processes({ pid: 3, running: [3] });

export function describeStore(name: string, openPlace: () => Promise<StorePlace>): void {
  describe(name, () => {
    test('remembers nothing before anything was saved', async () => {
      const { open } = await openPlace();
      expect(await (await open(first)).load()).toEqual({ kind: 'none' });
    });

    test('hands what was saved to the next process', async () => {
      const { open } = await openPlace();
      const store = await open(first);
      const lease = await hold(store);
      const confirm = { kind: 'confirm', call: 'move-node' } as const;
      await store.save(stateOf(bind(welcome, 'w'), confirm));
      await lease.release();
      const { state, unfinished } = known(await (await open(second)).load());
      expect(plainState(state)).toEqual(stateOf(bind(welcome, 'w'), confirm));
      expect(unfinished).toBeUndefined();
    });

    test('has an intent before its step begins, and an outcome once it is told', async () => {
      const { open } = await openPlace();
      const store = await open(first);
      await hold(store);
      const journal = await begin(store, nothing, stateOf());
      await journal.append({ entry: 'intent', intent: making('s1', welcome) });
      const before = known(await (await open(survivor)).load());
      expect(plainState(before.state)).toEqual(stateOf());
      expect(before.unfinished).toMatchObject({ plan: 'sha256:plan', open: [{ address: welcome }] });
      const events = [bind(welcome, 'w'), { kind: 'confirm', call: 'rename-node' } as const];
      await journal.append({ entry: 'done', step: 's1', events });
      const after = known(await (await open(survivor)).load());
      expect(plainState(after.state)).toEqual(stateOf(...events));
      expect(after.unfinished).toMatchObject({ open: [] });
    });

    test('leaves nothing open of a step that is known to have had no effect', async () => {
      const { open } = await openPlace();
      const store = await open(first);
      await hold(store);
      const journal = await begin(store, nothing, stateOf());
      await journal.append({ entry: 'intent', intent: making('s1', welcome) });
      await journal.append({ entry: 'failed', step: 's1' });
      expect(known(await (await open(survivor)).load()).unfinished).toMatchObject({ open: [] });
    });

    test('may be told what comes next, and asks for it no more than it needs', async () => {
      const { open } = await openPlace();
      const store = await open(first);
      await hold(store);
      const journal = await begin(store, nothing, stateOf());
      const ahead = [making('s2', steps, { isAhead: true, awaits: { parent: welcome } })];
      await journal.append({ entry: 'intent', intent: making('s1', welcome) }, () => ahead);
      await journal.append({ entry: 'done', step: 's1', events: [bind(welcome, 'w')] });
      const parent = { kind: 'node', parent: nodeId('w') };
      await journal.append({ entry: 'intent', intent: making('s2', steps) }, () => []);
      const { unfinished } = known(await (await open(survivor)).load());
      expect(unfinished?.open).toMatchObject([{ address: steps, making: { kind: parent.kind } }]);
      await journal.append({ entry: 'done', step: 's2', events: [bind(steps, 'f', welcome)] });
      const { state } = known(await (await open(survivor)).load());
      expect(plainState(state)).toEqual(stateOf(bind(welcome, 'w'), bind(steps, 'f', welcome)));
    });

    test('ends the journal with the state, and keeps what is not finished', async () => {
      const { open } = await openPlace();
      const store = await open(first);
      const lease = await hold(store);
      const journal = await begin(store, nothing, stateOf());
      await journal.append({ entry: 'intent', intent: making('s1', welcome) });
      await journal.close();
      await store.save(
        stateOf(),
        { ...nothing, open: [making('s1', welcome)] },
        { command: 'test', steps: [] },
      );
      await lease.release();
      const next = await open(second);
      await hold(next);
      const { unfinished } = known(await next.load());
      expect(unfinished?.open).toMatchObject([{ address: welcome }]);
      await next.save(stateOf(bind(welcome, 'w')), undefined, { command: 'test', steps: [] });
      expect(known(await (await open(survivor)).load()).unfinished).toBeUndefined();
    });

    test('has a journal go on from what an earlier run left', async () => {
      const { open } = await openPlace();
      const store = await open(first);
      await hold(store);
      const journal = await begin(store, { ...nothing, open: [making('s1', welcome)] }, stateOf());
      await journal.append({ entry: 'intent', intent: making('s1', steps) });
      await journal.append({ entry: 'done', step: 's1', events: [bind(steps, 'f')] });
      const { unfinished, state } = known(await (await open(survivor)).load());
      expect(unfinished?.open).toMatchObject([{ address: welcome }]);
      expect(state.nodes.has(steps)).toBe(true);
    });

    describe('its lease', () => {
      test('is one run’s at a time', async () => {
        const { open } = await openPlace();
        const lease = await hold(await open(first));
        const other = await open(second);
        const refused = await other.leases.acquire({ command: 'wikiform apply', waitMs: 0, spaces: asked });
        expect(refused).toMatchObject({ kind: 'refused', diagnostic: { code: 'STATE_LOCKED' } });
        expect(await other.leases.holders()).toMatchObject([{ standing: 'held' }]);
        expect(await lease.isHeld()).toBe(true);
        await lease.release();
        expect(await other.leases.holders()).toEqual([]);
        expect(await (await hold(other)).isHeld()).toBe(true);
      });

      test('of a dead process is taken over at once, and that is said', async () => {
        const { open } = await openPlace();
        await hold(await open(first));
        const next = await open(survivor);
        const acquired = await next.leases.acquire({ command: 'wikiform apply', waitMs: 0, spaces: asked });
        expect(acquired).toMatchObject({ kind: 'held', notes: [{ code: 'LEASE_TAKEN_OVER' }] });
      });

      test('ends with its time, unless it is renewed', async () => {
        const { open, clock } = await openPlace();
        const lease = await hold(await open(first));
        const request = { command: 'wikiform apply', waitMs: 0, spaces: asked };
        const isFree = async (): Promise<boolean> => {
          const acquired = await (await open(second)).leases.acquire(request);
          return acquired.kind === 'held';
        };
        for (let term = 0; term < 25; term += 1) {
          await clock.advance(20_000);
          expect(await lease.renew()).toBe(true);
        }
        expect(await isFree()).toBe(false);
        await clock.advance(600_000);
        expect(await isFree()).toBe(true);
        expect(await lease.isHeld()).toBe(false);
        expect(lease.lost.aborted).toBe(true);
      });

      test('can be broken, and its holder finds out before it writes', async () => {
        const { open, clock } = await openPlace();
        const store = await open(first);
        const lease = await hold(store);
        const other = await open(second);
        expect(await other.leases.break()).toMatchObject([{ by: { pid: 1 } }]);
        const theirs = await hold(other);
        await other.save(stateOf(bind(welcome, 'theirs')));
        await clock.advance(3_600_000);
        expect(await lease.isHeld()).toBe(false);
        expect(theirs.lost.aborted).toBe(false);
      });

      test('takes more spaces in', async () => {
        const { open } = await openPlace();
        const store = await open(first);
        const request = {
          command: 'wikiform apply',
          waitMs: 0,
          spaces: { addresses: [handbook], andAllKnown: false },
        };
        const acquired = await store.leases.acquire(request);
        if (acquired.kind === 'refused') throw new Error('refused');
        await store.load();
        expect(await acquired.lease.cover(['people' as Address])).toBeUndefined();
        const refused = await (await open(second)).leases.acquire({
          ...request,
          spaces: { addresses: ['people' as Address], andAllKnown: false },
        });
        expect(refused.kind).toBe('refused');
      });
    });
  });
}
