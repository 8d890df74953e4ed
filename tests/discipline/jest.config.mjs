import { fileURLToPath } from 'node:url';
import { preset } from '../../jest.preset.mjs';

/** Cases of the engine against the simulated company's own account, each run through a real portal, capture and log. */
export default {
  ...preset,
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  testMatch: ['**/src/**/*.int.spec.ts'],
  testTimeout: 600_000,
  maxWorkers: 1,
  globalSetup: fileURLToPath(new URL('../../libs/platform/testing/jest/start-postgres.mjs', import.meta.url)),
  globalTeardown: fileURLToPath(new URL('../../libs/platform/testing/jest/stop-postgres.mjs', import.meta.url)),
};
