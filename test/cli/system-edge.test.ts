import { afterEach, expect, test, vi } from 'vitest';
import { systemEdge } from '../../src/cli/system-edge.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  for (const stream of [process.stdin, process.stderr]) Reflect.deleteProperty(stream, 'isTTY');
});

test.each([
  [undefined, true],
  ['', true],
  ['false', true],
  ['0', true],
  ['true', false],
  ['1', false],
  ['woodpecker', false],
])('at a terminal, with CI=%s', (value, isInteractive) => {
  for (const stream of [process.stdin, process.stderr]) {
    Object.defineProperty(stream, 'isTTY', { value: true, configurable: true });
  }
  vi.stubEnv('CI', value);
  expect(systemEdge()).toMatchObject({ isInteractive, errIsTerminal: isInteractive });
});
