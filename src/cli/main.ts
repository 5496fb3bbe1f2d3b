#!/usr/bin/env node
// The command. Only this file starts a run on import.

import { run } from './run.ts';
import { systemEdge } from './system-edge.ts';

process.exitCode = await run(process.argv.slice(2), systemEdge());
