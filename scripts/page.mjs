// Makes src/render/html/page-asset.ts from the page's own sources in src/render/html/page/: the compiler
// turns the script into JavaScript, this puts its files into one, in the order in which they need each
// other, and writes down the hashes that the page's policy allows. `--check` only says whether that file
// is up to date.
//
// One scope takes the place of modules, so names at the top of a file are unlike those of any other;
// held below.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src/render/html/page');
const target = join(root, 'src/render/html/page-asset.ts');

const script = bundle(compile());
const style = readFileSync(join(sources, 'page.css'), 'utf8').replace(/\n\s*/g, '\n').trim();
const text = assetFile({ script, style });
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
  console.error('src/render/html/page-asset.ts is not made from src/render/html/page/. Run: npm run page');
  process.exit(1);
}

/** The compiled files by name. */
function compile() {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-page-'));
  try {
    const tsc = join(root, 'node_modules/typescript/bin/tsc');
    const flags = [
      '--noEmit',
      'false',
      '--noEmitOnError',
      '--outDir',
      folder,
      '--rootDir',
      join(root, 'src/render/html'),
    ];
    const { status } = spawnSync(process.execPath, [tsc, '-p', sources, ...flags], { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
    const names = readdirSync(join(folder, 'page')).filter((name) => name.endsWith('.js'));
    return new Map(names.sort().map((name) => [name, readFileSync(join(folder, 'page', name), 'utf8')]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function bundle(files) {
  const done = new Set();
  const parts = [];
  const names = new Map();
  const add = (name) => {
    if (done.has(name)) return;
    done.add(name);
    const source = files.get(name);
    if (source === undefined) throw new Error(`the page has no ${name}`);
    for (const [, needed] of source.matchAll(/^import .* from '\.\/([\w-]+\.js)';$/gm)) add(needed);
    const body = source
      .replace(/^import .*\n/gm, '')
      .replace(/^export (?=const|function|class)/gm, '')
      .trim();
    if (/^(import|export)\b/m.test(body))
      throw new Error(`${name} imports or exports in a way that cannot be joined`);
    for (const [, own] of body.matchAll(/^(?:const|let|function|class) (\w+)/gm)) {
      if (names.has(own)) throw new Error(`${own} is in ${names.get(own)} and in ${name}`);
      names.set(own, name);
    }
    parts.push(body);
  };
  add('main.js');
  for (const name of files.keys()) if (!done.has(name)) throw new Error(`nothing needs ${name}`);
  return `${parts.join('\n')}\n`;
}

function assetFile({ script, style }) {
  if (/<\/(script|style)/i.test(script + style)) throw new Error('the page would end its own script');
  const hash = (content) => `sha256-${createHash('sha256').update(content).digest('base64')}`;
  const constant = (name, value) => `export const ${name} = ${JSON.stringify(value)};`;
  return `// Made by scripts/page.mjs from src/render/html/page/; do not edit.

${constant('pageScript', script)}
${constant('pageStyle', style)}
${constant('pageScriptHash', hash(script))}
${constant('pageStyleHash', hash(style))}
`;
}
