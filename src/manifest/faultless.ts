// Whether anything is wrong with pages that are about to be written, told without writing and reading them:
// a wiki that is taken over keeps the rules almost always, and to compile its manifest would be a third of
// the work of importing it.
//
// Invariant: about pages that are faultless `compile` has nothing to say, whatever stands around them; a
// property test holds it. About the others it has to be asked: it alone speaks to people.

import { pageDefinitions } from '../schema/page-schema.ts';
import type { Capabilities } from '../tree/capability.ts';
import type { ProviderSettings } from './manifest.ts';
import { deepestLevel } from './nesting.ts';
import { objection } from './title.ts';
import { vendorObjection } from './vendor-name.ts';
import type { PageOutline, SpaceOutline } from './write/outline.ts';

/** @param space - as a wiki is taken over: siblings have different keys, and shortcuts lead to pages that are there. */
export function isFaultless(
  { pages }: SpaceOutline,
  { capabilities, limits }: Pick<ProviderSettings, 'capabilities' | 'limits'>,
): boolean {
  // Siblings would have to be compared.
  if (capabilities.siblingNames !== 'free') return false;
  const deepest = Math.min(limits.depth, deepestLevel);
  let count = 0;
  const areFaultless = (siblings: readonly PageOutline[], level: number): boolean => {
    count += siblings.length;
    if (level > deepest || siblings.length > limits.children || count > limits.nodes) return false;
    for (const page of siblings) {
      if (!isFaultlessPage(page, capabilities)) return false;
      if (page.children.length > 0 && !areFaultless(page.children, level + 1)) return false;
    }
    return true;
  };
  return pages.length === 0 || areFaultless(pages, 1);
}

const idPattern = new RegExp(pageDefinitions.page.properties.id.pattern);

function isFaultlessPage(page: PageOutline, { types, names, shortcuts }: Capabilities): boolean {
  const { title, key, type, id, shortcut } = page;
  if (title === '') {
    if (key === undefined || !names.mayBeEmpty) return false;
  } else if (objection(title) !== undefined || vendorObjection(title, names) !== undefined) return false;
  if (key !== undefined && objection(key) !== undefined) return false;
  if (type !== undefined && !Object.hasOwn(types, type)) return false;
  if (id !== undefined && !idPattern.test(id)) return false;
  if (shortcut === undefined) return true;
  if (type !== undefined || page.children.length > 0 || !shortcuts.create) return false;
  return !('id' in shortcut) || idPattern.test(shortcut.id);
}
