import type { KeyRing } from '@funnelwatch/event-log';
import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import { foldBatch } from './fold-batch.js';
import { loadBatchState } from './load-batch-state.js';
import { openPersonNames } from './open-person-names.js';
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

/**
 * Folds captured facts and decisions into the read models, in the caller's transaction. Applying events again, in
 * order, changes nothing.
 */
export function funnelProjection(options: FunnelProjectionOptions): FunnelProjection {
  return {
    name: 'funnel',
    async apply(client, batch) {
      const opened = await openPersonNames(batch, options.sealedTexts);
      const state = await loadBatchState(client, batch);
      foldBatch(state, batch.events, opened);
      await saveBatchState(client, state);
    },
  };
}
