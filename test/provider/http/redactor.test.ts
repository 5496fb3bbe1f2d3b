import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Redactor } from '../../../src/provider/http/redactor.ts';

test('hides every spelling of a secret', () => {
  const secret = 's3cr/t "ä+b';
  const redactor = new Redactor([secret]);
  const spelled = [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    encodeURIComponent(secret).toLowerCase(),
    encodeURIComponent(secret).replaceAll('%20', '+'),
    Buffer.from(secret).toString('base64'),
  ];
  for (const text of spelled) expect(redactor.clean(`<${text}>`)).toBe('<[redacted]>');
});

test('hides the longer of two secrets that begin alike', () => {
  const redactor = new Redactor(['abc', 'abcdef']);
  expect(redactor.clean('abcdef abc')).toBe('[redacted] [redacted]');
});

test('grows, and takes nothing for a secret that is none', () => {
  const redactor = new Redactor(['', undefined]);
  expect(redactor.clean('token t-1')).toBe('token t-1');
  redactor.add('t-1');
  expect(redactor.clean('token t-1')).toBe('token [redacted]');
});

test('never lets a secret through, whatever stands around it', () => {
  const secret = fc.string({ minLength: 6, maxLength: 30, unit: 'binary' });
  const property = fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
    const cleaned = new Redactor([hidden]).clean(before + hidden + after);
    expect(cleaned.replaceAll('[redacted]', '')).not.toContain(hidden);
  });
  fc.assert(property);
});

test('quotes one line, without control characters, redacted before it is cut', () => {
  const redactor = new Redactor(['hush-hush']);
  expect(redactor.quote('a\n\u001B[31mb\u2028c\t')).toBe('a [31mb c');
  expect(redactor.quote('1234567 hush-hush', 10)).toBe('1234567 [r…');
  expect(redactor.quote('123😀', 4)).toBe('123…');
});
