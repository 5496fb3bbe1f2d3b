// The flags of every command that makes a plan.

import { type Command, Option } from 'commander';
import { type Refresh, refreshes } from '../schedule/trust.ts';
import type { Share } from '../tree/share.ts';
import type { GlobalFlags } from './declaration.ts';
import { share } from './flag.ts';
import type { PlanningOptions } from './planning.ts';

export interface PlanningFlags extends GlobalFlags {
  readonly ignoreGuard?: boolean;
  readonly allowWiderAudience?: boolean;
  readonly peelUnmanaged?: boolean;
  readonly base?: string;
  readonly target?: readonly string[];
  readonly space?: readonly string[];
  readonly refresh?: Refresh;
  readonly paceShare?: Share;
}

export function addPlanningFlags(command: Command): Command {
  return command
    .option(
      '--target <address...>',
      'plan for these pages alone, each with what lies below it and what it needs',
    )
    .option('--space <key...>', 'plan for these spaces alone')
    .addOption(
      new Option('--refresh <what>', 'what is read anew: all, or what the changes touch')
        .choices([...refreshes])
        .default('all'),
    )
    .option(
      '--pace-share <part>',
      "this run's part of the vendor's rate, such as 1/3 for one of three",
      share,
    )
    .option('--ignore-guard', 'plan more changes than the guard allows')
    .option('--allow-wider-audience', 'let pages move to where more people see them')
    .option(
      '--base <git-ref>',
      'tell what this change does from what the manifest at that commit asks for already',
    )
    .option('--peel-unmanaged', 'let undeclared pages make way, and come back, where nothing else helps');
}

export function planningOptions(flags: PlanningFlags): PlanningOptions {
  return {
    ignoreGuard: flags.ignoreGuard === true,
    allowWiderAudience: flags.allowWiderAudience === true,
    peelUnmanaged: flags.peelUnmanaged === true,
    base: flags.base,
    targets: flags.target,
    spaces: flags.space,
    refresh: flags.refresh,
    paceShare: flags.paceShare,
  };
}

/** For commands that only look: nothing that would refuse a plan matters to them. */
export const lenient: PlanningOptions = {
  ignoreGuard: true,
  allowWiderAudience: true,
  peelUnmanaged: true,
  base: undefined,
};
