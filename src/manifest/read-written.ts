// Located values become a WrittenManifest.

import type { Located } from '../schema/located.ts';
import {
  asText,
  entriesField,
  field,
  isTrue,
  numberField,
  numbersOf,
  textField,
  textsField,
  textsOf,
} from './read-fields.ts';
import type {
  Field,
  WrittenCopy,
  WrittenManifest,
  WrittenNode,
  WrittenProvider,
  WrittenReference,
  WrittenSpace,
  WrittenState,
} from './written.ts';

export function readManifest(root: Located): WrittenManifest {
  const guard = field(root, 'guard')?.at;
  return {
    provider: readProvider(field(root, 'provider')),
    state: readState(field(root, 'state')),
    include: textsField(root, 'include'),
    maxChanges: numberField(guard, 'maxChanges'),
    maxAffectedPercent: numberField(guard, 'maxAffectedPercent'),
    protect: textsField(root, 'protect'),
    ignore: textsField(root, 'ignore'),
    spaces: readSpaces(root),
  };
}

function readProvider(written: Field<Located> | undefined): WrittenProvider | undefined {
  if (written === undefined) return undefined;
  const { at } = written;
  return {
    at,
    kind: at.kind === 'map' ? textField(at, 'kind') : asText(written),
    baseUrl: textField(at, 'baseUrl'),
    identity: textField(at, 'identity'),
    limits: numbersOf(field(at, 'limits')?.at),
    pace: textsOf(field(at, 'pace')?.at),
  };
}

function readState(written: Field<Located> | undefined): WrittenState | undefined {
  if (written === undefined) return undefined;
  const git = field(written.at, 'git')?.at;
  return {
    at: written.at,
    path: asText(written),
    remote: textField(git, 'remote'),
    ref: textField(git, 'ref'),
  };
}

/** The spaces of a manifest or of an included file. */
export function readSpaces(root: Located): WrittenSpace[] {
  const entries = [...entriesField(root, 'spaces')];
  return entries.map(([key, { key: place, at }]) => readSpace({ value: key, key: place, at }));
}

function readSpace(key: Field<string>): WrittenSpace {
  const { at } = key;
  return {
    key,
    name: textField(at, 'name'),
    description: textField(at, 'description'),
    sharing: textField(at, 'sharing'),
    id: textField(at, 'id'),
    archive: textField(field(at, 'onRemove')?.at, 'archive'),
    titles: textField(at, 'titles'),
    nodes: readNodes(field(at, 'nodes')),
    partial: at.kind !== 'map' || isOtherKind(at, 'nodes'),
  };
}

function readNode(at: Located): WrittenNode {
  return at.kind === 'map' ? readLongNode(at) : new BareNode(at);
}

/** A title and nothing else, as most pages are: what they lack takes no room. */
class BareNode implements WrittenNode {
  readonly at: Located;
  readonly title: Field<string> | undefined;

  constructor(at: Located) {
    this.at = at;
    this.title = asText({ value: at, key: at, at });
  }

  get key(): undefined {
    return undefined;
  }

  get type(): undefined {
    return undefined;
  }

  get id(): undefined {
    return undefined;
  }

  get movedFrom(): undefined {
    return undefined;
  }

  get copy(): undefined {
    return undefined;
  }

  get shortcut(): undefined {
    return undefined;
  }

  get children(): undefined {
    return undefined;
  }

  get partial(): false {
    return false;
  }
}

function readLongNode(at: Located): WrittenNode {
  return {
    at,
    title: textField(at, 'title'),
    key: textField(at, 'key'),
    type: textField(at, 'type'),
    id: textField(at, 'id'),
    movedFrom: textField(at, 'movedFrom'),
    copy: readCopy(field(at, 'copy')),
    shortcut: readShortcut(field(at, 'shortcut')),
    children: readNodes(field(at, 'children')),
    partial: isOtherKind(at, 'children'),
  };
}

function readNodes(written: Field<Located> | undefined): Field<readonly WrittenNode[]> | undefined {
  if (written?.at.kind !== 'list') return undefined;
  return { ...written, value: written.at.items.map(readNode) };
}

/** Whether a list is meant to stand under the name, and something else does. */
function isOtherKind(at: Located, name: string): boolean {
  const written = field(at, name);
  return written !== undefined && written.at.kind !== 'list';
}

function readCopy(written: Field<Located> | undefined): Field<WrittenCopy> | undefined {
  const reference = written && readReference(written, 'from');
  return (
    reference && { ...reference, value: { ...reference.value, children: isTrue(reference.at, 'children') } }
  );
}

function readShortcut(written: Field<Located> | undefined): Field<WrittenReference> | undefined {
  return written && readReference(written, undefined);
}

/** @param addressField - where the long form holds an address. */
function readReference(written: Field<Located>, addressField: string | undefined): Field<WrittenReference> {
  const { at } = written;
  const long = addressField === undefined ? undefined : textField(at, addressField);
  const address = at.kind === 'map' ? long : asText(written);
  return { ...written, value: { address, id: textField(at, 'id') } };
}
