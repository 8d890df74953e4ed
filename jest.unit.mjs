import { preset } from './jest.preset.mjs';

/** Pure specs: no server, no file, milliseconds each. */
export default {
  ...preset,
  testMatch: ['**/src/**/*.spec.ts'],
  // A machine under load is slow to import: no time is asserted.
  testTimeout: 30_000,
  testPathIgnorePatterns: [...preset.testPathIgnorePatterns, '\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$'],
};
