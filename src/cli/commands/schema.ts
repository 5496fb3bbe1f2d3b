// `wikiform schema [NAME]`: prints a published JSON Schema.

import { readFileSync } from 'node:fs';
import { diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { CommandFailure } from '../report.ts';
import type { Context } from '../settings.ts';
import { packageRoot } from '../version.ts';

const schemaNames: readonly string[] = ['manifest', 'plan', 'apply', 'snapshot'];

export function declareSchema(program: Declaration): void {
  const command = program
    .add({
      name: 'schema',
      description: 'print a JSON Schema',
      example: 'wikiform schema > wikiform.schema.json',
    })
    .argument('[name]', `one of ${schemaNames.join(', ')}`, 'manifest');
  program.action<[string | undefined], GlobalFlags>(command, (context, _flags, name) =>
    schema(name ?? 'manifest', context),
  );
}

async function schema(name: string, { edge }: Context): Promise<ExitCode> {
  if (!schemaNames.includes(name)) {
    throw new CommandFailure([
      diagnostic('USAGE', {
        detail: `There is no schema called ${JSON.stringify(name)}.`,
        help: `Name one of ${schemaNames.join(', ')}.`,
      }),
    ]);
  }
  edge.out(readFileSync(`${packageRoot}schemas/${name}.schema.json`, 'utf8'));
  return exitCodes.done;
}
