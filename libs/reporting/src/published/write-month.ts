import type { PoolClient } from 'pg';
import type { MonthFigures } from './figures.js';
import { columnOf, publishedTables } from './published-tables.js';

/** A portal, and the bucket it stands in. */
export interface PublishedPortal {
  bucket: number;
  portalId: string;
}

type Row = Readonly<Record<string, unknown>>;

/** Has the tables say of a month of a portal what is told, and nothing else of it. Other months stay. */
export async function writeMonth(
  client: PoolClient,
  portal: PublishedPortal,
  month: string,
  figures: MonthFigures,
): Promise<void> {
  for (const part of Object.keys(publishedTables) as (keyof MonthFigures)[]) {
    const { table, key, columns } = publishedTables[part];
    const names = Object.keys(columns).map(columnOf);
    const types = Object.values(columns);
    const told = `json_to_recordset($4::json) AS told(${names.map((name, at) => `${name} ${types[at]}`).join(', ')})`;
    const statements = statementsOf(table, key.map(columnOf), names, told);
    const rows = distinct(figures[part] as unknown as readonly Row[], key);
    const values = [portal.bucket, portal.portalId, month, JSON.stringify(rows.map(inColumns))];
    for (const statement of statements) await client.query(statement, values);
  }
}

/** What is not told any more goes; what is told as it stands is not written again. */
function statementsOf(table: string, key: readonly string[], names: readonly string[], told: string): string[] {
  const others = names.filter((name) => !key.includes(name));
  const list = (of: string) => others.map((name) => `${of}.${name}`).join(', ');
  const change = `UPDATE SET ${others.map((name) => `${name} = excluded.${name}`).join(', ')}
       WHERE (${list('held')}) IS DISTINCT FROM (${list('excluded')})`;
  return [
    `DELETE FROM published.${table} AS held
      WHERE held.bucket = $1 AND held.portal_id = $2 AND held.month = $3
        AND NOT EXISTS (SELECT FROM ${told} WHERE ${key.map((name) => `told.${name} = held.${name}`).join(' AND ')})`,
    `INSERT INTO published.${table} AS held (bucket, portal_id, month, ${names.join(', ')})
     SELECT $1, $2, $3, ${names.map((name) => `told.${name}`).join(', ')} FROM ${told}
         ON CONFLICT (bucket, portal_id, month, ${key.join(', ')}) DO ${others.length === 0 ? 'NOTHING' : change}`,
  ];
}

/** Whoever stands twice, as somebody may in a plan, is told once. */
function distinct(rows: readonly Row[], key: readonly string[]): Row[] {
  const known = new Map<string, Row>();
  for (const row of rows) {
    const place = JSON.stringify(key.map((name) => row[name]));
    if (!known.has(place)) known.set(place, row);
  }
  return [...known.values()];
}

const inColumns = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([property, value]) => [columnOf(property), value]));
