// Finds a Chromium and opens it, for the tests of the HTML page and for its screenshot.
//
// Looked for in CHROMIUM_PATH, in PATH, and where systems put it. Where there is none, and the process
// may install one (root, with apt), it is installed, once, within a time limit. Otherwise there is a
// reason to tell, and never a silence.

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const places = [
  '/usr/bin',
  '/usr/local/bin',
  '/snap/bin',
  '/opt/google/chrome',
  '/Applications/Chromium.app/Contents/MacOS',
  '/Applications/Google Chrome.app/Contents/MacOS',
];
const macNames = ['Chromium', 'Google Chrome'];

/** For all of the installation; a machine without a network must not be kept waiting. */
const installLimitMs = 150_000;

/**
 * Where the browser is, or why there is none.
 *
 * @param {{ install?: boolean, env?: NodeJS.ProcessEnv }} [options] - `install`: try to, where there is none.
 * @returns {{ path: string } | { reason: string }}
 */
export function findBrowser({ install = false, env = process.env } = {}) {
  const named = env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') {
    return isExecutable(named)
      ? { path: named }
      : { reason: `CHROMIUM_PATH is ${named}, which cannot be run` };
  }
  const found = lookFor(env);
  if (found !== undefined) return { path: found };
  const missing = 'no Chromium in PATH or in the usual places; set CHROMIUM_PATH';
  if (!install) return { reason: missing };
  if (process.getuid?.() !== 0) return { reason: `${missing}, or install it (apt-get install chromium)` };
  const failed = installChromium();
  const installed = failed === undefined ? lookFor(env) : undefined;
  return installed === undefined
    ? { reason: `${missing}; apt-get: ${failed ?? 'installed none'}` }
    : { path: installed };
}

function lookFor(env) {
  const folders = [...(env.PATH ?? '').split(delimiter), ...places].filter((folder) => folder !== '');
  return folders
    .flatMap((folder) => [...names, ...macNames].map((name) => join(folder, name)))
    .find(isExecutable);
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What went wrong, if anything did. */
function installChromium() {
  const end = performance.now() + installLimitMs;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...words) => {
    const flags = ['-y', '-qq', '-o', 'Acquire::Retries=0', '-o', 'Acquire::http::Timeout=15'];
    const timeout = Math.max(1, end - performance.now());
    return spawnSync('apt-get', [...flags, ...words], { env, timeout, encoding: 'utf8' });
  };
  const install = () => apt('install', '--no-install-recommends', 'chromium');
  const first = install();
  if (first.status === 0 || first.error !== undefined) return first.error?.message;
  apt('update');
  const second = install();
  if (second.status === 0) return undefined;
  return second.error?.message ?? second.stderr.trim().split('\n').at(-1);
}

/**
 * A browser with an empty profile that talks to nobody.
 *
 * @param {string} path
 */
export function openBrowser(path) {
  const args = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath: path, headless: true, chromiumSandbox: false, args });
}
