// `wikiform import [SPACE_ID…]`: the manifest and the state of spaces that are there already.

import { Option } from 'commander';
import { importToJson, renderImport } from '../../render/import-report.ts';
import type { VendorKind } from '../../tree/capability.ts';
import { vendorKinds } from '../../tree/vendor.ts';
import { resultStyle } from '../color.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { positiveNumber } from '../flag.ts';
import { type ImportOptions, importSpaces } from '../importing.ts';
import { withInterrupt } from '../interrupt.ts';
import { printJson, reportDiagnostics } from '../report.ts';
import type { Context } from '../settings.ts';

interface ImportFlags extends GlobalFlags {
  readonly all?: boolean;
  readonly provider?: VendorKind;
  readonly baseUrl?: string;
  readonly depth?: number;
  readonly out?: string;
  readonly split?: boolean;
  readonly force?: boolean;
}

export function declareImport(program: Declaration): void {
  const command = program
    .add({
      name: 'import',
      description: 'write a manifest and a state from spaces that are there',
      example: 'wikiform import 7034502641455497244 --provider feishu',
    })
    .argument('[space-ids...]', 'the spaces; without any, a terminal lists those that are visible')
    .option('--all', 'every space that is visible')
    .addOption(
      new Option('--provider <vendor>', 'the vendor, where there is no manifest yet').choices([
        ...vendorKinds,
      ]),
    )
    .option('--base-url <url>', "where the vendor's API is, where there is no manifest yet")
    .option('--depth <levels>', 'declare only so many levels; the rest stays unmanaged', positiveNumber)
    .option('--out <file>', 'write the spaces to a file that the manifest includes')
    .option('--split', 'write each space to a file of its own, spaces/KEY.yaml')
    .option('--force', 'replace files that are there');
  program.action<[string[]], ImportFlags>(command, (context, flags, ids) =>
    importCommand(
      {
        ids,
        all: flags.all === true,
        provider: flags.provider,
        baseUrl: flags.baseUrl,
        depth: flags.depth,
        out: flags.out,
        split: flags.split === true,
        force: flags.force === true,
      },
      context,
    ),
  );
}

function importCommand(options: ImportOptions, context: Context): Promise<ExitCode> {
  return withInterrupt(context, async (signal) => {
    const imported = await importSpaces(options, context, signal);
    if (context.settings.format === 'json') printJson(importToJson(imported), context);
    else {
      context.edge.out(`${renderImport(imported, resultStyle(context))}\n`);
      reportDiagnostics(imported.diagnostics, new Map(), context);
    }
    return exitCodeOf(imported.diagnostics);
  });
}
