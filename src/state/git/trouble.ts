// What people are told where Git does not do what is asked: whether the machine, the checkout, the way to
// the remote or the remote itself is at fault, and what to do about it.

import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts';
import { type GitAnswer, withoutCredentials } from './command.ts';

/** Where the state is, as people are to be told it. */
export interface RefPlace {
  /** The name of a remote of the checkout. */
  readonly remote: string;
  readonly ref: string;
}

/** `refs/wikiform/state of origin` */
export const nameOfPlace = ({ remote, ref }: RefPlace): string => `${ref} of ${remote}`;

/** Git did not do it; thrown inside this folder only. */
export class GitTrouble extends Error {
  override readonly name = 'GitTrouble';
  readonly diagnostic: Diagnostic;
  /** A state may well be there, and cannot be had from here. */
  readonly isOutOfReach: boolean;

  constructor(diagnostic: Diagnostic, isOutOfReach = false) {
    super(diagnostic.detail);
    this.diagnostic = diagnostic;
    this.isOutOfReach = isOutOfReach;
  }
}

const withoutMemory =
  'A pull request that may not read it can still be planned: wikiform plan --base BRANCH takes the manifest of that branch as the memory.';

/** The checkout cannot be used. */
export function checkoutTrouble(folder: string, answer: GitAnswer): Diagnostic {
  if (answer.end === 'missing') return gitMissing();
  if (/dubious ownership|safe\.directory/.test(answer.said)) {
    return unreadable(
      `Git does not trust ${folder}, because it belongs to another user: ${tell(answer)}`,
      `Tell it to: git config --global --add safe.directory ${folder}`,
    );
  }
  if (/not a git repository/.test(answer.said)) {
    return unreadable(
      `${folder} is in no Git repository, and the manifest says \`state: git\`.`,
      'Run wikiform in a checkout, or keep the state in a file, such as state: .wikiform/state.json.',
    );
  }
  return unreadable(`Git cannot use ${folder}: ${tell(answer)}`, 'See what git status says there.');
}

export function remoteMissing({ remote }: RefPlace, known: readonly string[]): Diagnostic {
  const has = known.length === 0 ? 'it has none' : `it has ${known.join(', ')}`;
  return unreadable(
    `The manifest keeps the state on the remote ${remote}, and the checkout has no remote of that name (${has}).`,
    `Write the name of one of them, as state: {git: {remote: NAME}}, or add it: git remote add ${remote} URL.`,
  );
}

/** The ref could not be fetched. */
export function readTrouble(place: RefPlace, answer: GitAnswer): Diagnostic {
  if (answer.end === 'missing') return gitMissing();
  return unreadable(
    `${nameOfPlace(place)} cannot be fetched: ${tell(answer)}`,
    `${adviceFor(answer)} ${withoutMemory}`,
  );
}

/** The ref could not be pushed. */
export function writeTrouble(place: RefPlace, answer: GitAnswer): Diagnostic {
  return unwritable(`${nameOfPlace(place)} cannot be pushed: ${tell(answer)}`, adviceFor(answer));
}

/** The remote took the push apart and refused it. `reason` is its own. */
export function refusedPush(place: RefPlace, reason: string, answer: GitAnswer): Diagnostic {
  const more = remoteLines(answer.said);
  return unwritable(
    `The remote ${place.remote} refuses to change ${place.ref} (${withoutCredentials(reason)})${more === '' ? '.' : `: ${more}`}`,
    `Let this checkout's credentials push to ${place.ref}, or name another ref, as state: {git: {ref: refs/…}}. Reading needs no such right: wikiform plan works without it.`,
  );
}

/** Others were faster again and again. */
export function crowded(place: RefPlace): Diagnostic {
  return unwritable(
    `${nameOfPlace(place)} is changed by others all the time.`,
    'Run the same command again when fewer runs are under way.',
  );
}

/** The ref holds what is not a state. */
export function notOurs(place: RefPlace, why: string): Diagnostic {
  return unreadable(
    `${nameOfPlace(place)} holds no state that wikiform can read: ${why}. It is left as it is.`,
    `Put back what was there before (git push --force ${place.remote} COMMIT:${place.ref}), or name another ref, as state: {git: {ref: refs/…}}; a state that begins anew binds every page again by its place and title.`,
  );
}

export function newerRef(
  place: RefPlace,
  version: string,
  known: string,
  needs: string | undefined,
): Diagnostic {
  const wanted = needs === undefined ? 'a newer one' : `${needs} or a newer one`;
  return diagnostic('VERSION_UNSUPPORTED', {
    detail: `${nameOfPlace(place)} has format ${version}; this wikiform knows formats up to ${known}.`,
    help: `Use wikiform ${wanted}: npm install wikiform@${needs ?? 'latest'}.`,
  });
}

/** What keeps the copies of the checkout cannot be written. */
export function checkoutUnwritable(folder: string, code: string): Diagnostic {
  return unwritable(
    `${folder} cannot be written (${code}), and what is fetched and pushed is kept there.`,
    'Make room or give write permission to that folder, then run the same command again.',
  );
}

function gitMissing(): Diagnostic {
  return unreadable(
    'The manifest says `state: git`, and there is no `git` to be run here.',
    'Install Git 2.20 or newer, or keep the state in a file, such as state: .wikiform/state.json.',
  );
}

function adviceFor({ end, said }: GitAnswer): string {
  if (end === 'timeout')
    return 'See whether the remote can be reached, or give it more time with --call-timeout.';
  if (
    /authentication|permission|denied|403|401|could not read (username|password)|terminal prompts/i.test(said)
  ) {
    return 'Give the checkout credentials for this remote: wikiform uses those that git fetch and git push use, and never asks for any.';
  }
  return 'See whether git fetch works in this checkout, then run the same command again.';
}

/** What Git said in the end, on one line. */
function tell({ end, said }: GitAnswer): string {
  if (end === 'timeout') return 'it did not answer in time.';
  const lines = said.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => /^(fatal|error|remote|ssh|ERROR)\b/.test(line));
  const shown = (telling.length > 0 ? telling : lines.filter((line) => line !== '')).slice(0, 3);
  return shown.length === 0 ? `git ended with ${end}.` : shown.join('; ').slice(0, 600);
}

const remoteLines = (said: string): string =>
  [...said.matchAll(/^remote: (.*\S)\s*$/gm)]
    .map(([, line]) => line)
    .slice(0, 3)
    .join('; ');

const unreadable = (detail: string, help: string): Diagnostic =>
  diagnostic('STATE_UNREADABLE', { detail, help });
const unwritable = (detail: string, help: string): Diagnostic =>
  diagnostic('STATE_UNWRITABLE', { detail, help });
