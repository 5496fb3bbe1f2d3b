import type { Browser } from 'playwright-core';

export function findBrowser(options?: {
  readonly install?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}): { readonly path: string } | { readonly reason: string };

export function openBrowser(path: string): Promise<Browser>;
