export { captureMigrations } from './capture-migrations.js';
