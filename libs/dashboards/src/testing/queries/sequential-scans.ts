import type pg from 'pg';

/** A table that a plan reads from one end to the other. */
export interface SequentialScan {
  relation: string;
  rows: number;
}

interface PlanNode {
  'Node Type': string;
  Schema?: string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

/**
 * Tables with more than `mostRows` rows that the plan of a query reads whole. Goes by the statistics of the tables: throws
 * for one that was not analysed since it was filled.
 */
export async function sequentialScans(client: pg.Client, sql: string, mostRows: number): Promise<SequentialScan[]> {
  const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(`EXPLAIN (VERBOSE, FORMAT JSON) ${sql}`);
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  const relations = new Set(plan ? scannedRelations(plan) : []);
  const scans: SequentialScan[] = [];
  for (const relation of relations) scans.push(await sizeOf(client, relation));
  return scans.filter((scan) => scan.rows > mostRows);
}

function scannedRelations(node: PlanNode): string[] {
  const own = node['Node Type'] === 'Seq Scan' ? [`${node.Schema ?? ''}.${node['Relation Name'] ?? ''}`] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scannedRelations)];
}

async function sizeOf(client: pg.Client, relation: string): Promise<SequentialScan> {
  const [schema, name] = relation.split('.');
  const { rows } = await client.query<{ rows: number; isStale: boolean }>(
    `SELECT class.reltuples::float8 AS rows,
            class.relpages * 2 < pg_relation_size(class.oid) / current_setting('block_size')::int AS "isStale"
       FROM pg_class class JOIN pg_namespace space ON space.oid = class.relnamespace
      WHERE space.nspname = $1 AND class.relname = $2`,
    [schema, name],
  );
  const [size] = rows;
  if (!size || size.isStale) throw new Error(`ANALYZE ${relation} before it is judged`);
  return { relation, rows: size.rows };
}
