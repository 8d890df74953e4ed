import { fileURLToPath } from 'node:url';
import { preset } from '../../jest.preset.mjs';

/** Clients that we did not write, driven against the simulated portal. */
export default {
  ...preset,
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  testMatch: ['**/src/**/*.e2e.spec.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
