import { int4Array, int8Array, textArray, uuidArray } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { CheckpointKey } from '../project/checkpoint.js';
import { type Failure, type SetAsideEvent, streamKey } from './sort-events.js';

/** A stream of which a projection has set events aside. */
export interface BlockedStream {
  bucket: number;
  portalId: string;
  streamId: string;
}

export interface QueuedEvent {
  position: number;
}

/** Keys of the streams of a bucket whose events wait; the caller holds the checkpoint. */
export async function blockedStreams(client: PoolClient, key: CheckpointKey): Promise<Set<string>> {
  const { rows } = await client.query<BlockedStream>({
    name: 'quarantine.blocked',
    text: `SELECT DISTINCT portal_id AS "portalId", stream_id AS "streamId"
             FROM log.quarantine WHERE projection = $1 AND bucket = $2`,
    values: [key.projection, key.bucket],
  });
  return new Set(rows.map((row) => streamKey(row.portalId, row.streamId)));
}

/** Puts events into quarantine, in the transaction that moves the checkpoint past them. */
export async function setAside(
  client: PoolClient,
  key: CheckpointKey,
  events: readonly SetAsideEvent[],
): Promise<void> {
  await client.query({
    name: 'quarantine.set_aside',
    text: `INSERT INTO log.quarantine (projection, bucket, "position", portal_id, stream_id, event_id, event_type,
                                       schema_version, status, reason_code, error_class, attempts, last_failed_at)
           SELECT $1, $2, place, portal_id, stream_id, event_id, event_type, schema_version,
                  CASE WHEN code IS NULL THEN 'queued' ELSE 'poison' END, code, error_class,
                  CASE WHEN code IS NULL THEN 0 ELSE 1 END, CASE WHEN code IS NOT NULL THEN clock_timestamp() END
             FROM unnest($3::bigint[], $4::uuid[], $5::text[], $6::uuid[], $7::text[], $8::int[], $9::text[], $10::text[])
               AS aside (place, portal_id, stream_id, event_id, event_type, schema_version, code, error_class)
            ORDER BY place
           ON CONFLICT (projection, bucket, "position") DO NOTHING`,
    values: [
      key.projection,
      key.bucket,
      int8Array(events.map(({ event }) => event.position)),
      uuidArray(events.map(({ event }) => event.portalId)),
      textArray(events.map(({ event }) => event.streamId)),
      uuidArray(events.map(({ event }) => event.eventId)),
      textArray(events.map(({ event }) => event.type)),
      int4Array(events.map(({ event }) => versionOf(event.schemaVersion))),
      textArray(events.map(({ failure }) => failure?.code ?? null)),
      textArray(events.map(({ failure }) => failure?.errorClass ?? null)),
    ],
  });
}

/** Streams for which somebody asked for a retry, of the buckets named. */
export async function streamsToRetry(
  pool: Pool,
  projection: string,
  buckets: readonly number[],
): Promise<BlockedStream[]> {
  const { rows } = await pool.query<BlockedStream>({
    name: 'quarantine.to_retry',
    text: `SELECT DISTINCT bucket, portal_id AS "portalId", stream_id AS "streamId" FROM log.quarantine
            WHERE projection = $1 AND bucket = ANY ($2::int[]) AND retry_requested_at IS NOT NULL`,
    values: [projection, int4Array(buckets)],
  });
  return rows;
}

/** The first events that wait in a stream, in order. */
export async function queueOf(
  pool: Pool,
  key: CheckpointKey,
  stream: BlockedStream,
  limit: number,
): Promise<QueuedEvent[]> {
  const { rows } = await pool.query<QueuedEvent>({
    name: 'quarantine.queue',
    text: `SELECT "position" FROM log.quarantine
            WHERE projection = $1 AND bucket = $2 AND portal_id = $3 AND stream_id = $4
            ORDER BY "position" LIMIT $5`,
    values: [key.projection, key.bucket, stream.portalId, stream.streamId, limit],
  });
  return rows;
}

/** Takes an event out of quarantine; false when it is not there any more. */
export async function leaveQuarantine(client: PoolClient, key: CheckpointKey, position: number): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'quarantine.leave',
    text: `DELETE FROM log.quarantine WHERE projection = $1 AND bucket = $2 AND "position" = $3`,
    values: [key.projection, key.bucket, position],
  });
  return rowCount === 1;
}

/** Notes that an event failed again and ends the retry of its stream. */
export async function noteFailure(
  client: PoolClient,
  key: CheckpointKey,
  stream: BlockedStream,
  position: number,
  failure: Failure,
): Promise<void> {
  await client.query({
    name: 'quarantine.failed_again',
    text: `UPDATE log.quarantine
              SET retry_requested_at = NULL,
                  status = CASE WHEN "position" = $5 THEN 'poison' ELSE status END,
                  attempts = attempts + ("position" = $5)::int,
                  reason_code = CASE WHEN "position" = $5 THEN $6 ELSE reason_code END,
                  error_class = CASE WHEN "position" = $5 THEN $7 ELSE error_class END,
                  last_failed_at = CASE WHEN "position" = $5 THEN clock_timestamp() ELSE last_failed_at END
            WHERE projection = $1 AND bucket = $2 AND portal_id = $3 AND stream_id = $4
              AND ("position" = $5 OR retry_requested_at IS NOT NULL)`,
    values: [key.projection, key.bucket, stream.portalId, stream.streamId, position, failure.code, failure.errorClass],
  });
}

/** Asks to go on with a stream of which only a part was drained. */
export async function askToGoOn(client: PoolClient, key: CheckpointKey, stream: BlockedStream): Promise<void> {
  await client.query({
    name: 'quarantine.go_on',
    text: `UPDATE log.quarantine SET retry_requested_at = clock_timestamp()
            WHERE projection = $1 AND bucket = $2 AND portal_id = $3 AND stream_id = $4 AND retry_requested_at IS NULL`,
    values: [key.projection, key.bucket, stream.portalId, stream.streamId],
  });
}

/** The column is an int; what no program of ours wrote is shown as 0. */
const versionOf = (schemaVersion: number): number =>
  Number.isInteger(schemaVersion) && schemaVersion > 0 && schemaVersion < 2 ** 31 ? schemaVersion : 0;
