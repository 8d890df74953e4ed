export { productMigrations } from './product-migrations.js';
