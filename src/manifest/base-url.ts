// Where the vendor's API is. Law 10: credentials go only to the vendor's hosts, to this machine, and
// to hosts that the environment names, since a pull request can edit the manifest.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { anchorOf, sourceOf } from '../schema/located.ts';
import type { Capabilities } from '../tree/capability.ts';
import { isTrustedHost, isVendorHost } from '../tree/host.ts';
import type { Field } from './written.ts';

interface BaseUrl {
  /** `undefined` where what is written is no usable URL. */
  readonly url: URL | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function resolveBaseUrl(
  written: Field<string> | undefined,
  capabilities: Capabilities,
  trustedHosts: readonly string[],
): BaseUrl {
  if (written === undefined) return { url: new URL(capabilities.defaultBaseUrl), diagnostics: [] };
  const url = URL.canParse(written.value) ? new URL(written.value) : undefined;
  const problem = objection(written.value, url);
  if (url === undefined || problem !== undefined) {
    const parts = {
      detail: `\`baseUrl\` ${problem}.`,
      help: `Write it like \`${capabilities.defaultBaseUrl}\`.`,
    };
    return { url: undefined, diagnostics: [invalid(written, parts)] };
  }
  if (isTrustedHost(url, capabilities.hosts, trustedHosts)) return { url, diagnostics: [] };
  return { url, diagnostics: [untrusted(written, url, capabilities)] };
}

/** A user name or password in the URL must not be repeated in a message. */
function objection(text: string, url: URL | undefined): string | undefined {
  if (url === undefined || !/^https?:\/\//i.test(text)) return 'is not an absolute http or https URL';
  if (url.username !== '' || url.password !== '') return 'holds a user name or password';
  if (text.includes('?') || text.includes('#')) return 'holds a query or a fragment';
  return undefined;
}

function invalid(written: Field<string>, parts: { detail: string; help: string }): Diagnostic {
  return diagnostic('FIELD_INVALID', {
    ...parts,
    source: sourceOf(written.at),
    related: anchorOf(written.at),
  });
}

function untrusted(written: Field<string>, url: URL, capabilities: Capabilities): Diagnostic {
  const plainVendor = isVendorHost(url, capabilities.hosts);
  return diagnostic('HOST_UNTRUSTED', {
    detail: plainVendor
      ? `${url.origin} is ${capabilities.label}'s host, but not where ${capabilities.label} takes credentials.`
      : `${url.host} is neither ${capabilities.label}'s host nor this machine, so it gets no credentials.`,
    help: plainVendor
      ? `Write \`${capabilities.defaultBaseUrl}\`.`
      : `If it may have them, set WIKIFORM_TRUSTED_HOSTS=${url.host} where wikiform runs.`,
    source: sourceOf(written.at),
    related: anchorOf(written.at),
  });
}

/** Without a trailing slash. */
export function formatBaseUrl(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
