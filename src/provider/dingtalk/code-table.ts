// What the vendor's codes mean for a caller. They are words, and a server may put more before and behind
// them (`Forbidden.AccessDenied.QpsLimitForAppkeyAndApi`), so they are told by patterns, the first that fits.
//
// Sources: the global list of error codes, the page on frequency control and quotas, and the pages of each
// call. A refusal by the gateway or by a check comes before any effect. HTTP 500 is no proof of an effect:
// copying answers 500 for a missing permission, and that stays so however often it is asked.

import type { ProviderErrorKind } from '../provider-error.ts';

export interface CodeMeaning {
  readonly kind: ProviderErrorKind;
  /** Whether a write that got this code may have happened. */
  readonly mayHaveHappened?: true;
  readonly final?: true;
  /** How long the vendor asks to wait. */
  readonly waitMs?: number;
  readonly help?: string;
}

export const codeMeanings: readonly (readonly [pattern: RegExp, meaning: CodeMeaning])[] = [
  [
    /ApiCountLimit/i,
    {
      kind: 'quota',
      final: true,
      help: "the organisation's monthly quota of API calls is used up (5,000 on the standard edition): wait for the next month, or buy a larger edition or a package of calls in the admin console; what was done is remembered, and the same command goes on from there",
    },
  ],
  // "Sleep for a second", the page on frequency control says.
  [/QpsLimit/i, { kind: 'rate', waitMs: 1000 }],
  [/QpmLimit|systemBusy|system\.busy|TooManyRequests/i, { kind: 'rate' }],
  [
    /InvalidAuthentication|InvalidAccessToken/i,
    {
      kind: 'unauthenticated',
      help: 'the app token was refused though it is fresh; check the app in the developer console',
    },
  ],
  [
    /invalidClient|invalid\.client|unauthorized\.client|unsupported\.grant/i,
    {
      kind: 'unauthenticated',
      help: 'check {PREFIX}_APP_KEY and {PREFIX}_APP_SECRET against the app in the developer console, and that `baseUrl` is the host the app was made on (api.dingtalk.com and api.dingtalk.io do not know each other\u2019s apps)',
    },
  ],
  [
    /AccessTokenPermissionDenied/i,
    { kind: 'unauthenticated', help: 'give the app the permission in the developer console' },
  ],
  [
    /IpNotInWhiteList/i,
    {
      kind: 'unauthenticated',
      help: "this machine's address is not among those the app may call from; add it in the developer console",
    },
  ],
  [
    /notInOrg|MissingoperatorId|MissingunionId/i,
    {
      kind: 'unauthenticated',
      help: '{PREFIX}_OPERATOR_ID has to be the unionId (not the userId) of a member of the organisation',
    },
  ],
  [/operationConcurrentControl/i, { kind: 'contention' }],
  [
    /nameConflict|AlreadyExist/i,
    {
      kind: 'taken',
      help: 'a page of that title and type is there already, perhaps one that this operator may not see; rename one of the two',
    },
  ],
  [
    /NameIllegal/i,
    { kind: 'invalid', help: 'the vendor does not take this title; leave out / \\ : ? and other signs' },
  ],
  [
    /QuotaInsufficient/i,
    {
      kind: 'limit',
      help: 'the storage of the organisation, or of this app, is full; an administrator has to make room',
    },
  ],
  [/InvalidAction/i, { kind: 'invalid', help: 'the server does not know this call; check `baseUrl`' }],
  [/notExist|not_?found|parentNotFound|\.deleted$|isNotWorkspace/i, { kind: 'not-found' }],
  [
    /permissionDenied|forbidden|accessDenied|noPermission/i,
    {
      kind: 'forbidden',
      help: 'give the operator the right to edit the page and what it is to lie below: moving needs the right to manage the page',
    },
  ],
  [/param|invalid|illegal|missing/i, { kind: 'invalid' }],
];

export function meaningOf(code: string, status: number): CodeMeaning {
  const found = codeMeanings.find(([pattern]) => pattern.test(code))?.[1];
  if (found !== undefined) return found;
  // The API's own 4xx is a refusal, whatever it is called.
  if (status < 500 && status !== 408 && status !== 429)
    return { kind: status === 403 ? 'forbidden' : 'invalid' };
  return meaningOfStatus(status);
}

/** Where the code is not known, or there is none because the answer is not the API's. */
export function meaningOfStatus(status: number): CodeMeaning {
  if (status === 429) return { kind: 'rate' };
  if (status >= 500 || status === 408) return { kind: 'unavailable', mayHaveHappened: true };
  return { kind: 'invalid', mayHaveHappened: true };
}
