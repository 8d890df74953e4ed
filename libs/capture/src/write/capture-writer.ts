import type { NewEvent, Provenance } from '@funnelwatch/kernel';
import type { AppendGroup, EventLog, KeyRing, PortalAddress } from '@funnelwatch/event-log';
import { withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import { type CaptureLease, fence } from '../lease/capture-lease.js';

/** What capture needs of the key ring: sealing under the key of a subject; null when that key was destroyed. */
export type PersonalDataSealer = Pick<KeyRing, 'sealMany'>;

/** When and by which request something was seen, and what the facts of it are called. */
export interface Sighting {
  /** The portal's time of the reply, ISO 8601 UTC. */
  observedAt: string;
  /** Grows with every request of this and later holders of the lease. */
  request: number;
  provenance: Exclude<Provenance, 'reconstructed'>;
}

/** One writing transaction: rows of `capture` through `tx`, facts through `append`. Both commit together or not at all. */
export interface CaptureTransaction {
  tx: PoolClient;
  portal: PortalAddress;
  append(event: NewEvent): void;
}

/**
 * The only way capture writes. Transactions of one portal take turns: first the lease (so that a paused ingest is
 * fenced), then heads, moves and cursors, at last the log.
 */
export class CaptureWriter {
  private turn: Promise<unknown> = Promise.resolve();
  /** Facts appended since the start of this writer. */
  appended = 0;

  constructor(
    private readonly pool: Pool,
    private readonly log: EventLog,
    readonly lease: CaptureLease,
  ) {}

  get portal(): PortalAddress {
    return this.lease.portal;
  }

  /** Runs `work` in a fenced transaction and appends its facts at the end. Throws `LeaseLost` when fenced. */
  write<Result>(work: (unit: CaptureTransaction) => Promise<Result>): Promise<Result> {
    const result = this.turn.then(() => this.run(work));
    this.turn = result.catch(() => undefined);
    return result;
  }

  private async run<Result>(work: (unit: CaptureTransaction) => Promise<Result>): Promise<Result> {
    let appended = 0;
    const result = await withTransaction(this.pool, async (tx) => {
      await fence(tx, this.lease);
      const groups = new Map<string, AppendGroup>();
      appended = 0;
      const value = await work({
        tx,
        portal: this.portal,
        append: (event) => {
          const group = groups.get(event.streamId);
          if (group) group.events.push(event);
          else groups.set(event.streamId, { streamId: event.streamId, expected: 'any', events: [event] });
          appended += 1;
        },
      });
      if (groups.size > 0) await this.log.append(this.portal, [...groups.values()], { tx, duplicates: 'skip' });
      return value;
    });
    this.appended += appended;
    return result;
  }
}
