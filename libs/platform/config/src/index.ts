export { createKeyFile, readKeyFile } from './key-file.js';
export { ConfigurationProblem, exitOnConfigurationProblem, parseConfig } from './parse-config.js';
