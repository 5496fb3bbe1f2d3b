// The commands and their flags. What each does stands in `commands/`.

import { Command, Option } from 'commander';
import { apply } from './commands/apply.ts';
import { emulator } from './commands/emulator.ts';
import { explain } from './commands/explain.ts';
import { plan } from './commands/plan.ts';
import { schema, schemaNames } from './commands/schema.ts';
import { unlock } from './commands/unlock.ts';
import { validate } from './commands/validate.ts';
import type { Edge } from './edge.ts';
import type { ExitCode } from './exit-code.ts';
import { addGlobalFlags, duration, durationOrNone, portNumber, readTwins } from './flag.ts';
import type { PlanningOptions } from './planning.ts';
import type { Context, LogLevel } from './settings.ts';
import { version } from './version.ts';

interface GlobalOptions {
  readonly file: string;
  readonly state?: string;
  readonly format: string;
  readonly emulator?: boolean;
  readonly color: boolean;
  readonly logLevel: LogLevel;
  readonly callTimeout: number;
  readonly input: boolean;
}

interface PlanningFlags extends GlobalOptions {
  readonly ignoreGuard?: boolean;
  readonly allowWiderAudience?: boolean;
  readonly peelUnmanaged?: boolean;
}

interface ApplyFlags extends PlanningFlags {
  readonly autoApprove?: boolean;
  readonly maxDuration?: number;
  readonly lockTimeout: number;
  readonly events?: string;
}

const resultFormats = ['tree', 'json'];
const textFormats = ['text', 'json'];

/** Builds the program; `onEnd` gets the exit code of the command that ran. */
export function buildProgram(
  edge: Edge,
  onEnd: (exitCode: ExitCode) => void,
  words: readonly string[] = [],
): Command {
  const program = new Command('wikiform')
    .description('Keep the structure of a Feishu or Lark wiki in Git: plan and apply for wiki layouts.')
    .version(version, '-V, --version')
    .helpCommand('help [command]', 'show help for a command')
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .exitOverride()
    .configureOutput({ writeOut: edge.out, writeErr: () => undefined })
    .addHelpText(
      'after',
      `\nExamples:\n  $ wikiform plan --emulator      try a manifest without credentials\n  $ wikiform plan --out plan.json && wikiform apply plan.json\n\nEvery flag has an environment twin: --log-level is also WIKIFORM_LOG_LEVEL.`,
    );

  function add(
    name: string,
    description: string,
    example: string,
    formats = textFormats,
    parent = program,
  ): Command {
    const command = parent.command(name).description(description);
    command.addHelpText('after', `\nExample:\n  $ ${example}`);
    return addGlobalFlags(command, formats);
  }

  function contextOf(options: GlobalOptions): Context {
    const { file, state, format, color, logLevel, input } = options;
    const settings = { file, state, format, color, logLevel, input, emulator: options.emulator === true };
    return { edge, words, settings: { ...settings, callTimeoutMs: options.callTimeout } };
  }

  /** Reads the environment twins, then runs the command. */
  function action<Arguments extends unknown[], Options extends GlobalOptions>(
    command: Command,
    run: (context: Context, options: Options, ...values: Arguments) => Promise<ExitCode>,
  ): void {
    command.action(async (...all: unknown[]) => {
      readTwins(command, edge.env);
      const options = command.opts<Options>();
      const values = all.slice(0, command.registeredArguments.length) as Arguments;
      onEnd(await run(contextOf(options), options, ...values));
    });
  }

  action<[string[]], GlobalOptions>(
    add('validate', 'check manifests: no network, no credentials', 'wikiform validate').argument(
      '[files...]',
      'manifests; default: --file',
    ),
    (context, _options, files) => validate(files, context),
  );

  action<[], PlanningFlags & { out?: string; detailedExitcode?: boolean; full?: boolean }>(
    addPlanningFlags(add('plan', 'show what apply would do', 'wikiform plan --out plan.json', resultFormats))
      .option('--out <file>', 'save the plan, to be applied as it is')
      .option('--detailed-exitcode', 'exit with 2 when there are steps')
      .option('--full', 'fold nothing away, however many steps there are'),
    (context, options) =>
      plan(
        {
          ...planning(options),
          out: options.out,
          detailedExitcode: options.detailedExitcode === true,
          full: options.full === true,
        },
        context,
      ),
  );

  action<[string | undefined], ApplyFlags>(
    addPlanningFlags(add('apply', 'plan, ask, and make the wiki as declared', 'wikiform apply plan.json'))
      .argument('[plan-file]', 'a saved plan; applying it does not ask')
      .option('--auto-approve', 'do not ask')
      .option(
        '--lock-timeout <duration>',
        'how long to wait for another run with the same state',
        durationOrNone,
        0,
      )
      .option('--max-duration <duration>', 'begin nothing new after this time', duration)
      .option('--events <file>', 'append what happens to a file, one JSON object a line'),
    (context, options, planFile) =>
      apply(
        {
          ...planning(options),
          planFile,
          autoApprove: options.autoApprove === true,
          maxDurationMs: options.maxDuration,
          lockTimeoutMs: options.lockTimeout,
          events: options.events,
        },
        context,
      ),
  );

  action<[string], GlobalOptions>(
    add('explain', 'say how an address was matched', "wikiform explain 'handbook/Onboarding'").argument(
      '<address>',
      'an address of the manifest',
    ),
    (context, _options, address) => explain(address, context),
  );

  const state = program.command('state').description('look after what wikiform remembers');
  action<[], GlobalOptions & { force?: boolean }>(
    add(
      'unlock',
      'take the lock of the state away',
      'wikiform state unlock --force',
      textFormats,
      state,
    ).option('--force', 'even though another run holds it'),
    (context, options) => unlock(options.force === true, context),
  );

  action<[], GlobalOptions & { vendor: string; port: number; world?: string }>(
    add(
      'emulator',
      'serve the embedded emulator on loopback',
      'wikiform emulator --port 8080 --world world.json',
    )
      .addOption(
        new Option('--vendor <vendor>', 'whose API to speak').choices(['feishu', 'lark']).default('feishu'),
      )
      .option('--port <port>', 'the port; 0 takes any free one', portNumber, 0)
      .option('--world <file>', 'keep the world in this file'),
    (context, { port, world }) => emulator({ port, world }, context),
  );

  action<[string | undefined], GlobalOptions>(
    add('schema', 'print a JSON Schema', 'wikiform schema > wikiform.schema.json').argument(
      '[name]',
      `one of ${schemaNames.join(', ')}`,
      'manifest',
    ),
    (context, _options, name) => schema(name ?? 'manifest', context),
  );

  return program;
}

function addPlanningFlags(command: Command): Command {
  return command
    .option('--ignore-guard', 'plan more changes than the guard allows')
    .option('--allow-wider-audience', 'let pages move to where more people see them')
    .option('--peel-unmanaged', 'let undeclared pages make way, and come back, where nothing else helps');
}

function planning({ ignoreGuard, allowWiderAudience, peelUnmanaged }: PlanningFlags): PlanningOptions {
  return {
    ignoreGuard: ignoreGuard === true,
    allowWiderAudience: allowWiderAudience === true,
    peelUnmanaged: peelUnmanaged === true,
  };
}
