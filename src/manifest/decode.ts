// Bytes become text. A manifest is UTF-8; a byte order mark is taken off, so that columns count from
// the first character people see.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';

type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic };

export function decode(file: string, bytes: Uint8Array): Decoded {
  if (bytes[0] === 0xff || bytes[0] === 0xfe) {
    return refused(file, 'It begins like UTF-16.', 'Save the file as UTF-8.');
  }
  const zero = bytes.indexOf(0);
  if (zero !== -1) {
    return refused(file, `Byte ${zero + 1} is zero, which no text holds.`, 'Name a YAML file.');
  }
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refused(file, 'Some of its bytes are not UTF-8.', 'Save the file as UTF-8.');
  }
}

function refused(file: string, detail: string, help: string): Decoded {
  const source = { file, line: 1, column: 1 };
  return { kind: 'refused', diagnostic: diagnostic('FILE_NOT_TEXT', { detail, help, source }) };
}
