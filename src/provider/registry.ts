// The vendors, by name: the only file that knows all of them. Adding one is a folder and a line here.

import type { Capabilities, VendorKind } from '../tree/capability.ts';
import { feishuCapabilities, larkCapabilities } from './feishu/capability.ts';
import { createFeishuProvider, type FeishuOptions } from './feishu/provider.ts';
import type { Provider } from './provider.ts';
import { ProviderError } from './provider-error.ts';

/** A vendor that is not here is known by name only. */
export const capabilitiesByVendor: Partial<Record<VendorKind, Capabilities>> = {
  feishu: feishuCapabilities,
  lark: larkCapabilities,
};

/** What every vendor is opened with; see `FeishuOptions` for units and defaults. */
export type ProviderOptions = Omit<FeishuOptions, 'capabilities'>;

/** @throws {ProviderError} `invalid` for a vendor that cannot be used yet, or options that cannot. */
export function createProvider(kind: VendorKind, options: ProviderOptions): Provider {
  const capabilities = capabilitiesByVendor[kind];
  if (capabilities !== undefined) return createFeishuProvider({ ...options, capabilities });
  throw new ProviderError({
    kind: 'invalid',
    endpoint: 'provider',
    sent: 'no',
    message: `the provider ${kind} is not supported yet`,
    help: `use one of ${Object.keys(capabilitiesByVendor).join(', ')}`,
  });
}
