// `wikiform init [--ci github|gitlab]`: writes a manifest to begin with, and a pipeline that plans and
// applies it. Invariant: where one of the files is there already, none is written, unless that is asked for.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Option } from 'commander';
import { diagnostic } from '../../diagnostic/diagnostic.ts';
import { formatVersion } from '../../render/document.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { CommandFailure, printJson } from '../report.ts';
import type { Context } from '../settings.ts';
import { packageRoot, version } from '../version.ts';

const hosts = ['github', 'gitlab'] as const;
type Host = (typeof hosts)[number];

const pipelines: Readonly<Record<Host, string>> = {
  github: '.github/workflows/wikiform.yml',
  gitlab: '.gitlab-ci.yml',
};

interface InitFlags extends GlobalFlags {
  readonly ci?: Host;
  readonly force?: boolean;
}

export function declareInit(program: Declaration): void {
  const command = program
    .add({
      name: 'init',
      description: 'write a manifest to begin with, and a pipeline for it',
      example: 'wikiform init --ci github',
    })
    .addOption(new Option('--ci <host>', 'write the pipeline of this host too').choices([...hosts]))
    .option('--force', 'write over files that are there');
  program.action<[], InitFlags>(command, async (context, { ci, force = false }) => init(ci, force, context));
}

interface Draft {
  readonly file: string;
  readonly text: string;
}

function init(ci: Host | undefined, force: boolean, context: Context): ExitCode {
  const { edge, settings } = context;
  const drafts = [
    manifestDraft(settings.file, ci),
    ...(ci === undefined ? [] : [pipelineDraft(ci, settings.file)]),
  ];
  const taken = drafts.filter(({ file }) => existsSync(resolve(edge.cwd, file)));
  if (taken.length > 0 && !force) throw occupied(taken.map(({ file }) => file));
  const ignore = ignoreDraft(settings.file);
  const all = existsSync(resolve(edge.cwd, ignore.file)) ? drafts : [...drafts, ignore];
  for (const draft of all) write(draft, edge.cwd);
  const written = all.map(({ file }) => file);
  if (settings.format === 'json') printJson({ formatVersion, written }, context);
  else
    edge.out(`${written.map((file) => `Written: ${file}`).join('\n')}\n\n${nextWords(settings.file, ci)}\n`);
  return exitCodes.done;
}

const template = (name: string): string => readFileSync(`${packageRoot}ci/templates/${name}`, 'utf8');

/** A pipeline has no disk that lasts: its state is kept on a ref of the remote. */
function manifestDraft(file: string, ci: Host | undefined): Draft {
  const text = template('wikiform.yaml');
  if (ci === undefined) return { file, text };
  const state =
    '# Which page is which, between runs: kept on a ref of the repository’s own remote.\nstate: git\n';
  return { file, text: text.replace(/# Which page is which[\s\S]*?# state: git\n/, state) };
}

function pipelineDraft(host: Host, manifest: string): Draft {
  const text = template(`${host}.yml`).replaceAll('@VERSION@', version);
  return { file: pipelines[host], text: manifest === 'wikiform.yaml' ? text : withManifest(text, manifest) };
}

/** What lies beside the state belongs to one machine, and the emulator's wiki to nobody. */
function ignoreDraft(manifest: string): Draft {
  const text =
    '# The state is committed; what runs and the emulator leave beside it is not.\n*\n!.gitignore\n!state.json\n';
  return { file: join(dirname(manifest), '.wikiform/.gitignore'), text };
}

/** The pipeline's jobs read the manifest's name as they read every flag. */
function withManifest(text: string, manifest: string): string {
  return text.replace(/^( +)WIKIFORM_PACKAGE: .*$/m, `$&\n$1WIKIFORM_FILE: ${JSON.stringify(manifest)}`);
}

function write({ file, text }: Draft, cwd: string): void {
  try {
    mkdirSync(dirname(resolve(cwd, file)), { recursive: true });
    writeFileSync(resolve(cwd, file), text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure([
      diagnostic('FILE_UNWRITABLE', {
        detail: `${file} cannot be written (${why}).`,
        help: 'Run in a folder that may be written to.',
      }),
    ]);
  }
}

function occupied(files: readonly string[]): CommandFailure {
  const are = files.length === 1 ? 'is' : 'are';
  return new CommandFailure([
    diagnostic('FILE_EXISTS', {
      detail: `${files.join(' and ')} ${are} there already; nothing was written.`,
      help: 'Move what is there away, name another manifest with --file, or write over it with --force.',
    }),
  ]);
}

function nextWords(file: string, ci: Host | undefined): string {
  const flag = file === 'wikiform.yaml' ? '' : ` --file ${file}`;
  const lines = [
    'Try it, without credentials and without a network:',
    '',
    `  wikiform plan --emulator${flag}`,
    `  wikiform apply --emulator${flag}`,
  ];
  const credentials = [
    '',
    `Then set FEISHU_APP_ID and FEISHU_APP_SECRET${ci === undefined ? '' : ` as secrets of ${secretsOf[ci]}`}.`,
  ];
  return [...lines, ...credentials].join('\n');
}

const secretsOf: Readonly<Record<Host, string>> = {
  github: 'the repository, or of its environment "wiki"',
  gitlab: 'the project (CI/CD variables, masked)',
};
