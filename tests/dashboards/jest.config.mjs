import { fileURLToPath } from 'node:url';
import { preset } from '../../jest.preset.mjs';

/** Queries of the dashboards on a real server; the PostgreSQL server is started once per run by the global set-up. */
export default {
  ...preset,
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  testMatch: ['**/src/**/*.int.spec.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
  globalSetup: fileURLToPath(new URL('../../libs/platform/testing/jest/start-postgres.mjs', import.meta.url)),
  globalTeardown: fileURLToPath(new URL('../../libs/platform/testing/jest/stop-postgres.mjs', import.meta.url)),
};
