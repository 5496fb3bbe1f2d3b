// What a terminal may be shown. Titles and files come from others: a control character in them could
// move the cursor or recolour the screen, a direction override could reorder what is read, and a
// password in a URL would end up in a log (law 10).

const controls = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The text with every control character but the line break made visible. */
export function printable(text: string): string {
  return text.replace(controls, (character) => (character === '\n' ? character : '\ufffd'));
}

/** The text with user names and passwords in URLs blotted out, at the same length. */
export function withoutPasswords(text: string): string {
  return text.replace(/(?<=:\/\/)[^/\s@]+(?=@)/g, (secret) => '*'.repeat(secret.length));
}
