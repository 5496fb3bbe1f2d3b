// Which hosts may be sent credentials (law 10). A pull request can edit the manifest but not the
// runner's environment, so a host counts only where the vendor, the machine itself or the environment
// names it. Plain http is for loopback, and for what the environment names outright.

const loopbackName = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether the URL points at this machine. */
export function isLoopback(url: URL): boolean {
  return loopbackName.test(url.hostname);
}

/** Whether the URL is the vendor's own, where limits and pace may only be tightened. */
export function isVendorHost(url: URL, vendorHosts: readonly string[]): boolean {
  return vendorHosts.includes(url.hostname);
}

/**
 * Whether credentials may be sent there. `trustedHosts` comes from `WIKIFORM_TRUSTED_HOSTS`: names,
 * or names with a port.
 */
export function isTrustedHost(
  url: URL,
  vendorHosts: readonly string[],
  trustedHosts: readonly string[],
): boolean {
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false;
  if (isLoopback(url)) return true;
  if (trustedHosts.includes(url.host) || trustedHosts.includes(url.hostname)) return true;
  return url.protocol === 'https:' && url.port === '' && isVendorHost(url, vendorHosts);
}
