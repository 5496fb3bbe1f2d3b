import { defineConfig } from 'vitest/config';

/** These run the built command: it is built first, unless it is up to date. */
const ofTheBuiltCommand = ['test/e2e/**/*.test.ts', 'test/simulation/*process.test.ts', 'test/demo.test.ts'];

const shared = {
  // A process each: tests send signals and look at what a process leaves behind.
  pool: 'forks',
  // Generous, for machines that are busy with other things; no test waits for time to pass.
  testTimeout: 60_000,
  hookTimeout: 60_000,
} as const;

export default defineConfig({
  test: {
    // A worker for each core; left alone, one core of two would stand idle.
    maxWorkers: '100%',
    projects: [
      { test: { ...shared, name: 'source', include: ['test/**/*.test.ts'], exclude: ofTheBuiltCommand } },
      { test: { ...shared, name: 'built', include: ofTheBuiltCommand, globalSetup: ['test/build.ts'] } },
    ],
  },
});
