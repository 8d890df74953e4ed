export {
  boolArray,
  byteaArray,
  int4Array,
  int8Array,
  jsonArray,
  textArray,
  timestamptzArray,
  uuidArray,
} from './array-parameters.js';
export { columnTypes, safeInteger, textColumns } from './column-types.js';
export { createPool, type PoolOptions } from './create-pool.js';
export { isTransient } from './is-transient.js';
export {
  migrate,
  type MigrateOptions,
  type MigrationClass,
  type MigrationReport,
  pendingMigrations,
  refuseUnpreparedDatabase,
} from './migrate.js';
export { beginScope, currentScope, inScope, type PortalScope, scopeSetting, setScope } from './portal-scope.js';
export { afterCommit, readOnly, withTransaction } from './with-transaction.js';
