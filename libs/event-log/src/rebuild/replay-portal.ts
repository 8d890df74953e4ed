import type { StoredEvent } from '@funnelwatch/kernel';
import { isTransient, withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import type { PortalAddress } from '../port.js';
import { errorFacts } from '../project/error-facts.js';
import { sortEvents, streamKey } from '../quarantine/sort-events.js';
import { EVENT_COLUMNS, readEvents } from '../read/read-events.js';
import type { ReadModel } from './read-model.js';

export interface ReplayOptions {
  pool: Pool;
  model: ReadModel;
  /** What the program can read; without one, events are applied as they are stored. */
  catalogue?: EventCatalogue | undefined;
  portal: PortalAddress;
  /** Position of the last event to apply. */
  upTo: number;
  /** Schema with the empty tables of the model. */
  into: string;
  /** Most events in one transaction; 1000 unless told. */
  batchSize?: number;
  /** Ends the replay between two batches; it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Called in the transaction of each batch, before its events: throwing ends the replay without them. */
  beforeBatch?(client: PoolClient): Promise<void>;
  /** Called when the events through a position are committed. */
  afterBatch?(through: number): Promise<void>;
}

export interface Replayed {
  events: number;
  /** Events that cannot be applied, or follow one of their stream that cannot. */
  setAside: number;
}

const defaultBatchSize = 1_000;

/**
 * Applies the events of one portal, from its first up to a position, to the tables of a schema. What a projection
 * would have set aside is left out in the same way. Memory is bounded by the batch.
 */
export async function replayPortal(options: ReplayOptions): Promise<Replayed> {
  const { pool, portal, upTo, into, batchSize = defaultBatchSize, signal } = options;
  const replayed: Replayed = { events: 0, setAside: 0 };
  const blocked = new Set<string>();
  let through = 0;
  for (;;) {
    signal?.throwIfAborted();
    const events = await readPortal(pool, portal, { after: through, upTo, limit: batchSize });
    const last = events.at(-1);
    if (last === undefined) return replayed;
    through = events.length < batchSize ? upTo : last.position;
    await withTransaction(pool, async (client) => {
      // The tables are scratch: whoever uses them first commits, durably, that they are whole.
      await client.query('SET LOCAL synchronous_commit = off');
      await options.beforeBatch?.(client);
      replayed.setAside += await applyWhatCan(client, options, events, blocked);
    });
    replayed.events += events.length;
    await options.afterBatch?.(through);
    if (through >= upTo) break;
  }
  signal?.throwIfAborted();
  await analyse(pool, into);
  return replayed;
}

function readPortal(
  pool: Pool,
  portal: PortalAddress,
  range: { after: number; upTo: number; limit: number },
): Promise<StoredEvent[]> {
  return readEvents(pool, portal.bucket, {
    name: 'log.read_portal',
    text: `SELECT ${EVENT_COLUMNS} FROM log.event
            WHERE bucket = $1 AND "position" > $2 AND "position" <= $3 AND portal_id = $4
            ORDER BY "position" LIMIT $5`,
    values: [portal.bucket, range.after, range.upTo, portal.portalId, range.limit],
  });
}

/** Applies the batch at once; when that fails, event by event. Returns how many were left out. */
async function applyWhatCan(
  client: PoolClient,
  { model, catalogue, into, portal }: ReplayOptions,
  events: StoredEvent[],
  blocked: Set<string>,
): Promise<number> {
  const { bucket } = portal;
  const apply = (applicable: StoredEvent[]) => model.apply(client, { schema: into, bucket, events: applicable });
  const sorted = sortEvents(events, { catalogue, blocked });
  const left = sorted.setAside.map(({ event }) => event);
  if (sorted.applicable.length > 0 && !(await attempt(client, () => apply(sorted.applicable)))) {
    const failed = new Set<string>();
    for (const event of sorted.applicable) {
      const stream = streamKey(event.portalId, event.streamId);
      if (!failed.has(stream) && (await attempt(client, () => apply([event])))) continue;
      if (catalogue?.isNeverSetAside(event.type)) await apply([event]);
      failed.add(stream);
      left.push(event);
    }
  }
  for (const { portalId, streamId } of left) blocked.add(streamKey(portalId, streamId));
  return left.length;
}

/** False when the work failed because of the events, with nothing of it left. Any other failure is thrown. */
async function attempt(client: PoolClient, work: () => Promise<void>): Promise<boolean> {
  await client.query('SAVEPOINT attempt');
  try {
    await work();
  } catch (error) {
    if (isTransient(error) || isMissingTable(error)) throw error;
    await client.query('ROLLBACK TO SAVEPOINT attempt');
    return false;
  }
  await client.query('RELEASE SAVEPOINT attempt');
  return true;
}

/** The schema was dropped, which says nothing about the events. */
function isMissingTable(error: unknown): boolean {
  return ['42P01', '3F000'].includes(errorFacts(error).code);
}

/** Without figures about the new tables, the first questions would be planned as if they were empty. */
async function analyse(pool: Pool, schema: string): Promise<void> {
  const { rows } = await pool.query<{ table: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables WHERE schemaname = $1 ORDER BY tablename`,
    [schema],
  );
  for (const { table } of rows) await pool.query(`ANALYZE ${table}`);
}
