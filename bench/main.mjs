// `npm run bench`: prints figures beside their goals; fails only where something does not run.

import { gitState } from './git-state.mjs';
import { importing } from './import.mjs';
import { pace } from './pace.mjs';
import { planner } from './planner.mjs';
import { rendering } from './rendering.mjs';
import { terraform } from './terraform.mjs';
import { wholeProcess } from './whole-process.mjs';

await pace();
const secondsPerPage = await wholeProcess();
await importing();
await gitState();
planner();
rendering();
terraform(secondsPerPage);
