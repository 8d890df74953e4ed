import { afterCommit } from '@funnelwatch/postgres';
import { Rejection, type StoredEvent } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import { appendBatch } from './append/append-batch.js';
import { type AppendOutcome, appendRequestOf } from './append/append-request.js';
import { defaultGroupCommitLimits, GroupCommit, type GroupCommitLimits } from './append/group-commit.js';
import { WakeUpCalls } from './append/wake-up-calls.js';
import type { AppendGroup, AppendOptions, AppendResult, EventLog, PortalAddress } from './port.js';
import { headOf } from './read/head-of.js';
import { readBucket } from './read/read-bucket.js';
import { EVENT_COLUMNS, readEvents } from './read/read-events.js';

/** What became of one call of `append`. */
export interface AppendObservation {
  /** `replayed` when all was there, `conflict` when the log refused it as it stands, `failed` for any other error. */
  outcome: 'appended' | 'replayed' | 'conflict' | 'failed';
  /** New events, 0 unless appended. */
  events: number;
  /** Waiting for the others of a group included; with `tx` until the statement was answered, not until the commit. */
  seconds: number;
}

export interface PostgresEventLogOptions {
  /**
   * Told of every append; with `tx`, of what was written after the commit and of nothing that was rolled back. Must not
   * throw.
   */
  onAppended?: (append: AppendObservation) => void;
  /** How concurrent appends are coalesced; the measured defaults suit one server. */
  groupCommit?: Partial<GroupCommitLimits>;
}

const DEFAULT_STREAM_LIMIT = 10_000;

/**
 * The log in PostgreSQL (schema `log`). Appends of a process without a transaction of their own are coalesced and are
 * retried when the connection is lost; with `tx` they are part of the caller's READ COMMITTED transaction, which holds
 * the bucket until it ends: append last, buckets ascending. The pool must come from `createPool`.
 */
export class PostgresEventLog implements EventLog {
  private readonly groupCommit: GroupCommit;
  private readonly wakeUpCalls: WakeUpCalls;

  constructor(
    private readonly pool: Pool,
    private readonly options: PostgresEventLogOptions = {},
  ) {
    this.groupCommit = new GroupCommit(pool, { ...defaultGroupCommitLimits, ...options.groupCommit });
    this.wakeUpCalls = new WakeUpCalls(pool);
  }

  async append(portal: PortalAddress, groups: AppendGroup[], options: AppendOptions = {}): Promise<AppendResult> {
    const { onAppended } = this.options;
    if (!onAppended) return (await this.write(portal, groups, options)).result;
    const beganMs = performance.now();
    const observed = (outcome: AppendObservation['outcome'], events: number): AppendObservation => ({
      outcome,
      events,
      seconds: (performance.now() - beganMs) / 1000,
    });
    try {
      const { result, added } = await this.write(portal, groups, options);
      const append = observed(added > 0 ? 'appended' : 'replayed', added);
      const tell = (): void => onAppended(append);
      if (!options.tx || !afterCommit(options.tx, tell)) tell();
      return result;
    } catch (error) {
      onAppended(observed(error instanceof Rejection ? 'conflict' : 'failed', 0));
      throw error;
    }
  }

  private async write(
    portal: PortalAddress,
    groups: AppendGroup[],
    { tx, duplicates }: AppendOptions,
  ): Promise<{ result: AppendResult; added: number }> {
    const request = appendRequestOf(portal, groups, duplicates);
    const [outcome] = tx ? await appendBatch(tx, [request]) : [await this.groupCommit.append(request)];
    if (!outcome) throw new Error('An append has no outcome');
    const result = resultOf(portal.bucket, outcome);
    const added = result.events.reduce((count, event) => (event.isReplay ? count : count + 1), 0);
    if (added > 0) {
      const announce = (): void => this.wakeUpCalls.announce(portal.bucket);
      // A transaction that we cannot see commit: workers find its events by polling.
      if (!tx) announce();
      else afterCommit(tx, announce);
    }
    return { result, added };
  }

  async readStream(
    portal: PortalAddress,
    streamId: string,
    options: { fromVersion?: number; limit?: number } = {},
  ): Promise<StoredEvent[]> {
    return readEvents(this.pool, portal.bucket, {
      name: 'log.read_stream',
      text: `SELECT ${EVENT_COLUMNS} FROM log.event
              WHERE bucket = $1 AND portal_id = $2 AND stream_id = $3 AND version >= $4 ORDER BY version LIMIT $5`,
      values: [
        portal.bucket,
        portal.portalId,
        streamId,
        options.fromVersion ?? 1,
        options.limit ?? DEFAULT_STREAM_LIMIT,
      ],
    });
  }

  async readBucket(
    bucket: number,
    afterPosition: number,
    limit: number,
    options: { portalId?: string } = {},
  ): Promise<StoredEvent[]> {
    if (options.portalId === undefined) return readBucket(this.pool, bucket, afterPosition, limit);
    return readEvents(this.pool, bucket, {
      name: 'log.read_bucket_portal',
      text: `SELECT ${EVENT_COLUMNS} FROM log.event
              WHERE bucket = $1 AND "position" > $2 AND portal_id = $4 ORDER BY "position" LIMIT $3`,
      values: [bucket, afterPosition, limit, options.portalId],
    });
  }

  head(bucket: number): Promise<number> {
    return headOf(this.pool, bucket);
  }

  /** Sends the last wake-up call; await it before the pool ends. */
  async close(): Promise<void> {
    await this.wakeUpCalls.close();
  }
}

function resultOf(bucket: number, outcome: AppendOutcome): AppendResult {
  if ('rejection' in outcome) throw outcome.rejection;
  let position = 0;
  for (const event of outcome.events) if (!event.isReplay && event.position > position) position = event.position;
  return { bucket, events: outcome.events, position: position || outcome.head };
}
