import { fileURLToPath } from 'node:url';
import { preset } from '../../jest.preset.mjs';

/** A short run with real processes from `dist`; it starts its own servers, which it kills. */
export default {
  ...preset,
  rootDir: fileURLToPath(new URL('.', import.meta.url)),
  testMatch: ['**/src/**/*.e2e.spec.ts'],
  testTimeout: 300_000,
  maxWorkers: 1,
};
