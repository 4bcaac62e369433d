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
          exclude: [`${everywhere}/*.crash.test.ts`, `${everywhere}/*.browser.test.ts`],
          globalSetup: ['src/testing/announce-missing-servers.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          // The console in Debian's Chromium, on a bridge in which much is wrong.
          name: 'browser',
          include: [`${everywhere}/*.browser.test.ts`],
          globalSetup: ['src/web/testing/build-pages.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          expect: { poll: { timeout: 30_000 } },
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
