// What real processes do when they are killed: two commits, small enough that a process is over soon. As
// manifests they are JSON, which is YAML.

import type { World, WorldNode } from '../../src/provider/emulator/world.ts';
import type { DesiredPage } from '../fixture.ts';
import { shortcut, type Vendor, vendors } from './vendor.ts';

export type Pages = readonly (string | DesiredPage)[];

export interface Job {
  readonly vendor: Vendor;
  readonly name: string;
  /** What was applied before. */
  readonly before: Pages | undefined;
  readonly after: Pages;
}

const founding = (vendor: Vendor): Job => ({
  vendor,
  name: 'a new wiki',
  before: undefined,
  after: [
    'Welcome',
    { title: 'Minutes', key: 'one', type: vendor.twins[0] },
    { title: 'Minutes', key: 'two', type: vendor.twins[1] },
    { title: 'Templates', children: ['Checklist'] },
    {
      title: 'Onboarding',
      children: [
        { title: 'First steps', copy: 'handbook/Templates/Checklist' },
        ...shortcut(vendor, { title: 'Hello', shortcut: 'handbook/Welcome' }),
        // A branch: where a vendor copies it whole, that is a task that goes on after its answer.
        {
          title: 'Kit',
          copy: 'handbook/Templates',
          children: [{ title: 'List', copy: 'handbook/Templates/Checklist' }],
        },
      ],
    },
  ],
});

const reorganisation = (vendor: Vendor): Job => ({
  vendor,
  name: 'a reorganisation',
  before: [
    { title: 'Left', children: ['A', 'B', { title: 'C', children: ['Inner'] }, 'D', 'E'] },
    { title: 'Right', children: ['V', 'W', 'X', 'Y', 'Z'] },
  ],
  after: [
    { title: 'Left', children: ['A', 'B', 'D', 'E', { title: 'Z', movedFrom: 'handbook/Right/Z' }] },
    {
      title: 'Right',
      children: ['V', 'W', 'X', 'Y', { title: 'C', movedFrom: 'handbook/Left/C', children: ['Inner'] }],
    },
    { title: 'Log', children: ['January', { title: 'February', children: ['Week one'] }] },
  ],
});

export const jobs: readonly Job[] = vendors.flatMap((vendor) => [founding(vendor), reorganisation(vendor)]);

/** Few, so that two full parents cannot exchange pages without a detour. */
export const limits = { children: 5 };

/** The manifest of one space with these pages, for this server. */
export function manifestOf(
  { kind }: Vendor,
  baseUrl: string,
  nodes: Pages,
  top: Readonly<Record<string, unknown>> = {},
): string {
  const provider = { kind, baseUrl, limits };
  return JSON.stringify({ version: 1, ...top, provider, spaces: { handbook: { name: 'Handbook', nodes } } });
}

/** Every page by the titles from the top down, sorted. */
export const pathsIn = (pages: Pages): readonly string[] => pathsBelow(pages, '').toSorted();

function pathsBelow(pages: Pages, above: string): string[] {
  return pages.flatMap((page) => {
    const { title, children = [] } = typeof page === 'string' ? { title: page } : page;
    return [`${above}${title}`, ...pathsBelow(children, `${above}${title}/`)];
  });
}

const pathOf = ({ title, parent }: WorldNode): string =>
  parent === null ? title : `${pathOf(parent)}/${title}`;

/** The same of what is there. */
export const livePaths = ({ nodes }: World): readonly string[] => [...nodes.values()].map(pathOf).toSorted();
