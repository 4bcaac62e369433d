import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,connectors,jobs,config}/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
