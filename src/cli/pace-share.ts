// `--pace-share 1/3`: several runners keep one rate between them. Invariant: what a share has no call for is
// not done; the plan that needs it is refused.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Step } from '../schedule/plan.ts';
import { type Share, sharePace } from '../tree/share.ts';
import { CommandFailure } from './report.ts';

export interface SharedManifest {
  readonly manifest: Manifest;
  /** Endpoints that this run may not call, because its share is less than one call. */
  readonly tooSmall: readonly string[];
}

/** @throws {CommandFailure} when the share leaves nothing to read with. */
export function shareManifest(manifest: Manifest, share: Share | undefined): SharedManifest {
  const { pace, tooSmall } = sharePace(manifest.provider.pace, share);
  const needed = ['list-nodes', 'get-node', 'list-spaces', 'get-space'].filter((name) =>
    tooSmall.includes(name),
  );
  if (needed.length > 0) throw new CommandFailure([shareTooSmall(needed)]);
  return { manifest: { ...manifest, provider: { ...manifest.provider, pace } }, tooSmall };
}

/** What is wrong with steps that the share has no call for. */
export function refuseUnshared(tooSmall: readonly string[], steps: readonly Step[]): readonly Diagnostic[] {
  const needed = tooSmall.filter((endpoint) => steps.some(({ kind }) => kind === endpoint));
  return needed.length === 0 ? [] : [shareTooSmall(needed)];
}

function shareTooSmall(endpoints: readonly string[]): Diagnostic {
  return diagnostic('PACE_SHARE_TOO_SMALL', {
    detail: `The share of the rate is less than one call for ${endpoints.join(', ')}, and this run needs such calls.`,
    help: 'Give this run a larger --pace-share, or let fewer run side by side.',
  });
}
