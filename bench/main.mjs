// `npm run bench`: prints figures beside their goals; fails only where something does not run.

import { importing } from './import.mjs';
import { pace } from './pace.mjs';
import { planner } from './planner.mjs';
import { rendering } from './rendering.mjs';
import { terraform } from './terraform.mjs';
import { wholeProcess } from './whole-process.mjs';

await pace();
const secondsPerPage = await wholeProcess();
await importing();
planner();
rendering();
terraform(secondsPerPage);
