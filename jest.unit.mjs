import { preset } from './jest.preset.mjs';

/** Pure specs: no server, no file, milliseconds each. */
export default {
  ...preset,
  testMatch: ['**/src/**/*.spec.ts'],
  testPathIgnorePatterns: [...preset.testPathIgnorePatterns, '\\.int\\.spec\\.ts$', '\\.e2e\\.spec\\.ts$'],
};
