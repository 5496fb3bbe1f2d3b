// The global flags, read once: from the command line, else from their environment twins.

import type { Edge } from './edge.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug' | 'trace';
export const logLevels: readonly LogLevel[] = ['error', 'warn', 'info', 'debug', 'trace'];

export interface Settings {
  /** As the user named it, relative to the working directory. */
  readonly file: string;
  readonly state: string | undefined;
  readonly format: string;
  readonly emulator: boolean;
  readonly color: boolean;
  readonly logLevel: LogLevel;
  readonly callTimeoutMs: number;
  readonly input: boolean;
}

/** What every command gets. */
export interface Context {
  readonly edge: Edge;
  readonly settings: Settings;
  /** What was typed behind the command's name, or would have been; to be told what to type again. */
  readonly words: readonly string[];
}

/** The command as a shell takes it. */
export function commandLine({ words }: Pick<Context, 'words'>): string {
  return ['wikiform', ...words.map(quoted)].join(' ');
}

export const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, min: 60_000, h: 3_600_000 };

/** `90s`, `2m`, `1h30m`, `500ms` as milliseconds; `undefined` where it is none of these or zero. */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ms|min|s|m|h)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== text.trim()) return undefined;
  const total = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
  return total > 0 ? total : undefined;
}
