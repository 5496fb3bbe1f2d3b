// Small worlds for tests, and the requests that tests make most.

import { expect } from 'vitest';
import type { Actor } from '../../../src/provider/emulator/access.ts';
import type { Emulation } from '../../../src/provider/emulator/emulation.ts';
import { applyRequest } from '../../../src/provider/emulator/operation.ts';
import { findPage } from '../../../src/provider/emulator/outline.ts';
import type { WorldRequest, WorldRequestOf, WorldResult } from '../../../src/provider/emulator/request.ts';
import { type SeedNode, type SeedSpace, seedWorld } from '../../../src/provider/emulator/seed.ts';
import { feishuRules } from '../../../src/provider/emulator/server.ts';
import { takeSnapshot } from '../../../src/provider/emulator/snapshot.ts';
import type { World } from '../../../src/provider/emulator/world.ts';
import type { Limits } from '../../../src/tree/limit.ts';

export const app: Actor = { kind: 'app', id: 'cli_test' };
export const user: Actor = { kind: 'user', id: 'ou_test' };
export const home = '7000000000000000001';
export const away = '7000000000000000002';

/** The space `home` with these pages, and the empty space `away`; open to everybody. */
export function smallWorld(
  nodes: readonly SeedNode[],
  limits: Partial<Limits> = {},
  parts: Partial<SeedSpace> = {},
  rules: Emulation['rules'] = feishuRules,
): World {
  return seedWorld(
    [
      { id: home, name: 'Home', nodes, ...parts },
      { id: away, name: 'Away' },
    ],
    {
      rules: rules(limits),
    },
  );
}

/** The token of a page of `home` by its titles from the top. */
export function at(world: World, ...titles: string[]): string {
  const found = findPage(world, home, ...titles);
  if (found === undefined) throw new Error(`no page ${titles.join('/')}`);
  return found;
}

/** The result of a request that must succeed. */
export function done(world: World, request: WorldRequest, actor: Actor = app, nowMs = 0): WorldResult {
  const answer = applyRequest(world, request, actor, nowMs);
  if (!answer.ok) throw new Error(`${answer.reason}: ${answer.message}`);
  return answer.result;
}

/** Why a request is refused; the world must not have changed by it. */
export function refusal(world: World, request: WorldRequest, actor: Actor = app): string {
  const before = takeSnapshot(world);
  const answer = applyRequest(world, request, actor, 0);
  expect(takeSnapshot(world)).toEqual(before);
  return answer.ok ? 'nothing is refused' : answer.reason;
}

type Partly<Kind extends WorldRequest['kind']> = Partial<Omit<WorldRequestOf<Kind>, 'kind'>>;

export const create = (parts: Partly<'create-node'> = {}): WorldRequest => ({
  kind: 'create-node',
  space: home,
  parent: undefined,
  title: 'New',
  type: 'docx',
  origin: undefined,
  ...parts,
});

export const copy = (node: string, parts: Partly<'copy-node'> = {}): WorldRequest => ({
  kind: 'copy-node',
  space: home,
  node,
  title: undefined,
  targetSpace: undefined,
  targetParent: undefined,
  ...parts,
});

export const move = (node: string, parts: Partly<'move-node'> = {}): WorldRequest => ({
  kind: 'move-node',
  space: home,
  node,
  targetSpace: undefined,
  targetParent: undefined,
  ...parts,
});

export const list = (parent?: string, size = 50, token?: string): WorldRequest => ({
  kind: 'list-nodes',
  space: home,
  parent,
  page: { size, token },
});

/** The titles of each page of a listing. */
export function pages(
  world: World,
  parent: string | undefined,
  size: number,
  actor: Actor = app,
): string[][] {
  const found: string[][] = [];
  let token: string | undefined;
  do {
    const result = done(world, list(parent, size, token), actor);
    if (result.kind !== 'nodes') throw new Error('not a listing');
    found.push(result.nodes.map((node) => node.title));
    token = result.next;
  } while (token !== undefined);
  return found;
}
