import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { withTransaction } from '@funnelwatch/postgres';
import { funnelDatabase, type FunnelDatabase } from '../captured-world.spec-fixture.js';
import { funnelReadModel } from '../projection/funnel-projection.js';

let database: FunnelDatabase;
beforeAll(async () => {
  database = await funnelDatabase();
});
afterAll(() => database.close());

const model = funnelReadModel({ sealedTexts: { openMany: () => Promise.resolve([]) } });

/** Columns, constraints and indexes of a schema, without its name. */
async function shapeOf(schema: string): Promise<string[]> {
  const { rows } = await database.pool.query<{ line: string }>(
    `SELECT concat_ws(' ', relation.relname, attname, format_type(atttypid, atttypmod), chosen.collname,
                      attnotnull) AS line
       FROM pg_attribute attribute JOIN pg_class relation ON relation.oid = attrelid
       LEFT JOIN pg_collation chosen ON chosen.oid = attcollation
      WHERE relnamespace = $1::text::regnamespace AND relkind IN ('r', 'v') AND attnum > 0 AND NOT attisdropped
     UNION ALL
     SELECT concat_ws(' ', conname, pg_get_constraintdef(oid)) FROM pg_constraint
      WHERE connamespace = $1::text::regnamespace
     UNION ALL
     SELECT replace(indexdef, $1 || '.', '') FROM pg_indexes WHERE schemaname = $1
      ORDER BY line`,
    [schema],
  );
  return rows.map(({ line }) => line);
}

test('tables made elsewhere have the shape of those that serve, and views the shape of those that are read', async () => {
  await withTransaction(database.pool, async (client) => {
    await client.query('CREATE SCHEMA scratch; CREATE SCHEMA scratch_read');
    await model.createTables(client, 'scratch');
    await model.createViews(client, 'scratch_read', 'scratch');
  });
  expect(await shapeOf('scratch')).toEqual(await shapeOf('funnel_v1'));
  const own = (await shapeOf('scratch_read')).map((line) => line.split(' ')[0]);
  expect(new Set(own)).toContain('record');
  const served = (await shapeOf('read')).filter((line) => !line.startsWith('ops_'));
  expect(await shapeOf('scratch_read')).toEqual(served);
});

test.each(['read; DROP SCHEMA read', 'Read', '', 'a-b', `${'a'.repeat(64)}`])('%j is no schema', async (schema) => {
  await withTransaction(database.pool, async (client) => {
    await expect(model.createTables(client, schema)).rejects.toThrow('A schema is named by');
    await expect(model.apply(client, { schema, bucket: 0, events: [] })).rejects.toThrow('A schema is named by');
  });
});
