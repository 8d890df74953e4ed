import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { migrate } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import type { Pool } from 'pg';

/** A database that an earlier version left behind. */
export interface EarlierDatabase {
  /** Names of the migrations that had run, in order. */
  migrations: string[];
  /** One line a column of every table and view. */
  schema: string[];
  /** Of the key file, in base64. */
  masterKey: string;
  portalId: string;
  /** Every value as the text PostgreSQL prints. */
  tables: Record<string, { columns: string[]; rows: (string | null)[][] }>;
}

export async function readFixture(name: string): Promise<EarlierDatabase> {
  const packed = await readFile(new URL(`../fixtures/${name}.json.gz`, import.meta.url));
  return JSON.parse(gunzipSync(packed).toString('utf8')) as EarlierDatabase;
}

/** Makes the tables as they were, with the migrations of that time. */
export async function makeEarlierSchema(url: string, { migrations }: EarlierDatabase): Promise<void> {
  const earlier = migrations.map((name) => {
    const migration = productMigrations.find((known) => known.name === name);
    if (!migration) throw new Error(`The migration ${name} is gone: databases that had it cannot be upgraded`);
    return migration;
  });
  await migrate({ url, migrations: earlier });
}

/** One line a column of every table and view of the product. */
export async function describeSchema(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(`
    SELECT n.nspname || '.' || c.relname || ' ' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
           || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS line
      FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'v') AND a.attnum > 0 AND NOT a.attisdropped
       AND n.nspname IN ('log', 'keys', 'registry', 'capture', 'funnel_v1', 'read')
     ORDER BY 1`);
  return rows.map(({ line }) => line);
}

/** Fills the earlier tables with what they held. */
export async function loadRows(pool: Pool, { tables }: EarlierDatabase): Promise<void> {
  for (const [table, { columns, rows }] of Object.entries(tables)) {
    const names = columns.map((column) => `"${column}"`).join(', ');
    const values = columns.map((_, index) => `$${index + 1}`).join(', ');
    for (const row of rows) await pool.query(`INSERT INTO ${table} (${names}) VALUES (${values})`, row);
  }
}
