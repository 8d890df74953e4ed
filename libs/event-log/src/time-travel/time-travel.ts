import { Rejection } from '@funnelwatch/kernel';
import { inScope, withTransaction } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import type { PortalAddress } from '../port.js';
import { errorFacts } from '../project/error-facts.js';
import type { ProjectionLogger } from '../project/projection-options.js';
import { headOf } from '../read/head-of.js';
import type { ReadModel } from '../rebuild/read-model.js';
import { replayPortal } from '../rebuild/replay-portal.js';
import {
  beginSnapshot,
  dropStale,
  finishSnapshot,
  isStillWanted,
  sayFilled,
  type SnapshotKey,
  type SnapshotLimits,
  tablesOf,
  useSnapshot,
  viewsOf,
} from './snapshot-rows.js';

export interface TimeTravelOptions {
  /** Of its own, with a short idle time: statements are prepared once per snapshot and go with their connection. */
  pool: Pool;
  model: ReadModel;
  catalogue?: EventCatalogue;
  logger: ProjectionLogger;
  /** Snapshots kept for one portal; 4 unless told. */
  keptPerPortal?: number;
  /** Snapshots kept in all; 16 unless told. */
  keptInAll?: number;
  /** What was used within these seconds does not make way for another; 3 unless told. */
  idleSeconds?: number;
  /** A snapshot that nobody asks for while it is filled is given up after these seconds; 30 unless told. */
  forgottenSeconds?: number;
  batchSize?: number;
}

/** A portal's read model as it was known at a position. */
export interface AsAt {
  /** Position of the last event of the portal at or before the one asked about. */
  position: number;
  /** When that event was recorded: nothing later was known. */
  knownAt: Date;
}

export type Travelled =
  | (AsAt & {
      state: 'ready';
      /** Schema of the views to ask. */
      views: string;
    })
  | (AsAt & {
      state: 'preparing';
      /** Position through which the snapshot is filled, of `position`. */
      done: number;
    });

const pollMs = 50;

/**
 * Answers what was known of a portal at a position of the log, by replaying the portal up to it into schemas of its own.
 * A snapshot is filled once, by one program, and only whole ones are answered from. Portals are filled one after the
 * other, so that looking back never takes more than one worker from the present.
 */
export class TimeTravel {
  private readonly ending = new AbortController();
  private readonly limits: SnapshotLimits;
  private readonly filling = new Map<string, Promise<void>>();
  private queue: Promise<void> = Promise.resolve();

  constructor(private readonly options: TimeTravelOptions) {
    this.limits = {
      perPortal: options.keptPerPortal ?? 4,
      inAll: options.keptInAll ?? 16,
      idleSeconds: options.idleSeconds ?? 3,
    };
  }

  /** Drops snapshots of other versions of the read model and those that were never finished. */
  async clear(): Promise<void> {
    const { pool, model } = this.options;
    await inScope('all', () =>
      withTransaction(pool, (client) => dropStale(client, model.name, model.definitionVersion)),
    );
  }

  /**
   * The state at a position: ready, or how far it is after waiting for `waitMs`; then ask again. Throws `Rejection`
   * TIME_TRAVEL_POSITION_AHEAD, TIME_TRAVEL_POSITION_UNKNOWN (nothing of the portal was known), TIME_TRAVEL_BUSY.
   */
  async open(portal: PortalAddress, position: number, waitMs: number): Promise<Travelled> {
    const asAt = await this.find(portal, position);
    const { model, pool } = this.options;
    const key: SnapshotKey = {
      readModel: model.name,
      definitionVersion: model.definitionVersion,
      bucket: portal.bucket,
      portalId: portal.portalId,
      position: asAt.position,
    };
    const name = `${key.portalId} ${key.position}`;
    const until = performance.now() + waitMs;
    for (;;) {
      const snapshot = await useSnapshot(pool, key);
      if (snapshot?.status === 'ready' && snapshot.isAlive)
        return { state: 'ready', views: viewsOf(snapshot.id), ...asAt };
      if (!snapshot?.isAlive && !this.filling.has(name)) this.fill(name, key);
      const waitedMs = until - performance.now();
      if (waitedMs <= 0) return { state: 'preparing', done: snapshot?.done ?? 0, ...asAt };
      await Promise.race([this.filling.get(name) ?? pause(pollMs), pause(Math.min(waitedMs, pollMs))]);
    }
  }

