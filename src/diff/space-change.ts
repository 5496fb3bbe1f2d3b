// Spaces: made where there is none, otherwise taken as they are. No call changes a space's name,
// description or sharing, so a difference there is a warning (law 1).

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { DesiredSpace } from '../tree/desired.ts';
import type { LiveSpace } from '../tree/live.ts';
import type { Change } from './change.ts';
import type { Comparison } from './comparison.ts';

export interface SpaceComparison {
  readonly change: Change | undefined;
  /** Why nothing below the space can be done now. */
  readonly blocks: string | undefined;
  /** An error was found that makes everything below meaningless. */
  readonly failed: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

const nothing: SpaceComparison = { change: undefined, blocks: undefined, failed: false, diagnostics: [] };

export function compareSpace(space: DesiredSpace, comparison: Comparison): SpaceComparison {
  const match = comparison.match.spaces.get(space.address);
  switch (match?.kind) {
    case 'live': {
      const live = comparison.live.spaces.get(match.id);
      return live === undefined ? nothing : { ...nothing, diagnostics: differences(space, live, comparison) };
    }
    case 'new':
      return made(space, comparison);
    case 'hidden':
      return {
        ...nothing,
        blocks: `the space ${space.address} may not be read`,
        diagnostics: [hidden(space)],
      };
    case 'failed':
    case 'unseen':
    case undefined:
      return { ...nothing, failed: true };
  }
}

function made(space: DesiredSpace, { capabilities, identity, identities }: Comparison): SpaceComparison {
  const change: Change = {
    kind: 'create-space',
    address: space.address,
    title: space.name,
    type: undefined,
    nodeType: undefined,
    parent: undefined,
    before: undefined,
    reference: undefined,
    reason: 'declared',
    inferred: false,
    origin: 'this-change',
    source: space.source,
    blocked: undefined,
    archives: false,
  };
  const makers = capabilities.identities['create-space'];
  if (makers.includes(identity)) return { ...nothing, change };
  const maker = makers.find((other) => identities.has(other));
  if (maker === undefined) {
    return { ...nothing, change, diagnostics: [identityRequired(space, capabilities.environmentPrefix)] };
  }
  const blocks = `the app cannot see ${space.address} until it is made a member of it`;
  return { ...nothing, change, blocks, diagnostics: [invisible(space)] };
}

function identityRequired(space: DesiredSpace, prefix: string): Diagnostic {
  return diagnostic('IDENTITY_REQUIRED', {
    detail: `${space.address} has to be created, and the vendor lets only a user create a space; this run has the app's credentials alone.`,
    help: `Set ${prefix}_USER_ACCESS_TOKEN, or create the space by hand, make the app a member of it, and write its id below ${space.address}: id: "…".`,
    source: space.source,
  });
}

function invisible(space: DesiredSpace): Diagnostic {
  return diagnostic('SPACE_INVISIBLE_TO_APP', {
    severity: 'warning',
    detail: `${space.address} will be created as the user, and this run works as the app, which cannot see it then: the pages in it have to wait.`,
    help: `After this apply, make the app a member of "${space.name}" with the right to edit and run the same command again; or write identity: user in the provider's long form.`,
    source: space.source,
  });
}

function hidden(space: DesiredSpace): Diagnostic {
  return diagnostic('SPACE_HIDDEN', {
    severity: 'warning',
    detail: `${space.address} exists, but this identity may not read it; nothing in it is planned.`,
    help: 'Make the app or user a member of the space with the right to edit, then run the same command again.',
    source: space.source,
  });
}

function differences(space: DesiredSpace, live: LiveSpace, { capabilities }: Comparison): Diagnostic[] {
  const found: Diagnostic[] = [];
  const say = (
    code: 'SPACE_NAME_DIFFERS' | 'SPACE_DESCRIPTION_DIFFERS' | 'SPACE_SHARING_DIFFERS',
    what: string,
    wanted: string,
    is: string,
  ): void => {
    const detail = `${space.address} has the ${what} "${is}" in the wiki and "${wanted}" in the manifest; ${capabilities.label} has no call to change it.`;
    const help = 'Change it in the wiki by hand, or write in the manifest what the wiki has.';
    found.push(diagnostic(code, { severity: 'warning', detail, help, source: space.source }));
  };
  if (space.name !== live.name) say('SPACE_NAME_DIFFERS', 'name', space.name, live.name);
  if (space.description !== undefined && space.description !== live.description)
    say('SPACE_DESCRIPTION_DIFFERS', 'description', space.description, live.description);
  if (space.sharing !== undefined && live.sharing !== undefined && space.sharing !== live.sharing)
    say('SPACE_SHARING_DIFFERS', 'sharing', space.sharing, live.sharing);
  return found;
}
