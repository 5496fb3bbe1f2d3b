// Runs wikiform for a pipeline: what goes to the log cannot be taken for a command to the runner, and what
// is passed on is caught.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/**
 * @param {readonly string[]} words
 * @param {{ env: Record<string, string | undefined>, catches: boolean }} options - `catches`: stdout is
 *   returned and not shown.
 * @returns {Promise<{ exitCode: number, stdout: string }>}
 */
export function wikiform(words, { env, catches }) {
  // One stream, so that the log keeps its order.
  const stdio = ['ignore', 'pipe', 1];
  const child = spawn(process.execPath, [main, ...words], { env, stdio });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
    if (!catches) process.stdout.write(text);
  });
  // A pipeline that is cancelled says so once, and gives the run a few seconds to finish its calls.
  const pass = (signal) => child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, pass);
      resolve({ exitCode: code ?? 130, stdout });
    });
  });
}

/** The text in a fence that nothing in it can end, cut where it gets longer than hosts take. */
export function fenced(text, maxBytes = 50_000) {
  const lines = [];
  let room = maxBytes;
  for (const line of text.trimEnd().split('\n')) {
    room -= Buffer.byteLength(line) + 1;
    if (room < 0) break;
    lines.push(line);
  }
  const left = text.trimEnd().split('\n').length - lines.length;
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(longest + 1);
  const more = left === 0 ? '' : `\n\n${left} more lines are in the log.`;
  return `${fence}text\n${lines.join('\n')}\n${fence}${more}`;
}
