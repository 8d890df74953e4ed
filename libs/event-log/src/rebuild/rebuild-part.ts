import type { Pool } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import type { PortalAddress } from '../port.js';
import type { ReadModel } from './read-model.js';

export interface RebuildPartOptions {
  /** At least three connections: one holds the scratch schema, one works, the keys are read by another. */
  pool: Pool;
  model: ReadModel;
  catalogue?: EventCatalogue | undefined;
  portal: PortalAddress;
  /** Most events applied in one transaction; 1000 unless told. */
  batchSize?: number | undefined;
  /** Ends the work between two batches; nothing that serves was changed then. */
  signal?: AbortSignal | undefined;
  /** Told through which position of the bucket the portal is made anew, and up to which it is to be. */
  onProgress?(progress: { done: number; total: number }): void;
}

export interface PartRebuilt {
  /** Events that were applied or set aside. */
  events: number;
  /** Events that could not be applied, and those that wait behind them: they are in quarantine. */
  setAside: number;
  /** Position of the bucket that the new rows are at. */
  position: number;
  /** For how long the bucket stood still, milliseconds. */
  heldMs: number;
  tookMs: number;
}
