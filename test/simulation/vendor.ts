// The vendors that every simulation is played for, and what a scene has to know of one beside what every test
// knows: its words for types, and of which types siblings of one title may be.

import { operator, user } from '../e2e/site.ts';
import { underTest, type VendorUnderTest } from '../vendor.ts';

export interface Vendor extends VendorUnderTest {
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
  ...underTest('feishu'),
  env: user,
  folder: 'docx',
  sheet: 'sheet',
  twins: ['docx', 'docx', 'docx'],
  tellsCreator: true,
};

const dingtalk: Vendor = {
  ...underTest('dingtalk'),
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
