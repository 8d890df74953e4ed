import { createRequire } from 'node:module';

/**
 * The library that Grafana itself shows values with. Taken as CommonJS: its ES modules import a name that moment-timezone
 * does not export to plain Node.
 */
const library = createRequire(import.meta.url)('@grafana/data') as typeof import('@grafana/data');

export const {
  createDataFrame,
  createTheme,
  fieldColorModeRegistry,
  formattedValueToString,
  getDisplayProcessor,
  getFieldDisplayName,
  getFieldDisplayValues,
  getFieldMatcher,
  getValueFormats,
  setLocale,
  validateFieldConfig,
} = library;
