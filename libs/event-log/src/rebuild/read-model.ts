import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';

/** Events in position order for the tables of one schema. */
export interface ReadModelBatch {
  schema: string;
  bucket: number;
  events: StoredEvent[];
}

/** Rows of a table, by the values of columns. */
export interface StreamRows {
  table: string;
  where: Record<string, string>;
}

/**
 * A read model that can be filled anywhere: beside the one that serves, or as it was at an earlier position. Applying
 * has no effect but rows of its own tables.
 */
export interface ReadModel {
  name: string;
  /** Version of the tables and of the rules that fill them. */
  definitionVersion: string;
  /** Makes the empty tables, with the indexes that readers need, in a schema that exists. */
  createTables(client: PoolClient, schema: string): Promise<void>;
  /** Makes the views that readers ask, in one schema that exists, over the tables of another. */
  createViews(client: PoolClient, views: string, tables: string): Promise<void>;
  /** Folds events into the tables in the caller's transaction. Applying events again, in order, changes nothing. */
  apply(client: PoolClient, batch: ReadModelBatch): Promise<void>;
  /**
   * Rows that come from one stream alone, so that they can be removed and made anew by applying its events; null for a
   * stream whose rows cannot be told from others. Every table carries `bucket` and `portal_id` besides.
   */
  rowsOfStream?(streamId: string): StreamRows[] | null;
}
