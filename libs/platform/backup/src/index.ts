export { backUp, type BackupOptions, type BackupReport } from './back-up.js';
export { exportErasures } from './erasures.js';
export { restore, type RestoreOptions, type RestoreReport } from './restore.js';
