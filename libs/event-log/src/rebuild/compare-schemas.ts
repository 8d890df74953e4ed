import type { Pool, PoolClient } from 'pg';

export interface TableChecksum {
  table: string;
  rows: number;
  /** Independent of the order of the rows. */
  checksum: string;
}

/** A part of the tables; all of them unless told. */
export interface Part {
  portalId?: string | undefined;
  bucket?: number | undefined;
}

/** Rows and checksum of every table of a schema or a part of it, over the columns named by `columns` or over all. */
export async function checksumsOf(
  client: PoolClient,
  schema: string,
  options: Part & { columns?: ReadonlyMap<string, readonly string[]> } = {},
): Promise<TableChecksum[]> {
  const checksums: TableChecksum[] = [];
  for (const [table, own] of await columnsOf(client, schema)) {
    const columns = options.columns?.get(table) ?? own;
    const fields = columns.map((column) => `"${column}"`).join(', ');
    const { rows } = await client.query<{ rows: number; checksum: string }>(
      `SELECT count(*) AS rows, coalesce(sum(hashtextextended(ROW(${fields})::text, 0)::numeric), 0)::text AS checksum
         FROM ${schema}."${table}" 
        WHERE ($1::uuid IS NULL OR portal_id = $1) AND ($2::int IS NULL OR bucket = $2)`,
      [options.portalId ?? null, options.bucket ?? null],
    );
    checksums.push({ table, rows: Number(rows[0]?.rows), checksum: rows[0]?.checksum ?? '' });
  }
  return checksums;
}

/** How the tables of two schemas differ in the columns they share, in words; null when they do not. */
export async function differenceBetween(
  client: PoolClient,
  left: string,
  right: string,
  part: Part = {},
): Promise<string | null> {
  const [ofLeft, ofRight] = [await columnsOf(client, left), await columnsOf(client, right)];
  const shared = new Map<string, string[]>();
  for (const [table, columns] of ofLeft) {
    const others = new Set(ofRight.get(table));
    shared.set(
      table,
      columns.filter((column) => others.has(column)),
    );
  }
  const known = new Map(
    (await checksumsOf(client, right, { columns: shared, ...part })).map((sum) => [sum.table, sum]),
  );
  const differences: string[] = [];
  for (const sum of await checksumsOf(client, left, { columns: shared, ...part })) {
    const other = known.get(sum.table);
    if (!other) differences.push(`${sum.table}: only in ${left}`);
    else if (other.rows !== sum.rows) differences.push(`${sum.table}: ${sum.rows} rows against ${other.rows}`);
    else if (other.checksum !== sum.checksum) differences.push(`${sum.table}: other contents in ${sum.rows} rows`);
  }
  return differences.length === 0 ? null : differences.join('; ');
}

/** Columns of every table of a schema, in order; the names come from the catalogue and are quoted by the caller. */
export async function columnsOf(client: Pool | PoolClient, schema: string): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(
    `SELECT relname::text AS table, array_agg(attname::text ORDER BY attnum) AS columns
       FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
      WHERE relnamespace = to_regnamespace($1) AND relkind = 'r'
      GROUP BY relname ORDER BY relname`,
    [schema],
  );
  return new Map(rows.map(({ table, columns }) => [table, columns]));
}
