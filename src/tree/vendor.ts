// The names of the vendors, as manifests, states and plans write them. What each can do is said in its own
// folder, and which of them this build speaks to in the registry.

export const vendorKinds = ['feishu', 'lark', 'dingtalk'] as const;

export type VendorKind = (typeof vendorKinds)[number];

export function isVendorKind(value: unknown): value is VendorKind {
  return vendorKinds.some((kind) => kind === value);
}
