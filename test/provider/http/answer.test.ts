import { expect, test } from 'vitest';
import { waitFromHeader } from '../../../src/provider/http/answer.ts';

const wallMs = Date.UTC(2026, 0, 1);

test.each([
  ['12', 12_000],
  ['0', 0],
  ['0.5', 500],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['-1', undefined],
  ['soon', undefined],
  [' ', undefined],
  [undefined, undefined],
])('%o asks to wait %o ms', (value, expected) => {
  expect(waitFromHeader(value, wallMs)).toBe(expected);
});
