import { fileURLToPath } from 'node:url';
import { preset } from '../../jest.preset.mjs';

/** Whole-product specs: they start real processes from `dist` and drive a real browser. */
export default {
  ...preset,
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  testMatch: ['**/src/**/*.e2e.spec.ts'],
  testTimeout: 600_000,
  maxWorkers: 1,
  globalSetup: fileURLToPath(new URL('../../libs/platform/testing/jest/start-postgres.mjs', import.meta.url)),
  globalTeardown: fileURLToPath(new URL('../../libs/platform/testing/jest/stop-postgres.mjs', import.meta.url)),
};
