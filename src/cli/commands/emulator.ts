// `wikiform emulator`: serves the embedded emulator on loopback until it is interrupted.

import { resolve } from 'node:path';
import { Option } from 'commander';
import { type VendorKind, vendorKinds } from '../../tree/vendor.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { startEmulation } from '../emulation.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { portNumber } from '../flag.ts';
import type { Context } from '../settings.ts';
import { emulatedVendor } from '../wiring.ts';

export interface EmulatorOptions {
  readonly vendor: VendorKind;
  readonly port: number;
  readonly world: string | undefined;
}

interface EmulatorFlags extends GlobalFlags {
  readonly vendor: VendorKind;
  readonly port: number;
  readonly world?: string;
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
    .option('--world <file>', 'keep the world in this file');
  program.action<[], EmulatorFlags>(command, (context, { vendor, port, world }) =>
    emulator({ vendor, port, world }, context),
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
