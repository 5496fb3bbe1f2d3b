// What a `git` that wikiform starts finds around itself. Invariants: it never asks anybody; it says what
// it says in English, so that it can be understood; it works on the repository it is told, not on the one
// whose hook wikiform may run in; and it does not get the credentials of the wiki.

import { vendorKinds } from '../../tree/vendor.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** How Git reaches a remote, and with which settings; all other `GIT_…` are about another call. */
const kept =
  /^GIT_(SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|SSL_.+|HTTP_.+|PROXY_.+|CONFIG_.+|ALLOW_PROTOCOL|PROTOCOL|PROTOCOL_FROM_USER|EXEC_PATH)$/;

/** Of the wiki's vendors. */
const secret = new RegExp(`^(${[...vendorKinds, 'wikiform'].join('|')})_`, 'i');

/** Would open a window, or a prompt on a terminal. */
const asking = new Set(['SSH_ASKPASS', 'SSH_ASKPASS_REQUIRE', 'GIT_TERMINAL_PROMPT']);

export function gitEnvironment(env: Environment): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || asking.has(name) || secret.test(name) || isOfAnotherCall(name)) continue;
    passed[name] = value;
  }
  return {
    ...passed,
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    LC_ALL: 'C',
  };
}

const isOfAnotherCall = (name: string): boolean => name.startsWith('GIT_') && !kept.test(name);
