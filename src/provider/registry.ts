// The vendors, by name: the only file that knows all of them. Adding one is a folder and a line here.

import type { Capabilities, VendorKind } from '../tree/capability.ts';
import { dingtalkCapabilities } from './dingtalk/capability.ts';
import { createDingtalkProvider } from './dingtalk/provider.ts';
import { dingtalkEmulation } from './emulator/dingtalk-emulation.ts';
import type { Emulation } from './emulator/emulation.ts';
import { feishuEmulation } from './emulator/feishu-emulation.ts';
import { feishuCapabilities, larkCapabilities } from './feishu/capability.ts';
import { type AuthorizerOptions, createFeishuAuthorizer } from './feishu/oauth-authorizer.ts';
import { createFeishuProvider } from './feishu/provider.ts';
import type { Authorizer } from './login.ts';
import type { Provider, ProviderOptions } from './provider.ts';

export type { ProviderOptions } from './provider.ts';

interface Vendor {
  readonly capabilities: Capabilities;
  readonly open: (options: ProviderOptions & { readonly capabilities: Capabilities }) => Provider;
  /** How a person logs in; absent where the calls take no person's token. */
  readonly login?: (options: AuthorizerOptions) => Authorizer;
  /** How the embedded emulator speaks for it. */
  readonly emulation: Emulation;
}

const vendors: Readonly<Record<VendorKind, Vendor>> = {
  feishu: {
    capabilities: feishuCapabilities,
    open: createFeishuProvider,
    login: createFeishuAuthorizer,
    emulation: feishuEmulation,
  },
  lark: {
    capabilities: larkCapabilities,
    open: createFeishuProvider,
    login: createFeishuAuthorizer,
    emulation: feishuEmulation,
  },
  dingtalk: {
    capabilities: dingtalkCapabilities,
    open: createDingtalkProvider,
    emulation: dingtalkEmulation,
  },
};

export const capabilitiesByVendor: Readonly<Record<VendorKind, Capabilities>> = {
  feishu: feishuCapabilities,
  lark: larkCapabilities,
  dingtalk: dingtalkCapabilities,
};

/** @throws {ProviderError} `invalid` for options that cannot be used. */
export function createProvider(kind: VendorKind, options: ProviderOptions): Provider {
  return openProvider(kind, { ...options, capabilities: vendors[kind].capabilities });
}

/** The same, with capabilities that differ from the published ones. */
export function openProvider(
  kind: VendorKind,
  options: ProviderOptions & { readonly capabilities: Capabilities },
): Provider {
  return vendors[kind].open(options);
}

export function emulationOf(kind: VendorKind): Emulation {
  return vendors[kind].emulation;
}

/** What a login is made with; see `AuthorizerOptions`. */
export type LoginOptions = Omit<AuthorizerOptions, 'capabilities'>;

/** How a person logs in; `undefined` for a vendor whose calls take no person's token. */
export function createAuthorizer(kind: VendorKind, options: LoginOptions): Authorizer | undefined {
  const { login, capabilities } = vendors[kind];
  return login?.({ ...options, capabilities });
}
