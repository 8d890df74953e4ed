import { fileURLToPath } from 'node:url';
import { preset } from './jest.preset.mjs';

/** Specs against real servers; the PostgreSQL server is started once per run by the global set-up. */
export default {
  ...preset,
  testMatch: ['**/src/**/*.int.spec.ts'],
  testTimeout: 60_000,
  maxWorkers: 2,
  globalSetup: fileURLToPath(new URL('./libs/platform/testing/jest/start-postgres.mjs', import.meta.url)),
  globalTeardown: fileURLToPath(new URL('./libs/platform/testing/jest/stop-postgres.mjs', import.meta.url)),
};
