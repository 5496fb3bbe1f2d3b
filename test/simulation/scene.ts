// What is simulated: a wiki, and the commit that is being applied to it when the process dies. Each scene is
// written once, and set for every vendor.

import type { SeedSpace } from '../../src/provider/emulator/seed.ts';
import type { DesiredTree } from '../../src/tree/desired.ts';
import type { Limits } from '../../src/tree/limit.ts';
import { desiredTree } from '../fixture.ts';
import { shortcut, type Vendor, vendors } from './vendor.ts';

export interface Scene {
  readonly vendor: Vendor;
  readonly name: string;
  /** What people have made before. */
  readonly spaces: readonly SeedSpace[];
  readonly limits: Partial<Limits>;
  /** What was applied before. */
  readonly first: DesiredTree | undefined;
  readonly next: DesiredTree;
  readonly peelUnmanaged: boolean;
  /** Addresses of `next` that keep the page of an address of `first`. */
  readonly kept: Readonly<Record<string, string>>;
}

type Literal = Parameters<typeof desiredTree>[0];

const treeOf = ({ capabilities }: Vendor, literal: Literal): DesiredTree =>
  desiredTree(literal, capabilities.defaultType);

/** From nothing, without limits that bite. */
const bare = { spaces: [], limits: {}, first: undefined, peelUnmanaged: false, kept: {} } as const;

/** Two spaces from nothing, with two siblings of one title, copies and shortcuts, also of what is yet to be made. */
const founding = (vendor: Vendor): Scene => ({
  ...bare,
  vendor,
  name: 'a new wiki',
  next: treeOf(vendor, {
    handbook: {
      description: 'How we work',
      pages: [
        'Welcome',
        { title: 'Minutes', key: 'minutes-a', type: vendor.twins[0] },
        { title: 'Minutes', key: 'minutes-b', type: vendor.twins[1] },
        { title: 'Templates', children: ['Checklist', { title: '数据', type: vendor.sheet }] },
        {
          title: 'Onboarding',
          children: [
            'Day one',
            { title: 'First steps', copy: 'handbook/Templates/Checklist' },
            ...shortcut(vendor, { title: 'Welcome', shortcut: 'handbook/Welcome' }),
          ],
        },
      ],
    },
    projects: { description: 'What we do', pages: [{ title: 'Apollo', children: ['Goals', 'Risks'] }] },
  }),
});

/**
 * Two full parents that exchange pages, so that one has to be parked; renames, a page that goes to another
 * space, and new pages, one of them beside pages of the same title that somebody else has made.
 */
const reorganisation = (vendor: Vendor): Scene => ({
  ...bare,
  vendor,
  name: 'a reorganisation',
  spaces: [
    { name: 'handbook' },
    {
      name: 'archive',
      nodes: [
        { title: 'Log', type: vendor.twins[0] },
        { title: 'Log', type: vendor.twins[1] },
      ],
    },
  ],
  limits: { children: 6 },
  first: treeOf(vendor, {
    handbook: [
      { title: 'Left', children: ['A', 'B', 'C', 'D', 'E', 'F'] },
      { title: 'Right', children: ['U', 'V', 'W', 'X', 'Y', 'Z'] },
      { title: 'Raodmap', key: 'roadmap', children: ['Q1'] },
    ],
    archive: ['Old'],
  }),
  next: treeOf(vendor, {
    handbook: [
      { title: 'Left', children: ['A', 'B', 'C', 'D', 'E', { title: 'U', movedFrom: 'handbook/Right/U' }] },
      { title: 'Right', children: ['V', 'W', 'X', 'Y', 'Z', { title: 'F', movedFrom: 'handbook/Left/F' }] },
      { title: 'Roadmap', key: 'roadmap', children: ['Q1', { title: 'Q2', copy: 'handbook/roadmap/Q1' }] },
    ],
    archive: [
      {
        title: 'Old',
        children: ['Index', ...shortcut(vendor, { title: 'Roadmap', shortcut: 'handbook/roadmap' })],
      },
      { title: 'Log', type: vendor.twins[2], key: 'our log', movedFrom: 'none', children: ['2026'] },
    ],
  }),
  kept: { 'handbook/Left/U': 'handbook/Right/U', 'handbook/Right/F': 'handbook/Left/F' },
});

