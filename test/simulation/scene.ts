// What is simulated: a wiki, and the commit that is being applied to it when the process dies.

import type { SeedSpace } from '../../src/provider/emulator/seed.ts';
import type { VendorKind } from '../../src/tree/capability.ts';
import type { DesiredTree } from '../../src/tree/desired.ts';
import type { Limits } from '../../src/tree/limit.ts';
import { desiredTree } from '../fixture.ts';

export interface Scene {
  /** Whose wiki; Feishu's unless told. */
  readonly vendor?: VendorKind;
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

const knowledge = (literal: Parameters<typeof desiredTree>[0]): DesiredTree => desiredTree(literal, 'doc');

/** A knowledge base from nothing, with copies that are renamed, one of them beside its source, and one of a branch. */
export const knowledgeBase: Scene = {
  name: 'a new knowledge base',
  vendor: 'dingtalk',
  spaces: [],
  limits: {},
  first: undefined,
  peelUnmanaged: false,
  kept: {},
  next: knowledge({
    handbook: {
      description: 'How we work',
      pages: [
        'Welcome',
        { title: 'Hello', copy: 'handbook/Welcome' },
        { title: 'Templates', type: 'folder', children: [{ title: 'Project', children: ['Goals'] }] },
        {
          title: 'Apollo',
          copy: 'handbook/Templates/Project',
          children: [{ title: 'Goals', copy: 'handbook/Templates/Project/Goals' }],
        },
      ],
    },
  }),
};

/** Siblings that exchange titles, pages of one title that exchange places, and a page that is moved and renamed. */
export const exchange: Scene = {
  name: 'titles that are exchanged',
  vendor: 'dingtalk',
  spaces: [{ name: 'handbook', nodes: ['Theirs'] }],
  limits: {},
  first: knowledge({
    handbook: [
      { title: 'Left', key: 'a' },
      { title: 'Right', key: 'b' },
      { title: 'One', type: 'folder', children: ['Notes', 'Draft'] },
      { title: 'Two', type: 'folder', children: ['Notes'] },
    ],
  }),
  next: knowledge({
    handbook: [
      { title: 'Right', key: 'a' },
      { title: 'Left', key: 'b' },
      {
        title: 'One',
        type: 'folder',
        children: [{ title: 'Notes', key: 'theirs', movedFrom: 'handbook/Two/Notes' }, 'New'],
      },
      {
        title: 'Two',
        type: 'folder',
        children: [
          { title: 'Notes', key: 'ours', movedFrom: 'handbook/One/Notes' },
          { title: 'Final', movedFrom: 'handbook/One/Draft' },
        ],
      },
    ],
  }),
  peelUnmanaged: false,
  kept: {
    'handbook/One/theirs': 'handbook/Two/Notes',
    'handbook/Two/ours': 'handbook/One/Notes',
    'handbook/Two/Final': 'handbook/One/Draft',
  },
};

export const scenes: readonly Scene[] = [founding, reorganisation, peeling, knowledgeBase, exchange];
