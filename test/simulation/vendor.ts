// The vendors that every simulation is played for, and what a scene has to know of one beside its
// capabilities: its words for types, and of which types siblings of one title may be.

import { dingtalkCapabilities } from '../../src/provider/dingtalk/capability.ts';
import { feishuCapabilities } from '../../src/provider/feishu/capability.ts';
import type { Capabilities, Identity, VendorKind } from '../../src/tree/capability.ts';
import { operator, user } from '../e2e/site.ts';

export interface Vendor {
  readonly kind: VendorKind;
  readonly capabilities: Capabilities;
  /** Who works. */
  readonly identity: Identity;
  /** The credentials of who works, as an environment. */
  readonly env: Readonly<Record<string, string>>;
  /** A type for what holds other pages. */
  readonly folder: string;
  readonly sheet: string;
  /** The types of siblings that share a title; pages may lie below the last. */
  readonly twins: readonly [string, string, string];
  /** Whether the answer about a new page says who made it, so that it is known again under another title. */
  readonly tellsCreator: boolean;
}

const feishu: Vendor = {
  kind: 'feishu',
  capabilities: feishuCapabilities,
  identity: 'user',
  env: user,
  folder: 'docx',
  sheet: 'sheet',
  twins: ['docx', 'docx', 'docx'],
  tellsCreator: true,
};

const dingtalk: Vendor = {
  kind: 'dingtalk',
  capabilities: dingtalkCapabilities,
  identity: 'app',
  env: operator,
  folder: 'folder',
  sheet: 'workbook',
  twins: ['doc', 'workbook', 'folder'],
  tellsCreator: false,
};

export const vendors: readonly Vendor[] = [feishu, dingtalk];

/** The page where this vendor's calls can make a shortcut; nothing where they cannot. */
export function shortcut<Page>({ capabilities: { shortcuts } }: Vendor, page: Page): readonly Page[] {
  return shortcuts.create ? [page] : [];
}
