// What a run gives account of, as text and back: the message of its commit, for people who read it with
// `git log`, and for `wikiform state log`.

export type AccountedStatus = 'done' | 'failed' | 'unknown' | 'found';

export interface AccountedStep {
  /** `found`: an earlier run had done it without knowing. */
  readonly status: AccountedStatus;
  /** Such as `create-node`. */
  readonly kind: string;
  readonly address: string;
  /** What the vendor said of it, fit to be shown. */
  readonly error?: string | undefined;
}

export interface Account {
  /** Such as `wikiform apply`. */
  readonly command: string;
  /** The plan's digest, where there was a plan. */
  readonly plan?: string | undefined;
  readonly steps: readonly AccountedStep[];
}

/** An account with what the store knows besides. */
export interface SignedAccount extends Account {
  /** Such as `ann@ci-7`. */
  readonly who: string;
  /** The commit of the manifest; `undefined` before the first. */
  readonly manifest: string | undefined;
  /** Whether the manifest's folder differed from that commit. */
  readonly isChanged: boolean;
  /** Addresses of the spaces that the run held. */
  readonly spaces: readonly string[];
}

export function printAccount(account: SignedAccount): string {
  const { command, who, manifest, isChanged, plan, spaces, steps } = account;
  const head = [
    ['Command', command],
    ['Who', who],
    ['Manifest', manifest === undefined ? undefined : `${manifest}${isChanged ? changed : ''}`],
    ['Plan', plan],
    ['Spaces', JSON.stringify(spaces)],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${oneLine(value)}`]));
  const lines = steps.map(({ status, kind, address, error }) =>
    [status, kind, JSON.stringify(address), ...(error === undefined ? [] : [JSON.stringify(error)])].join(
      ' ',
    ),
  );
  return `${[subjectOf(account), '', ...head, ...(lines.length === 0 ? [] : ['', ...lines])].join('\n')}\n`;
}

const changed = ' and changes that are not committed';

function subjectOf({ command, steps }: Account): string {
  const counts = (['done', 'found', 'failed', 'unknown'] as const).flatMap((status) => {
    const count = steps.filter((step) => step.status === status).length;
    return count === 0 ? [] : [`${count} ${status}`];
  });
  return `${oneLine(command)}: ${counts.length === 0 ? 'no steps' : counts.join(', ')}`;
}

/** `undefined` for the message of a commit that wikiform did not make. */
export function parseAccount(message: string): SignedAccount | undefined {
  const [, head = '', steps = ''] = message.split('\n\n');
  const fields = new Map(
    head.split('\n').map((line) => {
      const end = line.indexOf(': ');
      return [line.slice(0, end), line.slice(end + 2)] as const;
    }),
  );
  const command = fields.get('Command');
  const who = fields.get('Who');
  if (command === undefined || who === undefined) return undefined;
  const manifest = fields.get('Manifest');
  return {
    command,
    who,
    manifest: manifest?.replace(changed, ''),
    isChanged: manifest?.endsWith(changed) === true,
    plan: fields.get('Plan'),
    spaces: parseTexts(fields.get('Spaces') ?? '[]'),
    steps: steps.split('\n').flatMap((line) => parseStep(line) ?? []),
  };
}

function parseStep(line: string): AccountedStep | undefined {
  const [, status, kind, rest] = /^(done|failed|unknown|found) ([\w-]+) (".*)$/.exec(line) ?? [];
  if (status === undefined || kind === undefined || rest === undefined) return undefined;
  const [address, error] = parseTexts(`[${(rest.match(/"(?:[^"\\]|\\.)*"/g) ?? []).join()}]`);
  if (address === undefined) return undefined;
  return { status: status as AccountedStatus, kind, address, ...(error === undefined ? {} : { error }) };
}

function parseTexts(text: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  } catch {
    return [];
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
