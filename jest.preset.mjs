import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;

/** What every project's Jest run shares: ESM, SWC, sources instead of builds. */
export const preset = {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@funnelwatch/source', 'node', 'default'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  injectGlobals: false,
  reporters: [
    'default',
    ...(process.env.FUNNELWATCH_TEST_RESULTS
      ? [fileURLToPath(new URL('./tools/jest-results.mjs', import.meta.url))]
      : []),
  ],
};
