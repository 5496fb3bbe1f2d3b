// Ids and orders in the shapes the vendor gives them, drawn from the world's seed and counter: no
// number is used twice, so no order is, and an id is as unlikely to be as with the vendor.

import { digits, hash32, letters } from './random.ts';
import type { World } from './world.ts';

/** What is minted with this number is minted with no other. */
export function nextNumber(world: World): number {
  world.counter += 1;
  return world.counter;
}

/** How a vendor's ids look. Each call gives another. */
export interface Mint {
  space(world: World): string;
  node(world: World): string;
  document(world: World, type: string): string;
}

/** 19 digits: more than a JavaScript number holds. */
function mintSpaceId(world: World): string {
  return `7${digits(18, world.seed, 'space', nextNumber(world))}`;
}

/** 27 characters, as `wikcnKQ1k3p0000000Vabcefgh`. */
function mintNodeId(world: World): string {
  return `wikcn${letters(22, world.seed, 'node', nextNumber(world))}`;
}

const prefixes: Readonly<Record<string, string>> = {
  doc: 'doccn',
  docx: 'doxcn',
  sheet: 'shtcn',
  bitable: 'bascn',
  mindnote: 'bmncn',
  slides: 'sldcn',
  file: 'boxcn',
};

/** 27 characters whose prefix tells the type. */
function mintDocumentToken(world: World, type: string): string {
  return `${prefixes[type] ?? 'objcn'}${letters(22, world.seed, 'document', nextNumber(world))}`;
}

export const feishuMint: Mint = { space: mintSpaceId, node: mintNodeId, document: mintDocumentToken };

/** A later sibling gets a higher order, unless siblings are shuffled; no order is given twice. */
export function mintOrder(world: World): number {
  const number = nextNumber(world);
  if (world.rules.siblingOrder === 'insertion') return number;
  return (hash32(world.seed, 'order', number) % 2 ** 22) * 2 ** 30 + number;
}
