// `wikiform emulator`: serves the embedded emulator on loopback until it is interrupted.

import { resolve } from 'node:path';
import { startEmulation } from '../emulation.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { Context } from '../settings.ts';

export interface EmulatorOptions {
  readonly port: number;
  readonly world: string | undefined;
}

export async function emulator(options: EmulatorOptions, { edge }: Context): Promise<ExitCode> {
  const worldFile = options.world === undefined ? undefined : resolve(edge.cwd, options.world);
  const emulation = await startEmulation({
    clock: edge.clock,
    port: options.port,
    worldFile,
    keepsRates: true,
  });
  edge.out(`${JSON.stringify({ url: emulation.emulator.url })}\n`);
  await new Promise<void>((stop) => {
    const release = edge.onInterrupt(() => {
      release();
      stop();
    });
  });
  await emulation.close();
  return exitCodes.done;
}
