import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import { curationReadModel } from '../rule-facts/curation-model.js';
import { type CurationDatabase, curationDatabase } from '../judged-portal.spec-fixture.js';

let database: CurationDatabase;
beforeAll(async () => {
  database = await curationDatabase();
});
afterAll(() => database.close());

async function definitionsIn(client: pg.PoolClient, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ definition: string }>(
    `SELECT replace(indexdef, schemaname || '.', '') AS definition FROM pg_indexes WHERE schemaname = $1
     UNION ALL
     SELECT concat_ws(' ', table_name, column_name, data_type, is_nullable) FROM information_schema.columns
      WHERE table_schema = $1 ORDER BY 1`,
    [schema],
  );
  return rows.map(({ definition }) => definition);
}

test('a generation that is built anew has the columns and indexes of one that was migrated', async () => {
  const client = await database.pool.connect();
  try {
    await client.query('BEGIN; CREATE SCHEMA built_anew');
    await curationReadModel().createTables(client, 'built_anew');
    const migrated = await definitionsIn(client, 'curation_v1');
    expect(migrated).toContainEqual(expect.stringContaining('violation_case_started'));
    expect(await definitionsIn(client, 'built_anew')).toEqual(migrated);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
});
