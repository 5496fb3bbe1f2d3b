// Commits and trees as Git prints and takes them: plain text in, plain values out, and back.

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly author: Person;
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly message: string;
}

/** A file as a tree holds it. */
export interface TreeFile {
  readonly mode: string;
  /** The object's id. */
  readonly id: string;
  readonly bytes: number;
}

/** What a file of a new tree is: one that is there already, or a text. */
export type NewFile = Pick<TreeFile, 'mode' | 'id'> | { readonly text: string };

export interface NewCommit {
  readonly parents: readonly string[];
  readonly author: Person;
  /** Unix milliseconds. */
  readonly atMs: number;
  readonly message: string;
  /** The whole tree, by path. */
  readonly files: ReadonlyMap<string, NewFile>;
}

/** The text of a commit object; `undefined` where it is none. */
export function parseCommit(id: string, text: string): Commit | undefined {
  const end = text.indexOf('\n\n');
  if (end === -1) return undefined;
  const lines = text.slice(0, end).split('\n');
  const parents = lines.filter((line) => line.startsWith('parent ')).map((line) => line.slice(7));
  const author = lines.find((line) => line.startsWith('author '));
  const [, name, email, seconds] = /^author (.*?) ?<([^>]*)> (\d+) /.exec(author ?? '') ?? [];
  if (name === undefined || email === undefined) return undefined;
  return { id, parents, author: { name, email }, atMs: Number(seconds) * 1000, message: text.slice(end + 2) };
}

/** What `git ls-tree -r -l -z` prints. */
export function parseTree(text: string): Map<string, TreeFile> {
  const files = new Map<string, TreeFile>();
  for (const entry of text.split('\0')) {
    const [, mode, id, bytes, path] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-)\t([\s\S]*)$/.exec(entry) ?? [];
    if (mode === undefined || id === undefined || path === undefined) continue;
    files.set(path, { mode, id, bytes: bytes === '-' ? 0 : Number(bytes) });
  }
  return files;
}

/** For `git fast-import`, which prints the new commit's id. */
export function importScript(commit: NewCommit, ref: string): string {
  const { author, atMs, message, parents, files } = commit;
  const [first, ...others] = parents;
  const who = `${clean(author.name)} <${clean(author.email)}> ${Math.trunc(atMs / 1000)} +0000`;
  const lines = [
    'feature done',
    `reset ${ref}`,
    '',
    `commit ${ref}`,
    'mark :1',
    `author ${who}`,
    `committer ${who}`,
    data(message),
    ...(first === undefined ? [] : [`from ${first}`]),
    ...others.map((id) => `merge ${id}`),
    'deleteall',
    ...[...files].map(([path, file]) => fileLine(path, file)),
    '',
    'get-mark :1',
    'done',
    '',
  ];
  return lines.join('\n');
}

function fileLine(path: string, file: NewFile): string {
  if ('id' in file) return `M ${file.mode} ${file.id} ${quoted(path)}`;
  return `M 100644 inline ${quoted(path)}\n${data(file.text)}`;
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}`;

const quoted = (path: string): string => `"${path.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`;

/** What a name in a commit may not hold. */
const clean = (text: string): string => text.replace(/[<>\n\0]/g, '').trim() || 'nobody';
