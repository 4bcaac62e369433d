import { defineConfig } from 'vitest/config';

/** What Stryker runs against each mutant: the tests of the pure core, with one seed, so that a mutant's fate is the same every time. */
export default defineConfig({
  test: {
    include: ['src/sync/*.test.ts'],
    setupFiles: ['src/testing/property-seed.ts'],
    env: { PROPERTY_SEED: '20261124' },
    maxWorkers: 1,
  },
});
