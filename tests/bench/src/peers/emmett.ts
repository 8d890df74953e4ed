import { getPostgreSQLEventStore, type PostgresEventStore } from '@event-driven-io/emmett-postgresql';
import type { JsonObject } from '@funnelwatch/kernel';
import pg from 'pg';
import { changeOf } from '../deal-events.js';

export interface DealChangedMessage {
  type: 'DealChanged';
  data: JsonObject;
}

export interface EmmettStore {
  store: PostgresEventStore;
  close(): Promise<void>;
}

/** The event store of Emmett with its own schema; its pool is what it makes itself, but one that can be closed. */
export async function openEmmett(url: string): Promise<EmmettStore> {
  const pool = new pg.Pool({ connectionString: url });
  const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
  await store.schema.migrate();
  return {
    store,
    async close() {
      await store.close();
      if (!pool.ended) await pool.end();
    },
  };
}

let serial = 0;

export const emmettMessage = (): DealChangedMessage => ({ type: 'DealChanged', data: changeOf((serial += 1)) });
