// What is simulated: a wiki, and the commit that is being applied to it when the process dies.

import type { SeedSpace } from '../../src/provider/emulator/seed.ts';
import type { DesiredTree } from '../../src/tree/desired.ts';
import type { Limits } from '../../src/tree/limit.ts';
import { desiredTree } from '../fixture.ts';

export interface Scene {
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

/** Two spaces from nothing, with two siblings of one title, copies and shortcuts, also of what is yet to be made. */
export const founding: Scene = {
  name: 'a new wiki',
  spaces: [],
  limits: {},
  first: undefined,
  peelUnmanaged: false,
  kept: {},
  next: desiredTree({
    handbook: {
      description: 'How we work',
      pages: [
        'Welcome',
        { title: 'Minutes', key: 'minutes-a' },
        { title: 'Minutes', key: 'minutes-b' },
        { title: 'Templates', children: ['Checklist', { title: '数据', type: 'sheet' }] },
        {
          title: 'Onboarding',
          children: [
            'Day one',
            { title: 'First steps', copy: 'handbook/Templates/Checklist' },
            { title: 'Welcome', shortcut: 'handbook/Welcome' },
          ],
        },
      ],
    },
    projects: { description: 'What we do', pages: [{ title: 'Apollo', children: ['Goals', 'Risks'] }] },
  }),
};

/**
 * Two full parents that exchange pages, so that one has to be parked; renames, a page that goes to another
 * space, and new pages, one of them beside pages of the same title that somebody else has made.
 */
export const reorganisation: Scene = {
  name: 'a reorganisation',
  spaces: [{ name: 'handbook' }, { name: 'archive', nodes: ['Log', 'Log'] }],
  limits: { children: 6 },
  first: desiredTree({
    handbook: [
      { title: 'Left', children: ['A', 'B', 'C', 'D', 'E', 'F'] },
      { title: 'Right', children: ['U', 'V', 'W', 'X', 'Y', 'Z'] },
      { title: 'Raodmap', key: 'roadmap', children: ['Q1'] },
    ],
    archive: ['Old'],
  }),
  next: desiredTree({
    handbook: [
      { title: 'Left', children: ['A', 'B', 'C', 'D', 'E', { title: 'U', movedFrom: 'handbook/Right/U' }] },
      { title: 'Right', children: ['V', 'W', 'X', 'Y', 'Z', { title: 'F', movedFrom: 'handbook/Left/F' }] },
      { title: 'Roadmap', key: 'roadmap', children: ['Q1', { title: 'Q2', copy: 'handbook/roadmap/Q1' }] },
    ],
    archive: [
      { title: 'Old', children: ['Index', { title: 'Roadmap', shortcut: 'handbook/roadmap' }] },
      { title: 'Log', key: 'our log', movedFrom: 'none', children: ['2026'] },
    ],
  }),
  peelUnmanaged: false,
  kept: { 'handbook/Left/U': 'handbook/Right/U', 'handbook/Right/F': 'handbook/Left/F' },
};

/** A branch too large for one move, full of pages that nobody declared: some have to make way and come back. */
export const peeling: Scene = {
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
  first: desiredTree({ handbook: ['Apollo', 'Past'] }),
  next: desiredTree({
    handbook: [
      {
        title: 'Past',
        children: [{ title: 'Apollo', movedFrom: 'handbook/Apollo', children: ['Epilogue'] }],
      },
    ],
  }),
  peelUnmanaged: true,
  kept: { 'handbook/Past/Apollo': 'handbook/Apollo' },
};

export const scenes: readonly Scene[] = [founding, reorganisation, peeling];
