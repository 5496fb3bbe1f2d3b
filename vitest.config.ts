import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // End-to-end tests run the built command: it is built once, unless it is up to date.
    globalSetup: ['test/build.ts'],
    // A process each: tests send signals and look at what a process leaves behind.
    pool: 'forks',
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
