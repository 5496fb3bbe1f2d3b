// Writes schemas/manifest.schema.json from the constant in src/schema/. Run after a build;
// `npm run format` lays the file out, and test/schema/manifest-schema.test.ts holds the two equal.

import { mkdirSync, writeFileSync } from 'node:fs';
import { manifestSchema } from '../dist/schema/manifest-schema.js';

const directory = new URL('../schemas/', import.meta.url);
mkdirSync(directory, { recursive: true });
writeFileSync(new URL('manifest.schema.json', directory), `${JSON.stringify(manifestSchema, null, 2)}\n`);
