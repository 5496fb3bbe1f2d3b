// A page of Markdown out of blocks that share a number of bytes: the important ones take their room
// first, and each stands where it belongs.

import { byteLength } from './markdown.ts';

export interface Block {
  /** Lower ranks take room first. */
  readonly rank: number;
  /** How much of the room that is left it may take at most. */
  readonly share: number;
  /** `undefined` where it cannot be said in so many bytes. */
  readonly render: (maxBytes: number) => string | undefined;
}

/** A block that is there whole or not at all; none for no text. */
export function wholeBlock(rank: number, text: string): readonly Block[] {
  const render = (maxBytes: number): string | undefined => (byteLength(text) <= maxBytes ? text : undefined);
  return text === '' ? [] : [{ rank, share: 1, render }];
}

const gap = '\n\n';

/** The blocks in their order, as far as they fit; no line break at the end. */
export function fitBlocks(blocks: readonly Block[], maxBytes: number): string {
  const rendered = new Map<Block, string>();
  let room = maxBytes;
  for (const block of [...blocks].sort((a, b) => a.rank - b.rank)) {
    const left = rendered.size === 0 ? room : room - gap.length;
    const text = left <= 0 ? undefined : block.render(Math.floor(left * block.share));
    if (text === undefined) continue;
    room = left - byteLength(text);
    rendered.set(block, text);
  }
  return blocks.flatMap((block) => rendered.get(block) ?? []).join(gap);
}

/** The start of our own words in at most so many bytes. */
export function clipBytes(text: string, maxBytes: number): string {
  let clipped = text;
  while (byteLength(clipped) > maxBytes) clipped = clipped.slice(0, -1);
  return clipped;
}
