// Every code the vendor documents for the wiki and for tokens, and what it means for a caller.
//
// Sources: the vendor's pages for creating, copying and moving a node (131001 to 131010), its list of
// generic codes (99991xxx, 99992402, 9499, 10014), and its command-line tool (131011 to 131101).
// A refusal that the vendor makes before it acts has `sent: 'no'`; 131001 and 131007 come from behind
// that line, so a write that meets them may have happened.

import type { ProviderError, ProviderErrorKind } from '../provider-error.ts';
import { oauthCodes } from './oauth-code.ts';

export interface CodeMeaning {
  readonly kind: ProviderErrorKind;
  /** Whether a write that got this code may have happened. */
  readonly mayHaveHappened?: true;
  /** The vendor says not to try again, whatever the kind suggests. */
  readonly final?: true;
  readonly help?: string;
}

const invalid: CodeMeaning = { kind: 'invalid' };
const badAppSecret: CodeMeaning = {
  kind: 'unauthenticated',
  help: 'check {PREFIX}_APP_ID and {PREFIX}_APP_SECRET against the app in the developer console',
};
const badAppToken: CodeMeaning = {
  kind: 'unauthenticated',
  help: 'the tenant token was refused though it is fresh; check that the app is installed in this tenant and may use this call',
};
const badUserToken: CodeMeaning = {
  kind: 'unauthenticated',
  help: 'the user token is invalid or has expired; run wikiform login, or set a fresh {PREFIX}_USER_ACCESS_TOKEN',
};
const unusableApp: CodeMeaning = {
  kind: 'unauthenticated',
  help: 'an administrator has to enable or install the app for this tenant',
};

/** The tenant token is no longer good; a fresh one may be. */
export const tenantTokenInvalid = 99991663;

/** The user's token is no longer good; a renewed one may be. */
export const userTokenInvalid: ReadonlySet<ProviderError['vendorCode']> = new Set([99991668, 99991677]);

const meanings: Readonly<Record<number, CodeMeaning>> = {
  9499: invalid,
  10003: badAppSecret,
  10014: badAppSecret,
  131001: { kind: 'unavailable', mayHaveHappened: true },
  131002: invalid,
  131003: {
    kind: 'limit',
    help: 'a limit of the wiki is reached: 400,000 nodes in a space, 50 levels, 2,000 children of a parent or 2,000 nodes in a move (pages you cannot see count too)',
  },
  131004: {
    kind: 'unauthenticated',
    help: 'the vendor does not take this user; log in again, or use the app identity',
  },
  131005: { kind: 'not-found' },
  131006: {
    kind: 'forbidden',
    help: 'give the identity edit permission on the page and its parent, or make it a member of the space',
  },
  131007: {
    kind: 'unavailable',
    mayHaveHappened: true,
    final: true,
    help: 'the vendor asks not to try again; hand the log id to its support',
  },
  131008: invalid,
  131009: { kind: 'contention' },
  131010: { kind: 'invalid', help: 'the type `doc` is retired; use `docx`' },
  131011: { kind: 'forbidden', help: 'an administrator has to approve this' },
  131012: { kind: 'not-found' },
  131013: invalid,
  131014: invalid,
  131016: invalid,
  131101: invalid,
  99991400: { kind: 'rate' },
  99991401: {
    kind: 'unauthenticated',
    help: "this machine's address is not on the app's IP allow list in the developer console",
  },
  99991403: {
    kind: 'quota',
    help: "the tenant's monthly quota of API calls is used up; wait for the next month or raise the plan",
  },
  99991543: badAppSecret,
  99991661: {
    kind: 'unauthenticated',
    help: 'set {PREFIX}_APP_ID and {PREFIX}_APP_SECRET, or {PREFIX}_USER_ACCESS_TOKEN',
  },
  [tenantTokenInvalid]: badAppToken,
  99991664: badAppToken,
  99991665: badAppToken,
  99991668: badUserToken,
  99991669: badUserToken,
  99991671: { kind: 'unauthenticated', help: 'the token is not one of this vendor: check its beginning' },
  99991672: {
    kind: 'unauthenticated',
    help: 'give the app the scope in the developer console and publish a version of it',
  },
  99991673: unusableApp,
  99991676: { kind: 'unauthenticated', help: 'use a token of the other identity, or one with more scopes' },
  99991677: badUserToken,
  99991679: {
    kind: 'unauthenticated',
    help: 'log in again and grant the scope, or add it to the app in the developer console first',
  },
  99992402: invalid,
};

/** Every code that is documented; docs/troubleshooting.md says of each what to do. */
export const documentedCodes: readonly number[] = Object.keys(meanings).map(Number);

/** What a code means; `undefined` for one that is not documented. */
export function meaningOf(code: number): CodeMeaning | undefined {
  return meanings[code] ?? oauthCodes[code];
}
