// `wikiform emulator`: serves the embedded emulator on loopback until it is interrupted.

import { resolve } from 'node:path';
import { Option } from 'commander';
import { type VendorKind, vendorKinds } from '../../tree/vendor.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { startEmulation } from '../emulation.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { portNumber, positiveNumber } from '../flag.ts';
import type { Context } from '../settings.ts';
import { emulatedVendor } from '../wiring.ts';

export interface EmulatorOptions {
  readonly vendor: VendorKind;
  readonly port: number;
  readonly world: string | undefined;
  /** Calls in a month; `undefined` for no limit. */
  readonly quota: number | undefined;
}

interface EmulatorFlags extends GlobalFlags {
  readonly vendor: VendorKind;
  readonly port: number;
  readonly world?: string;
  readonly quota?: number;
}

export function declareEmulator(program: Declaration): void {
  const command = program
    .add({
      name: 'emulator',
      description: 'serve the embedded emulator on loopback',
      example: 'wikiform emulator --world world.json',
    })
    .addOption(
      new Option('--vendor <vendor>', 'whose API to speak').choices([...vendorKinds]).default('feishu'),
    )
    .option('--port <port>', 'the port; 0 takes any free one', portNumber, 0)
    .option('--world <file>', 'keep the world in this file')
    .option('--quota <calls>', 'calls in a month before all others are refused', positiveNumber);
  program.action<[], EmulatorFlags>(command, (context, { vendor, port, world, quota }) =>
    emulator({ vendor, port, world, quota }, context),
  );
}

async function emulator(options: EmulatorOptions, { edge }: Context): Promise<ExitCode> {
  const worldFile = options.world === undefined ? undefined : resolve(edge.cwd, options.world);
  const emulation = await startEmulation({
    clock: edge.clock,
    vendor: emulatedVendor(options.vendor),
    port: options.port,
    worldFile,
    keepsRates: true,
    quota: options.quota,
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
