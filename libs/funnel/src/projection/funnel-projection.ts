import type { KeyRing, ReadModel } from '@funnelwatch/event-log';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import { funnelIndexes, funnelTables, funnelViews } from '../schema/funnel-tables.js';
import { noStatisticsOfNames } from '../schema/no-statistics-of-names.js';
import { visitsByStage } from '../schema/index-visits-by-stage.js';
import { schemaName } from '../schema/schema-name.js';
import { foldBatch } from './fold-batch.js';
import { loadBatchState } from './load-batch-state.js';
import { openPersonNames } from './open-person-names.js';
import { rowsOfStream } from './rows-of-stream.js';
import { saveBatchState } from './save-batch-state.js';

/** Opens sealed texts, in order; null where the key was destroyed. A `KeyRing` does. */
export type SealedTexts = Pick<KeyRing, 'openMany'>;

export interface FunnelProjectionOptions {
  /** For the names of employees, which stand in clear in `read.person`. */
  sealedTexts: SealedTexts;
}

export interface ProjectedBatch {
  bucket: number;
  events: StoredEvent[];
}

export interface FunnelProjection {
  name: string;
  apply(client: PoolClient, batch: ProjectedBatch): Promise<void>;
}

/** Version of the read models and of the rules that fill them; a new one has tables and checkpoints of its own. */
export const funnelVersion = 'funnel_v1';

const servingSchema = 'funnel_v1';

/** The read models as something that can be filled in any schema, with events of any stretch of the log. */
export function funnelReadModel(options: FunnelProjectionOptions): ReadModel {
  return {
    name: 'funnel',
    definitionVersion: funnelVersion,
    async createTables(client, schema) {
      const name = schemaName(schema);
      const statements = [
        ...funnelTables(name),
        ...funnelIndexes(name),
        visitsByStage(name),
        noStatisticsOfNames(name),
      ];
      for (const statement of statements) await client.query(statement);
    },
    async createViews(client, views, tables) {
      for (const statement of funnelViews(schemaName(views), schemaName(tables))) await client.query(statement);
    },
    async apply(client, { schema, bucket, events }) {
      const opened = await openPersonNames({ bucket, events }, options.sealedTexts);
      const state = await loadBatchState(client, { schema: schemaName(schema), bucket, events });
      foldBatch(state, events, opened);
      await saveBatchState(client, state);
    },
    rowsOfStream,
  };
}

/**
 * Folds captured facts and decisions into the read models that serve, in the caller's transaction. Applying events
 * again, in order, changes nothing.
 */
export function funnelProjection(options: FunnelProjectionOptions): FunnelProjection {
  const model = funnelReadModel(options);
  return {
    name: model.name,
    apply: (client, { bucket, events }) => model.apply(client, { schema: servingSchema, bucket, events }),
  };
}
