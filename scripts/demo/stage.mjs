// What the demo's story is told with: a folder with a copy of an example in it, the built command, and
// checks that what is told is true.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { styleText } from 'node:util';
import { diffLines } from './diff.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = `${root}dist/cli/main.js`;
const columns = 78;

const takesColor = process.stdout.isTTY === true && !process.env.NO_COLOR;
const paint = (format, text) => (takesColor ? styleText(format, text) : text);
const print = (text = '') => void process.stdout.write(`${text}\n`);

export function openStage(example) {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-demo-'));
  copyFileSync(`${root}examples/${example}/wikiform.yaml`, join(folder, 'wikiform.yaml'));
  let idsBefore = new Set();

  const read = (file) => readFileSync(join(folder, file), 'utf8');

  /** The real command. What it says goes straight to the terminal, unless it is only asked. */
  function run(words, stdio) {
    const { status, stdout, error } = spawnSync(process.execPath, [main, ...words.split(' ')], {
      cwd: folder,
      stdio,
      encoding: 'utf8',
    });
    if (error !== undefined) throw error;
    return { status, stdout };
  }

  function bindings() {
    const { nodes } = JSON.parse(read('.wikiform/emulator/state.json'));
    return new Set(Object.values(nodes).map(({ id }) => id));
  }

  return {
    folder,

    heading: (text) => print(`${paint(['bold', 'cyan'], text)}\n`),

    /** A paragraph. */
    say: (text) => print(`${wrap(text)}\n`),

    /** A manifest without its comments. */
    show(file) {
      for (const line of withoutComments(read(file))) print(`    ${line}`);
      print();
    },

    /** Replaces each first text by the second, and shows what changed. */
    edit(file, changes) {
      const before = read(file);
      let after = before;
      for (const [from, to] of changes) {
        if (after.split(from).length !== 2)
          throw new Error(`${file} has not just one ${JSON.stringify(from)}`);
        after = after.replace(from, to);
      }
      writeFileSync(join(folder, file), after);
      const colors = { '+': 'green', '-': 'red' };
      for (const line of diffLines(withoutComments(before), withoutComments(after))) {
        print(`    ${paint(colors[line[0]] ?? 'dim', line)}`);
      }
      print();
    },

    wikiform(words, expected) {
      print(paint('bold', `$ wikiform ${words}`));
      const { status } = run(words, ['ignore', 'inherit', 'inherit']);
      if (status !== expected)
        throw new Error(`wikiform ${words} ended with ${status}, not with ${expected}`);
      print();
    },

    /** Asks for the plan quietly, and checks what it amounts to. */
    expectPlan(expected) {
      if (Object.values(expected).every((count) => count === 0)) throw new Error('nothing is expected');
      const { stdout } = run('plan --emulator --format json', ['ignore', 'pipe', 'inherit']);
      const { summary } = JSON.parse(stdout);
      for (const [name, count] of Object.entries(expected)) {
        if (summary[name] !== count) throw new Error(`${name} is ${summary[name]}, and should be ${count}`);
      }
      if (summary.createSpace === 0) idsBefore = bindings();
    },

    /** Checks that no page that was there before was replaced. */
    expectSameIds() {
      const now = bindings();
      const lost = [...idsBefore].filter((id) => !now.has(id));
      if (idsBefore.size === 0 || lost.length > 0) throw new Error(`pages were replaced: ${lost.join(', ')}`);
    },
  };
}

export function closeStage({ folder }) {
  rmSync(folder, { recursive: true, force: true });
}

function withoutComments(text) {
  return text.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('#'));
}

function wrap(text) {
  const lines = [''];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1);
    if (line !== '' && line.length + 1 + word.length > columns) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join('\n');
}
