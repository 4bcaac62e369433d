import { defineConfig } from 'vitest/config';

const everywhere = '{src,connectors,jobs,config}/**';

export default defineConfig({
  test: {
    maxWorkers: 2,
    setupFiles: ['src/testing/property-seed.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'tests',
          include: [`${everywhere}/*.test.ts`],
          exclude: [`${everywhere}/*.crash.test.ts`],
          globalSetup: ['src/testing/announce-missing-servers.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // Whole processes are killed again and again: minutes, not seconds.
          name: 'crash',
          include: [`${everywhere}/*.crash.test.ts`],
          testTimeout: 600_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
