// Who a run would work as, until when, and what each command needs to have been given.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Person } from '../provider/login.ts';
import type { Identity, VendorKind } from '../tree/capability.ts';
import { oneLine, paddingFor } from './clip.ts';
import { diagnosticsToJson } from './diagnostics.ts';
import { formatVersion } from './document.ts';
import { isoTime, moment, personName } from './login-report.ts';
import type { Style } from './style.ts';
import { textWidth } from './text-width.ts';

export interface WhoamiPermission {
  readonly call: string;
  readonly commands: readonly string[];
  readonly identities: readonly Identity[];
  /** One of these does. */
  readonly anyOf: readonly string[];
  /** `undefined` where nobody knows. */
  readonly isGranted: boolean | undefined;
}

/** Where an identity's credentials come from. */
export type CredentialSource = 'environment' | 'login' | 'emulator';

export interface Whoami {
  readonly provider: VendorKind;
  readonly label: string;
  readonly host: string;
  /** `undefined` where there are no credentials for any. */
  readonly identity: Identity | undefined;
  readonly source: CredentialSource | undefined;
  readonly appId: string | undefined;
  readonly person: Person | undefined;
  readonly accessUntilMs: number | undefined;
  readonly refreshUntilMs: number | undefined;
  readonly permissions: readonly WhoamiPermission[];
  readonly diagnostics: readonly Diagnostic[];
}

export function renderWhoami(who: Whoami, style: Style): string {
  const permissions = who.permissions.filter(({ anyOf }) => anyOf.length > 0);
  return [
    `${style.bold(who.label)} at ${who.host}`,
    ...aligned(factsOf(who).map(([name, value]) => [name, oneLine(value)])),
    ...(permissions.length === 0 ? [] : ['', ...permissionTable(permissions, style)]),
  ].join('\n');
}

function factsOf(who: Whoami): readonly (readonly [string, string])[] {
  return [
    ['identity', identityOf(who)],
    ...fact('app', who.appId),
    ...fact('person', who.person === undefined ? undefined : personName(who.person)),
    ...fact('access until', who.accessUntilMs === undefined ? undefined : moment(who.accessUntilMs)),
    ...fact('renewed until', who.refreshUntilMs === undefined ? undefined : moment(who.refreshUntilMs)),
  ];
}

function identityOf({ identity, source }: Whoami): string {
  if (identity === undefined) return 'nobody';
  const from = {
    environment: 'by the environment',
    login: 'by wikiform login',
    emulator: 'by the emulator, which takes everybody',
  };
  return source === undefined ? identity : `${identity}, ${from[source]}`;
}

const fact = (name: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[name, value]];

/** What one would tick to have it all stands below, where there is such a thing. */
function permissionTable(permissions: readonly WhoamiPermission[], style: Style): string[] {
  const hasChoice = permissions.some(({ identities }) => identities.length > 1);
  const rows = permissions.map(({ call, commands, identities, anyOf, isGranted }) => {
    const only = hasChoice && identities.length === 1 ? `  (as the ${identities[0]} only)` : '';
    const lack = isGranted === false ? '  not granted' : '';
    return [call, commands.join(', '), `${anyOf.join(' | ')}${only}${lack}`];
  });
  const [head = '', ...lines] = aligned([['call', 'needed by', 'any one of these permissions'], ...rows]);
  const reading = permissions.filter(({ commands }) => commands.length > 1);
  return [
    style.dim(head),
    ...lines,
    ...enough('Enough for everything', permissions),
    ...enough('Enough for all but apply', reading),
  ];
}

/** Permissions that each alone do for all of the calls; where there are none, one for each. */
function enough(what: string, permissions: readonly WhoamiPermission[]): string[] {
  const [first, ...rest] = permissions;
  if (first === undefined) return [];
  const common = first.anyOf.filter((one) => rest.every(({ anyOf }) => anyOf.includes(one)));
  if (common.length > 0) return [`${what}: ${common.join(', or ')}.`];
  return [`${what}: ${[...new Set(permissions.flatMap(({ anyOf }) => anyOf.slice(0, 1)))].join(', ')}.`];
}

/** Columns two blanks apart. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    rows.reduce((most, row) => Math.max(most, textWidth(row[at] ?? '')), 0),
  );
  return rows.map((row) =>
    `  ${row.map((text, at) => text + paddingFor(text, widths[at] ?? 0)).join('  ')}`.trimEnd(),
  );
}

export function whoamiToJson(who: Whoami): unknown {
  const { provider, host, identity, source, appId, person, permissions, diagnostics } = who;
  return {
    formatVersion,
    errored: diagnostics.some(({ severity }) => severity === 'error'),
    provider,
    host,
    identity: identity ?? null,
    source: source ?? null,
    appId: appId ?? null,
    person: person ?? null,
    accessUntil: isoTime(who.accessUntilMs),
    refreshUntil: isoTime(who.refreshUntilMs),
    permissions: permissions.map(({ isGranted, ...permission }) => ({
      ...permission,
      granted: isGranted ?? null,
    })),
    diagnostics: diagnosticsToJson(diagnostics),
  };
}
