export { reportingMigrations } from './migrations.js';
export * from './published/index.js';
