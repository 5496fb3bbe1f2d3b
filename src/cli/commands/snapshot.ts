// `wikiform snapshot --out FILE`: the live tree as a file, to be planned against without a call.

import { printSnapshot } from '../../provider/snapshot/snapshot-text.ts';
import { counted } from '../../render/count.ts';
import { formatVersion } from '../../render/document.ts';
import { takeSnapshot } from '../../survey/snapshot.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { withInterrupt } from '../interrupt.ts';
import { surveyInput, withWiki } from '../planning.ts';
import { printJson } from '../report.ts';
import type { Context } from '../settings.ts';
import { writeSnapshot } from '../snapshot-file.ts';

interface SnapshotFlags extends GlobalFlags {
  readonly out?: string;
}

export function declareSnapshot(program: Declaration): void {
  const command = program
    .add({
      name: 'snapshot',
      description: 'save the live tree, to plan against it without a call',
      example: 'wikiform snapshot --out live.json && wikiform plan --live live.json',
    })
    .option('--out <file>', 'where to; stdout without it');
  program.action<[], SnapshotFlags>(command, (context, { out }) => snapshot(out, context));
}

function snapshot(out: string | undefined, context: Context): Promise<ExitCode> {
  return withInterrupt(context, (signal) =>
    withWiki({}, context, signal, async (wiki) => {
      const { manifest, connection, remains } = wiki;
      const input = surveyInput(wiki, { allowWiderAudience: true }, signal);
      const picture = await takeSnapshot({ ...input, state: remains.state }, manifest.provider.kind);
      connection.progress.clear();
      if (out === undefined) context.edge.out(printSnapshot(picture.snapshot));
      else {
        await writeSnapshot(out, picture.snapshot, context);
        const { spaces, nodes } = picture.snapshot.live;
        const counts = { spaces: spaces.size, nodes: nodes.size, readCalls: picture.readCalls };
        if (context.settings.format === 'json') printJson({ formatVersion, file: out, ...counts }, context);
        else {
          const seen = `${counted(counts.nodes, 'page')} · ${counted(counts.readCalls, 'call')}`;
          context.edge.out(`Saved to ${out}: ${seen}. To plan against it: wikiform plan --live ${out}\n`);
        }
      }
      return exitCodes.done;
    }),
  );
}
