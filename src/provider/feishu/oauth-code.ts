// The codes of the call that gives out user tokens, and what they mean for a caller.
//
// Source: the vendor's pages on getting and on renewing a user_access_token (v2). All but 20050 and
// 20072 come before anything is given out, so that a refresh token they refuse was not used by this call.

import type { CodeMeaning } from './code-table.ts';

const loginAgain = 'run wikiform login again';

const badApp: CodeMeaning = {
  kind: 'unauthenticated',
  help: 'check {PREFIX}_APP_ID and {PREFIX}_APP_SECRET against the app in the developer console',
};
const badUser: CodeMeaning = {
  kind: 'unauthenticated',
  help: 'an administrator has to let this user use the app, or enable the app for this tenant',
};
const badCode: CodeMeaning = {
  kind: 'unauthenticated',
  help: `a code works once and for five minutes; ${loginAgain}`,
};
const overLogin: CodeMeaning = {
  kind: 'unauthenticated',
  help: `the login is over: its refresh token has expired, was used or was taken back; ${loginAgain}`,
};
const invalid: CodeMeaning = { kind: 'invalid' };
/** Whether the refresh token was used up is not known, so nothing is tried again by itself. */
const passing: CodeMeaning = { kind: 'unavailable', mayHaveHappened: true };

export const oauthCodes: Readonly<Record<number, CodeMeaning>> = {
  20001: invalid,
  20002: badApp,
  20003: badCode,
  20004: badCode,
  20008: badUser,
  20009: badUser,
  20010: badUser,
  20024: { kind: 'unauthenticated', help: `the login is another app's; ${loginAgain}` },
  20026: overLogin,
  20036: invalid,
  20037: overLogin,
  20048: badApp,
  20049: badCode,
  20050: passing,
  20063: invalid,
  20064: overLogin,
  20065: badCode,
  20066: badUser,
  20067: invalid,
  20068: invalid,
  20069: badUser,
  20070: invalid,
  20071: badCode,
  20072: passing,
  20073: overLogin,
  20074: {
    kind: 'unauthenticated',
    help: 'switch the renewing of user tokens on under the security settings of the app, and publish a version of it',
  },
};
