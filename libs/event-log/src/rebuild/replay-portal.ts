import type { StoredEvent } from '@funnelwatch/kernel';
import { withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import type { PortalAddress } from '../port.js';
import { type SetAsideEvent, streamKey } from '../quarantine/sort-events.js';
import { EVENT_COLUMNS, readEvents } from '../read/read-events.js';
import { applyWhatCan } from './apply-what-can.js';
import type { ReadModel } from './read-model.js';

export interface PortalReplay {
  model: ReadModel;
  /** What the program can read; without one, events are applied as they are stored. */
  catalogue?: EventCatalogue | undefined;
  portal: PortalAddress;
  /** Schema with the tables of the model. */
  into: string;
  /** Most events read and applied at once; 1000 unless told. */
  batchSize?: number | undefined;
  /** Position of the first event to leave out, by key of its stream; later ones of the stream are left out too. */
  leftOut?: ReadonlyMap<string, number>;
  /** Keys of streams of which an event could not be applied: added to, and later events of them are not applied. */
  blocked?: Set<string>;
  /** Told what could not be applied, in the transaction of its batch. */
  onSetAside?(client: PoolClient, events: readonly SetAsideEvent[]): Promise<void>;
}

export interface ReplayOptions extends PortalReplay {
  pool: Pool;
  /** Position of the last event to apply. */
  upTo: number;
  /** Position from which the tables are filled already; 0 unless told. */
  after?: number;
  /** Ends the replay between two batches; it then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
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

interface Range {
  after: number;
  upTo: number;
}

const defaultBatchSize = 1_000;

/**
 * Applies the events of one portal, from its first up to a position, to the tables of a schema. What a projection
 * would have set aside is left out in the same way. Memory is bounded by the batch.
 */
export async function replayPortal(options: ReplayOptions): Promise<Replayed> {
  const { pool, upTo, into, after = 0, signal } = options;
  const replay = { ...options, blocked: options.blocked ?? new Set<string>() };
  const replayed: Replayed = { events: 0, setAside: 0 };
  for await (const { events, through } of pagesOf(pool, replay, { after, upTo })) {
    signal?.throwIfAborted();
    await withTransaction(pool, async (client) => {
      // The tables are scratch: whoever uses them first commits, durably, that they are whole.
      await client.query('SET LOCAL synchronous_commit = off');
      await options.beforeBatch?.(client);
      replayed.setAside += await applyPage(client, replay, events);
    });
    replayed.events += events.length;
    await options.afterBatch?.(through);
  }
  signal?.throwIfAborted();
  await analyse(pool, into);
  return replayed;
}

/** As `replayPortal`, for a stretch short enough for the caller's transaction. */
export async function catchUpPortal(client: PoolClient, options: PortalReplay, range: Range): Promise<Replayed> {
  const replayed: Replayed = { events: 0, setAside: 0 };
  for await (const { events } of pagesOf(client, options, range)) {
    replayed.setAside += await applyPage(client, options, events);
    replayed.events += events.length;
  }
  return replayed;
}

/** Events of the portal, page by page, each with the position through which there are no more of them. */
async function* pagesOf(
  source: Pool | PoolClient,
  { portal, batchSize = defaultBatchSize }: PortalReplay,
  { after, upTo }: Range,
): AsyncGenerator<{ events: StoredEvent[]; through: number }> {
  for (let through = after; through < upTo;) {
    const events = await readEvents(source, portal.bucket, {
      name: 'log.read_portal',
      text: `SELECT ${EVENT_COLUMNS} FROM log.event
              WHERE bucket = $1 AND "position" > $2 AND "position" <= $3 AND portal_id = $4
              ORDER BY "position" LIMIT $5`,
      values: [portal.bucket, through, upTo, portal.portalId, batchSize],
    });
    const last = events.at(-1);
    if (last === undefined) return;
    through = events.length < batchSize ? upTo : last.position;
    yield { events, through };
  }
}

/** Returns how many events were set aside. */
async function applyPage(client: PoolClient, replay: PortalReplay, page: readonly StoredEvent[]): Promise<number> {
  const { model, catalogue, into, portal, leftOut, blocked = new Set(), onSetAside } = replay;
  const isLeftOut = ({ portalId, streamId, position }: StoredEvent) =>
    position >= (leftOut?.get(streamKey(portalId, streamId)) ?? Number.POSITIVE_INFINITY);
  const events = leftOut?.size ? page.filter((event) => !isLeftOut(event)) : page;
  const target = { model, catalogue, schema: into, bucket: portal.bucket };
  const setAside = await applyWhatCan(client, target, events, blocked);
  if (setAside.length > 0) await onSetAside?.(client, setAside);
  return setAside.length;
}

/** Without figures about the new tables, the first questions would be planned as if they were empty. */
async function analyse(pool: Pool, schema: string): Promise<void> {
  const { rows } = await pool.query<{ table: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS table FROM pg_tables WHERE schemaname = $1 ORDER BY tablename`,
    [schema],
  );
  for (const { table } of rows) await pool.query(`ANALYZE ${table}`);
}
