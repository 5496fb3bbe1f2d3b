// `wikiform validate [FILE…]`: everything that can be said without a network and without credentials.

import { hasErrors } from '../../diagnostic/diagnostic.ts';
import { validateToJson } from '../../render/plan-json.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { compileManifest } from '../manifest.ts';
import { printJson, reportDiagnostics } from '../report.ts';
import type { Context } from '../settings.ts';

export function declareValidate(program: Declaration): void {
  const command = program
    .add({
      name: 'validate',
      description: 'check manifests: no network, no credentials',
      example: 'wikiform validate',
    })
    .argument('[files...]', 'manifests; default: --file');
  program.action<[string[]], GlobalFlags>(command, (context, _flags, files) => validate(files, context));
}

async function validate(files: readonly string[], context: Context): Promise<ExitCode> {
  const names = files.length === 0 ? [context.settings.file] : files;
  const compiled = names.map((file) => ({ file, ...compileManifest(file, context) }));
  const diagnostics = compiled.flatMap((one) => one.diagnostics);
  if (context.settings.format === 'json') printJson(validateToJson(diagnostics), context);
  else {
    const texts = new Map(compiled.flatMap((one) => [...one.texts]));
    reportDiagnostics(diagnostics, texts, context);
    for (const { file, manifest } of compiled) {
      if (manifest !== undefined) context.edge.out(`${file}: valid (${contents(manifest.desired.spaces)})\n`);
    }
  }
  return hasErrors(diagnostics) ? exitCodes.fault : exitCodes.done;
}

function contents(spaces: readonly { readonly nodes: readonly unknown[] }[]): string {
  const pages = spaces.reduce((sum, space) => sum + space.nodes.length, 0);
  return `${count(spaces.length, 'space')}, ${count(pages, 'page')}`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