/** A branch too large for one move, full of pages that nobody declared: some have to make way and come back. */
const peeling = (vendor: Vendor): Scene => ({
  ...bare,
  vendor,
  name: 'a branch that is peeled',
  spaces: [
    {
      name: 'handbook',
      nodes: [
        {
          title: 'Apollo',
          children: ['Notes', { title: 'Scrap', children: ['Scrap 1', 'Scrap 2'] }, 'Sketch', 'Draft'],
        },
        'Past',
      ],
    },
  ],
  limits: { nodesPerMove: 4 },
  first: treeOf(vendor, { handbook: ['Apollo', 'Past'] }),
  next: treeOf(vendor, {
    handbook: [
      {
        title: 'Past',
        children: [{ title: 'Apollo', movedFrom: 'handbook/Apollo', children: ['Epilogue'] }],
      },
    ],
  }),
  peelUnmanaged: true,
  kept: { 'handbook/Past/Apollo': 'handbook/Apollo' },
});

/** Copies under titles of their own: one of them beside its source, one of a branch, one of a page in it. */
const copying = (vendor: Vendor): Scene => ({
  ...bare,
  vendor,
  name: 'a wiki of copies',
  next: treeOf(vendor, {
    handbook: {
      description: 'How we work',
      pages: [
        'Welcome',
        { title: 'Hello', copy: 'handbook/Welcome' },
        {
          title: 'Templates',
          type: vendor.folder,
          children: [{ title: 'Project', children: ['Goals', 'Risks'] }],
        },
        {
          title: 'Apollo',
          copy: 'handbook/Templates/Project',
          children: [
            { title: 'Goals', copy: 'handbook/Templates/Project/Goals' },
            { title: 'Our risks', copy: 'handbook/Templates/Project/Risks' },
          ],
        },
      ],
    },
  }),
});

/** Siblings that exchange titles, branches of one title that exchange places, and a page that is moved and renamed. */
const exchange = (vendor: Vendor): Scene => ({
  ...bare,
  vendor,
  name: 'titles that are exchanged',
  spaces: [{ name: 'handbook', nodes: ['Theirs'] }],
  first: treeOf(vendor, {
    handbook: [
      { title: 'Left', key: 'a' },
      { title: 'Right', key: 'b' },
      {
        title: 'One',
        type: vendor.folder,
        children: [{ title: 'Notes', children: ['Monday'] }, 'Draft'],
      },
      { title: 'Two', type: vendor.folder, children: ['Notes'] },
    ],
  }),
  next: treeOf(vendor, {
    handbook: [
      { title: 'Right', key: 'a' },
      { title: 'Left', key: 'b' },
      {
        title: 'One',
        type: vendor.folder,
        children: [{ title: 'Notes', key: 'theirs', movedFrom: 'handbook/Two/Notes' }, 'New'],
      },
      {
        title: 'Two',
        type: vendor.folder,
        children: [
          { title: 'Notes', key: 'ours', movedFrom: 'handbook/One/Notes', children: ['Monday'] },
          { title: 'Final', movedFrom: 'handbook/One/Draft' },
        ],
      },
    ],
  }),
  kept: {
    'handbook/One/theirs': 'handbook/Two/Notes',
    'handbook/Two/ours': 'handbook/One/Notes',
    'handbook/Two/ours/Monday': 'handbook/One/Notes/Monday',
    'handbook/Two/Final': 'handbook/One/Draft',
  },
});

/** The scenes for one vendor. */
export interface Programme {
  readonly vendor: Vendor;
  readonly founding: Scene;
  readonly reorganisation: Scene;
  readonly peeling: Scene;
  readonly copying: Scene;
  readonly exchange: Scene;
  readonly all: readonly Scene[];
}

function programmeFor(vendor: Vendor): Programme {
  const scenes = {
    founding: founding(vendor),
    reorganisation: reorganisation(vendor),
    peeling: peeling(vendor),
    copying: copying(vendor),
    exchange: exchange(vendor),
  };
  return { vendor, ...scenes, all: Object.values(scenes) };
}

export const programmes: readonly Programme[] = vendors.map(programmeFor);

export const scenes: readonly Scene[] = programmes.flatMap(({ all }) => all);
