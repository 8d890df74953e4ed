import { Rejection } from '@funnelwatch/kernel';
import pg from 'pg';
import { DataSource, type Logger, type MigrationInterface } from 'typeorm';

/** A migration: the class name ends with the 13 digits that order it. */
export type MigrationClass = new () => MigrationInterface;

export interface MigrateOptions {
  url: string;
  /** Every migration of this program; run in the order of the digits in their names. */
  migrations: readonly MigrationClass[];
  applicationName?: string;
}

export interface MigrationReport {
  /** Names of the migrations run now, in order. */
  applied: string[];
}

const MIGRATION_TABLE = 'schema_migration';
const ADVISORY_LOCK = 7_312_009_001;

/**
 * Brings the database to the state this program expects. Several processes may call it at once: they take turns by an
 * advisory lock. All pending migrations commit together or not at all.
 * Throws `DATABASE_NEWER_THAN_PROGRAM` when the database holds migrations that this program does not know.
 */
export async function migrate(options: MigrateOptions): Promise<MigrationReport> {
  const gate = new pg.Client({ connectionString: options.url, application_name: applicationName(options) });
  gate.on('error', () => undefined);
  await gate.connect();
  try {
    await gate.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await refuseNewerDatabase(gate, options.migrations);
    return await runPending(options);
  } finally {
    await gate.end();
  }
}

/**
 * For programs that work with tables and do not make them. Throws `DATABASE_NOT_PREPARED` when one of the migrations
 * has not run, `DATABASE_NEWER_THAN_PROGRAM` when the database is ahead.
 */
export async function refuseUnpreparedDatabase(options: MigrateOptions): Promise<void> {
  const pending = await pendingMigrations(options);
  if (pending.length === 0) return;
  throw new Rejection(
    'DATABASE_NOT_PREPARED',
    `The database lacks ${pending.length} migrations of this version. Run "npx funnelwatch migrate", or start everything with "npm start".`,
    { details: { pending: pending.length } },
  );
}

/** Names of the migrations this program knows and the database does not have yet. */
export async function pendingMigrations(options: MigrateOptions): Promise<string[]> {
  const client = new pg.Client({ connectionString: options.url, application_name: applicationName(options) });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const applied = new Set(await appliedNames(client));
    return options.migrations.map((migration) => migration.name).filter((name) => !applied.has(name));
  } finally {
    await client.end();
  }
}

async function refuseNewerDatabase(client: pg.Client, migrations: readonly MigrationClass[]): Promise<void> {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = (await appliedNames(client)).filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new Rejection(
    'DATABASE_NEWER_THAN_PROGRAM',
    `The database was prepared by a newer Funnelwatch (it holds ${unknown.join(', ')}). Start that version, or restore a backup made by this one.`,
    { details: { unknownMigrations: unknown.join(',') } },
  );
}

async function appliedNames(client: pg.Client): Promise<string[]> {
  const table = await client.query<{ present: boolean }>('SELECT to_regclass($1) IS NOT NULL AS present', [
    `public.${MIGRATION_TABLE}`,
  ]);
  if (!table.rows[0]?.present) return [];
  const { rows } = await client.query<{ name: string }>(`SELECT name FROM public.${MIGRATION_TABLE} ORDER BY id`);
  return rows.map((row) => row.name);
}

async function runPending(options: MigrateOptions): Promise<MigrationReport> {
  const source = new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: applicationName(options),
    schema: 'public',
    migrations: [...options.migrations],
    migrationsTableName: MIGRATION_TABLE,
    migrationsTransactionMode: 'all',
    installExtensions: false,
    logger: silent,
    poolSize: 1,
  });
  await source.initialize();
  try {
    const applied = await source.runMigrations();
    return { applied: applied.map((migration) => migration.name) };
  } finally {
    await source.destroy();
  }
}

const applicationName = (options: MigrateOptions): string => options.applicationName ?? 'funnelwatch-migrate';

/** The caller gets the failure as an exception and decides what to log. */
const silent: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};
