// The vendor, and how it is spoken to. Invariant: on the vendor's own hosts neither a limit nor a pace
// is looser than the vendor's.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { anchorOf, sourceOf } from '../schema/located.ts';
import { nearest } from '../schema/nearest.ts';
import { either, quote } from '../schema/wording.ts';
import type { Capabilities, Identity, VendorKind } from '../tree/capability.ts';
import { isVendorHost } from '../tree/host.ts';
import type { Limits, Rate } from '../tree/limit.ts';
import { vendorKinds } from '../tree/vendor.ts';
import { formatBaseUrl, resolveBaseUrl } from './base-url.ts';
import type { ProviderSettings } from './manifest.ts';
import { formatRate, isLooser, mostCallsIn, parseRate } from './rate.ts';
import type { Field, WrittenProvider } from './written.ts';

interface ResolvedProvider {
  /** `undefined` where the vendor itself is unclear. */
  readonly settings: ProviderSettings | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const identities: readonly Identity[] = ['app', 'user'];

export function resolveProvider(
  written: WrittenProvider | undefined,
  known: Readonly<Partial<Record<VendorKind, Capabilities>>>,
  trustedHosts: readonly string[],
): ResolvedProvider {
  const kind = vendorKinds.find((candidate) => candidate === written?.kind?.value);
  if (written?.kind === undefined || kind === undefined) return { settings: undefined, diagnostics: [] };
  const capabilities = known[kind];
  if (capabilities === undefined)
    return { settings: undefined, diagnostics: [unsupported(written.kind, known)] };
  const base = resolveBaseUrl(written.baseUrl, capabilities, trustedHosts);
  const capped = base.url !== undefined && isVendorHost(base.url, capabilities.hosts);
  const limits = resolveLimits(written, capabilities, capped);
  const pace = resolvePace(written, capabilities, capped);
  const settings = {
    kind,
    capabilities,
    baseUrl: base.url === undefined ? capabilities.defaultBaseUrl : formatBaseUrl(base.url),
    identity: identities.find((candidate) => candidate === written.identity?.value),
    limits: limits.value,
    pace: pace.value,
    source: sourceOf(written.at),
  };
  const diagnostics = [
    ...base.diagnostics,
    ...checkIdentity(written.identity, capabilities),
    ...limits.diagnostics,
    ...pace.diagnostics,
  ];
  return { settings, diagnostics };
}

function unsupported(
  kind: Field<string>,
  known: Readonly<Partial<Record<VendorKind, Capabilities>>>,
): Diagnostic {
  return diagnostic('PROVIDER_UNSUPPORTED', {
    detail: `This version of wikiform does not speak to ${kind.value}.`,
    help: `It speaks to ${either(Object.keys(known), 'and')}.`,
    source: sourceOf(kind.at),
    related: anchorOf(kind.at),
  });
}

function checkIdentity(
  written: Field<string> | undefined,
  { credentials, label }: Capabilities,
): Diagnostic[] {
  const identity = identities.find((candidate) => candidate === written?.value);
  if (written === undefined || identity === undefined || credentials[identity].length > 0) return [];
  const known = identities.filter((candidate) => credentials[candidate].length > 0);
  return [
    diagnostic('FIELD_INVALID', {
      detail: `${label} is not spoken to as the ${identity}.`,
      help: `Take \`identity\` away: calls are made as the ${either(known, 'and')}.`,
      source: sourceOf(written.at),
      related: anchorOf(written.at),
    }),
  ];
}

function resolveLimits(
  written: WrittenProvider,
  capabilities: Capabilities,
  capped: boolean,
): { value: Limits; diagnostics: Diagnostic[] } {
  const value = { ...capabilities.limits };
  const diagnostics: Diagnostic[] = [];
  for (const name of ['depth', 'children', 'nodes', 'nodesPerMove'] as const) {
    const asked = written.limits.get(name);
    if (asked === undefined) continue;
    const cap = capabilities.limits[name];
    if (capped && asked.value > cap) {
      const detail = `\`${name}\` is ${asked.at.kind === 'scalar' ? asked.at.written : asked.value}, and ${capabilities.label} allows ${cap}.`;
      diagnostics.push(loosened(asked, detail, `Write ${cap} or less.`));
    }
    value[name] = asked.value;
  }
  return { value, diagnostics };
}

function resolvePace(
  written: WrittenProvider,
  capabilities: Capabilities,
  capped: boolean,
): { value: Record<string, Rate>; diagnostics: Diagnostic[] } {
  const caps: ReadonlyMap<string, Rate> = new Map(Object.entries(capabilities.pace));
  const value = new Map(caps);
  const diagnostics: Diagnostic[] = [];
  for (const [endpoint, asked] of written.pace) {
    const rate = parseRate(asked.value);
    const cap = caps.get(endpoint);
    if (cap === undefined) diagnostics.push(unknownEndpoint(endpoint, asked, [...caps.keys()]));
    else if (rate !== undefined) {
      value.set(endpoint, rate);
      if (capped && isLooser(rate, cap))
        diagnostics.push(loosePace(endpoint, asked, rate, cap, capabilities));
    }
  }
  return { value: Object.fromEntries(value), diagnostics };
}

function loosePace(
  endpoint: string,
  asked: Field<string>,
  rate: Rate,
  cap: Rate,
  capabilities: Capabilities,
): Diagnostic {
  const most = mostCallsIn(cap.windowMs, rate);
  const detail = `\`${asked.value}\` can let ${most} calls of ${endpoint} through in ${cap.windowMs / 1000} s, and ${capabilities.label} allows ${cap.count}.`;
  return loosened(asked, detail, `Write \`${formatRate(cap)}\` or less.`);
}

function loosened(asked: Field<unknown>, detail: string, help: string): Diagnostic {
  return diagnostic('LIMIT_LOOSENED', {
    detail,
    help,
    source: sourceOf(asked.at),
    related: anchorOf(asked.at),
  });
}

function unknownEndpoint(endpoint: string, asked: Field<string>, known: readonly string[]): Diagnostic {
  const meant = nearest(endpoint, known);
  return diagnostic('FIELD_UNKNOWN', {
    detail: `There is no endpoint ${quote(endpoint)}.`,
    help: meant === undefined ? `The endpoints are ${either(known, 'and')}.` : `Did you mean \`${meant}\`?`,
    source: sourceOf(asked.key),
  });
}
