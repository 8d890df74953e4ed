export { withDatabaseUrl } from './database-in-parts.js';
export { hostList } from './host-list.js';
export { createKeyFile, readKeyFile } from './key-file.js';
export { masterKeySettings, oneMasterKey, readMasterKey } from './master-key.js';
export { adoptNextKey, prepareNextKey, readNextKey } from './next-key-file.js';
export { ConfigurationProblem, exitOnConfigurationProblem, parseConfig } from './parse-config.js';
