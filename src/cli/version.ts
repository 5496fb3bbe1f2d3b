// The package's own version and files, found from where the built code lies.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The package's folder: `dist/cli` and `src/cli` both lie two levels below it. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

export const version = readVersion();

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(`${packageRoot}package.json`, 'utf8'));
  const known = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return known && typeof manifest.version === 'string' ? manifest.version : '0.0.0';
}
