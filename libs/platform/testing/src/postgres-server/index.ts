export {
  type PostgresServerOptions,
  type RunningPostgresServer,
  startPostgresServer,
} from './start-postgres-server.js';
