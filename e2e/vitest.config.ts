/** End-to-end scenarios: two at a time, on nodes of this machine. Started by `e2e/run.sh`. */
import { defineConfig } from 'vitest/config';

const report = process.env['KUBEPHASE_E2E_REPORT'];

export default defineConfig({
  cacheDir: '../node_modules/.vite-e2e',
  test: {
    root: import.meta.dirname,
    include: ['**/*.test.ts'],
    globalSetup: ['machine/global-setup.ts'],
    pool: 'forks',
    // A cluster that comes up waits half of the time: two fit on two cores.
    maxWorkers: 2,
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