  /** Where and when a position is, without preparing anything. Throws as `open`, but for TIME_TRAVEL_BUSY. */
  async find(portal: PortalAddress, position: number): Promise<AsAt> {
    const { pool } = this.options;
    const head = await headOf(pool, portal.bucket);
    if (position > head) {
      throw new Rejection(
        'TIME_TRAVEL_POSITION_AHEAD',
        `The log has not come to this position: the last one of the bucket is ${portal.bucket}:${head}.`,
        { details: { head } },
      );
    }
    const { rows } = await pool.query<{ position: number; recordedAt: Date }>({
      name: 'travel.find_position',
      text: `SELECT "position", recorded_at AS "recordedAt" FROM log.event
              WHERE bucket = $1 AND portal_id = $2 AND "position" <= $3 ORDER BY "position" DESC LIMIT 1`,
      values: [portal.bucket, portal.portalId, position],
    });
    const last = rows[0];
    if (!last) {
      throw new Rejection('TIME_TRAVEL_POSITION_UNKNOWN', 'Nothing was known of this portal at that position.');
    }
    return { position: last.position, knownAt: last.recordedAt };
  }

  /** Gives up what is being filled. */
  async close(): Promise<void> {
    this.ending.abort();
    await this.queue;
  }

  private fill(name: string, key: SnapshotKey): void {
    // Many requests may wait for it, and some have gone before its turn comes: it has the scope of its portal.
    const filled = this.queue.then(() => inScope([key.portalId], () => this.fillOne(key)));
    this.filling.set(name, filled);
    const forget = () => void this.filling.delete(name);
    // A failure is thrown to those who wait for it; the queue goes on.
    this.queue = filled.then(forget, forget);
  }

  private async fillOne(key: SnapshotKey): Promise<void> {
    if (this.ending.signal.aborted) return;
    const { pool, model, catalogue, logger, batchSize, forgottenSeconds = 30 } = this.options;
    // What makes way for it may be another portal's.
    const id = await inScope('all', () => withTransaction(pool, (client) => beginSnapshot(client, key, this.limits)));
    if (id === 'taken') return;
    if (id === 'full') {
      throw new Rejection('TIME_TRAVEL_BUSY', 'Too many moments are being looked at. Try again in a few seconds.');
    }
    const startedAt = performance.now();
    try {
      await withTransaction(pool, async (client) => {
        await model.createTables(client, tablesOf(id));
        await client.query('SELECT travel.wall_snapshot($1)', [id]);
        await model.createViews(client, viewsOf(id), tablesOf(id));
      });
      const { events, setAside } = await replayPortal({
        pool,
        model,
        catalogue,
        portal: key,
        upTo: key.position,
        into: tablesOf(id),
        signal: this.ending.signal,
        ...(batchSize !== undefined && { batchSize }),
        beforeBatch: async (client) => {
          if (!(await isStillWanted(client, id, forgottenSeconds))) throw new SnapshotGivenUp();
        },
        afterBatch: (through) => sayFilled(pool, id, through),
      });
      if (!(await finishSnapshot(pool, id))) throw new SnapshotGivenUp();
      const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
      logger.info(
        { portalId: key.portalId, position: key.position, events, setAside, seconds },
        'a past state is ready',
      );
    } catch (error) {
      await withTransaction(pool, (client) => client.query('SELECT travel.drop_snapshot($1)', [id])).catch(
        (failure: unknown) => logger.warn(errorFacts(failure), 'a past state could not be removed; it will be later'),
      );
      if (error instanceof SnapshotGivenUp || this.ending.signal.aborted) return;
      logger.error({ portalId: key.portalId, position: key.position, ...errorFacts(error) }, 'a past state failed');
      throw error;
    }
  }
}

/** Nobody waits for the snapshot any more, or it was dropped. */
class SnapshotGivenUp extends Error {}

const pause = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs));
