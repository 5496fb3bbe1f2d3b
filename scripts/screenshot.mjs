// `npm run screenshot`: makes docs/images/plan.png and plan-dark.png, the README's example as the page
// that `wikiform plan --format html` draws.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { findBrowser, openBrowser } from './browser.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'wikiform-screenshot-'));
try {
  const found = findBrowser();
  if ('reason' in found) throw new Error(found.reason);
  await photograph(found.path, planPage());
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Applies the README's manifest as it was, then plans it as it is. */
function planPage() {
  const [, edit] = /^```diff\n([\s\S]*?)^```$/m.exec(readFileSync(join(root, 'README.md'), 'utf8'));
  const write = (sign) => {
    const lines = edit.split('\n').filter((line) => line.startsWith(' ') || line.startsWith(sign));
    writeFileSync(join(folder, 'wikiform.yaml'), lines.map((line) => line.slice(1)).join('\n'));
  };
  write('-');
  wikiform('apply', '--auto-approve');
  write('+');
  const page = join(folder, 'plan.html');
  writeFileSync(page, wikiform('plan', '--format', 'html'));
  return page;
}

function wikiform(...words) {
  const command = [join(root, 'dist/cli/main.js'), ...words, '--emulator'];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

async function photograph(path, page) {
  const browser = await openBrowser(path);
  try {
    mkdirSync(join(root, 'docs/images'), { recursive: true });
    for (const [colorScheme, name] of [
      ['light', 'plan.png'],
      ['dark', 'plan-dark.png'],
    ]) {
      const viewport = { width: 1180, height: 616 };
      const tab = await browser.newPage({ viewport, deviceScaleFactor: 1.5, colorScheme });
      await tab.goto(pathToFileURL(page).href);
      await tab.locator('.curve').first().waitFor({ state: 'attached' });
      await tab.screenshot({ path: join(root, 'docs/images', name) });
      await tab.close();
    }
  } finally {
    await browser.close();
  }
}
