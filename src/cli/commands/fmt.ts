// `wikiform fmt [FILE…]`: the canonical layout of manifests and what they include; nothing else changes.

import { hasErrors } from '../../diagnostic/diagnostic.ts';
import { formatFiles } from '../../manifest/write/format-files.ts';
import { formatToJson } from '../../render/format-json.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { manifestFiles } from '../manifest-files.ts';
import { printJson, reportDiagnostics } from '../report.ts';
import type { Context } from '../settings.ts';
import { writeTextFile } from '../text-file.ts';

interface FmtFlags extends GlobalFlags {
  readonly check?: boolean;
}

export function declareFmt(program: Declaration): void {
  const command = program
    .add({
      name: 'fmt',
      description: 'lay manifests out canonically, comments kept',
      example: 'wikiform fmt --check',
    })
    .argument('[files...]', 'manifests, with all they include; default: --file')
    .option('--check', 'write nothing; exit with 1 and name the files that are laid out otherwise');
  program.action<[string[]], FmtFlags>(command, (context, flags, files) =>
    fmt(files, flags.check === true, context),
  );
}

/** Prints the names of the files that change, or would. */
async function fmt(names: readonly string[], checks: boolean, context: Context): Promise<ExitCode> {
  const { edge, settings } = context;
  const found = formatFiles(names.length === 0 ? [settings.file] : names, manifestFiles(edge.cwd));
  const changed = found.files.filter(({ before, after }) => before !== after);
  if (!checks) for (const { file, after } of changed) await writeTextFile(file, after, edge);
  if (settings.format === 'json') {
    const files = found.files.map(({ file }) => file);
    printJson(
      formatToJson(
        files,
        changed.map(({ file }) => file),
        found.diagnostics,
      ),
      context,
    );
  } else {
    for (const { file } of changed) edge.out(`${file}\n`);
    reportDiagnostics(found.diagnostics, found.texts, context);
    if (checks && changed.length > 0)
      edge.err('Laid out otherwise: wikiform fmt, without --check, mends it.\n');
  }
  return hasErrors(found.diagnostics) || (checks && changed.length > 0) ? exitCodes.fault : exitCodes.done;
}
