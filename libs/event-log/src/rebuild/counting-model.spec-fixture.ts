import type { PoolClient } from 'pg';
import type { ReadModel } from './read-model.js';

/** A read model that shows every event applied twice, left out or out of order: sums and a chain per stream. */
export function countingModel(overrides: Partial<ReadModel> = {}): ReadModel {
  return {
    name: 'counting',
    definitionVersion: 'counting_v1',
    async createTables(client, schema) {
      await client.query(tablesIn(schema));
    },
    async createViews(client, views, tables) {
      await client.query(`CREATE VIEW ${views}.counted AS SELECT * FROM ${tables}.counted`);
    },
    async apply(client, { schema, bucket, events }) {
      for (const { portalId, streamId, position } of events)
        await count(client, schema, bucket, portalId, streamId, position);
    },
    ...overrides,
  };
}

export const tablesIn = (schema: string): string => `
  CREATE TABLE ${schema}.counted (
    bucket int NOT NULL, portal_id uuid NOT NULL, stream_id text NOT NULL, events int NOT NULL, chain numeric NOT NULL,
    last_position bigint NOT NULL, PRIMARY KEY (bucket, portal_id, stream_id)
  );
  CREATE INDEX counted_last ON ${schema}.counted (bucket, last_position);`;

async function count(
  client: PoolClient,
  schema: string,
  bucket: number,
  portalId: string,
  streamId: string,
  position: number,
): Promise<void> {
  await client.query(
    `INSERT INTO ${schema}.counted AS known VALUES ($1, $2, $3, 1, $4::bigint, $4::bigint)
     ON CONFLICT (bucket, portal_id, stream_id) DO UPDATE
        SET events = known.events + 1, chain = mod(known.chain * 31 + excluded.chain, 1000000007),
            last_position = excluded.last_position`,
    [bucket, portalId, streamId, position],
  );
}
