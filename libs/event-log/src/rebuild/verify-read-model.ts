import { withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import type { PortalAddress } from '../port.js';
import { checkpointOf } from '../project/checkpoint.js';
import { streamKey } from '../quarantine/sort-events.js';
import { columnsOf, differenceBetween } from './compare-schemas.js';
import { servingOf } from './held-read-model.js';
import type { ReadModel } from './read-model.js';
import { catchUpPortal, type PortalReplay, replayPortal } from './replay-portal.js';
import { withScratch } from './scratch.js';

export interface VerifyReadModelOptions {
  /** At least three connections: one holds the scratch schema, one works, the keys are read by another. */
  pool: Pool;
  model: ReadModel;
  catalogue?: EventCatalogue | undefined;
  /** Only this one; every portal of the log and of the tables unless told. */
  portal?: PortalAddress | undefined;
  batchSize?: number | undefined;
  /** Ends the work between two batches. */
  signal?: AbortSignal | undefined;
  onProgress?(verified: PortalVerification, count: { done: number; total: number }): void;
}

export interface PortalVerification extends PortalAddress {
  /** Position of the bucket at which the rows were compared. */
  position: number;
  /** Events in quarantine, which the rows rightly lack. */
  quarantined: number;
  /** How the rows that serve (first) differ from those that the log makes, in words; null when they do not. */
  difference: string | null;
}

export interface ReadModelVerification {
  readModel: string;
  isIntact: boolean;
  portals: PortalVerification[];
}

/** A difference that an erasure or a retry of the quarantine made meanwhile is gone when it is looked at again. */
const ATTEMPTS = 3;

/**
 * Compares what serves with what the log makes, portal by portal, without holding up workers or readers: each portal is
 * replayed beside what serves and compared in one snapshot. Throws `Rejection` READ_MODEL_UNKNOWN or
 * READ_MODEL_OF_OTHER_VERSION.
 */
export async function verifyReadModel(options: VerifyReadModelOptions): Promise<ReadModelVerification> {
  const { pool, model, signal } = options;
  const { schema } = await servingOf(pool, model);
  const portals = options.portal ? [options.portal] : await portalsOf(pool, schema);
  const verified: PortalVerification[] = [];
  for (const portal of portals) {
    signal?.throwIfAborted();
    let verification = await verifyPortal(options, portal);
    for (let attempt = 1; attempt < ATTEMPTS && verification.difference !== null; attempt += 1) {
      verification = await verifyPortal(options, portal);
    }
    verified.push(verification);
    options.onProgress?.(verification, { done: verified.length, total: portals.length });
  }
  return {
    readModel: model.name,
    isIntact: verified.every(({ difference }) => difference === null),
    portals: verified,
  };
}

async function verifyPortal(options: VerifyReadModelOptions, portal: PortalAddress): Promise<PortalVerification> {
  const { pool, model, catalogue, batchSize, signal } = options;
  const { bucket, portalId } = portal;
  return withScratch(pool, model, async ({ schema: into }) => {
    const { leftOut } = await quarantineOf(pool, model.name, portal);
    const replay: PortalReplay = { model, catalogue, portal, batchSize, into, leftOut, blocked: new Set() };
    const after = (await checkpointOf(pool, model.name, bucket))?.position ?? 0;
    await replayPortal({ ...replay, pool, upTo: after, signal });
    return withTransaction(pool, async (client) => {
      // One snapshot: rows and checkpoint were committed together.
      await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await client.query('SET LOCAL statement_timeout = 0');
      const position = (await checkpointOf(client, model.name, bucket))?.position ?? 0;
      const { schema } = await servingOf(client, model);
      const { events: quarantined, leftOut: leftOutNow } = await quarantineOf(client, model.name, portal);
      await catchUpPortal(client, { ...replay, leftOut: leftOutNow }, { after, upTo: position });
      const difference = await differenceBetween(client, schema, into, { portalId });
      return { bucket, portalId, position, quarantined, difference };
    });
  });
}

/** First event in quarantine of each stream of a portal: it and all later ones are not in the tables. */
async function quarantineOf(
  source: Pool | PoolClient,
  projection: string,
  { bucket, portalId }: PortalAddress,
): Promise<{ leftOut: Map<string, number>; events: number }> {
  const { rows } = await source.query<{ streamId: string; first: number; events: number }>(
    `SELECT stream_id AS "streamId", min("position") AS first, count(*) AS events
       FROM log.quarantine WHERE projection = $1 AND bucket = $2 AND portal_id = $3 GROUP BY stream_id`,
    [projection, bucket, portalId],
  );
  return {
    leftOut: new Map(rows.map(({ streamId, first }) => [streamKey(portalId, streamId), first])),
    events: rows.reduce((sum, row) => sum + row.events, 0),
  };
}

/** Portals that have events, and those of which there are rows: a row without events is damage too. */
async function portalsOf(pool: Pool, schema: string): Promise<PortalAddress[]> {
  const portals = new Map<string, PortalAddress>();
  for (const table of ['log.event', ...(await columnsOf(pool, schema)).keys()]) {
    const from = table === 'log.event' ? table : `${schema}."${table}"`;
    // Walks from portal to portal along the index instead of reading every row.
    const { rows } = await pool.query<PortalAddress>(
      `WITH RECURSIVE portal AS (
         (SELECT bucket, portal_id FROM ${from} ORDER BY bucket, portal_id LIMIT 1)
          UNION ALL
         SELECT next.bucket, next.portal_id
           FROM portal, LATERAL (SELECT bucket, portal_id FROM ${from} later
                                  WHERE (later.bucket, later.portal_id) > (portal.bucket, portal.portal_id)
                                  ORDER BY bucket, portal_id LIMIT 1) next
       )
       SELECT bucket, portal_id AS "portalId" FROM portal`,
    );
    for (const portal of rows) portals.set(`${portal.bucket} ${portal.portalId}`, portal);
  }
  return [...portals.values()].sort((a, b) => a.bucket - b.bucket || (a.portalId < b.portalId ? -1 : 1));
}
