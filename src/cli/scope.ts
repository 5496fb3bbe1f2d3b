// `--target ADDRESS` and `--space KEY` as addresses to plan for. Invariant: nothing is planned for a name
// that neither the manifest nor the state knows; a slip of the pen must not look like nothing to do.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Scope } from '../schedule/scope.ts';
import { didYouMean } from '../schema/nearest.ts';
import type { State } from '../state/state.ts';
import { isWithin, parentAddress, parseAddress, spaceAddress, spaceOfAddress } from '../tree/address.ts';
import type { DesiredNode, DesiredTree } from '../tree/desired.ts';
import type { Address } from '../tree/identifier.ts';
import { CommandFailure } from './report.ts';

export interface ScopeOptions {
  /** Addresses, each with everything below it. */
  readonly targets?: readonly string[] | undefined;
  /** Keys of spaces. */
  readonly spaces?: readonly string[] | undefined;
}

/**
 * What is planned; `undefined` where everything is.
 *
 * @throws {CommandFailure} when a target or a space is not known, or a target lies in no chosen space.
 */
export function scopeOf(options: ScopeOptions, desired: DesiredTree, state: State): Scope | undefined {
  const { targets = [], spaces = [] } = options;
  if (targets.length === 0 && spaces.length === 0) return undefined;
  const problems: Diagnostic[] = [];
  const chosen = spaces.flatMap((key) => knownSpace(key, desired, problems));
  const known = knownAddresses(desired, state);
  const wanted = targets.flatMap((text) => knownAddress(text, known, problems));
  if (spaces.length > 0 && problems.length === 0)
    for (const address of wanted)
      if (!chosen.includes(spaceOfAddress(address))) problems.push(outside(address));
  if (problems.length > 0) throw new CommandFailure(problems);
  return [...new Set(targets.length === 0 ? chosen : wanted)];
}

function knownSpace(key: string, { spaces }: DesiredTree, problems: Diagnostic[]): Address[] {
  const keys = spaces.map((space) => space.key);
  if (keys.includes(key)) return [spaceAddress(key)];
  problems.push(
    diagnostic('SPACE_UNKNOWN', {
      detail: `The manifest declares no space ${JSON.stringify(key)}.`,
      help: `Name one of its keys below "spaces": ${keys.join(', ') || 'there is none'}.${didYouMean(key, keys)}`,
    }),
  );
  return [];
}

interface Known {
  readonly addresses: ReadonlySet<Address>;
  /** Pages whose branches only the wiki knows: `copy: {id: …, children: true}`. */
  readonly open: readonly DesiredNode[];
}

function knownAddresses({ spaces }: DesiredTree, state: State): Known {
  const addresses = new Set<Address>([...state.spaces.keys(), ...state.nodes.keys()]);
  const open: DesiredNode[] = [];
  for (const space of spaces) {
    addresses.add(space.address);
    for (const node of space.nodes) {
      addresses.add(node.address);
      if (node.making.from === 'copy' && node.making.subtree) open.push(node);
    }
  }
  return { addresses, open };
}

function knownAddress(text: string, known: Known, problems: Diagnostic[]): Address[] {
  const address = parseAddress(text);
  const isKnown =
    address !== undefined &&
    (known.addresses.has(address) || known.open.some((node) => isWithin(address, node.address)));
  if (isKnown) return [address];
  problems.push(unknownAddress(text, known.addresses));
  return [];
}

/** @param addresses - all that are declared or bound. */
export function unknownAddress(text: string, addresses: ReadonlySet<Address>): Diagnostic {
  return diagnostic('ADDRESS_UNKNOWN', {
    detail: `${text} is neither declared nor bound.`,
    help: `Write the whole address: the key of the space and the keys down to the page, joined by "/"; a "/" inside a key is written "\\/".${suggestion(text, addresses)}`,
  });
}

/** Of the addresses below the lowest known one above it, the most alike; else of all. */
function suggestion(text: string, addresses: ReadonlySet<Address>): string {
  for (let above = parentOf(text); above !== undefined; above = parentOf(above)) {
    if (!addresses.has(above)) continue;
    const siblings = [...addresses].filter((address) => parentAddress(address) === above);
    const found = didYouMean(text, siblings);
    if (found !== '') return found;
    break;
  }
  return didYouMean(text, addresses);
}

function parentOf(text: string): Address | undefined {
  const address = parseAddress(text);
  return address === undefined ? undefined : parentAddress(address);
}

function outside(address: Address): Diagnostic {
  return diagnostic('USAGE', {
    detail: `--target ${address} lies in a space that --space leaves out.`,
    help: 'Name its space with --space too, or leave --space out.',
  });
}
