import { randomBytes } from 'node:crypto';
import { eventIdOf, type EventLog, type PortalAddress } from '@funnelwatch/event-log';
import type { NewEvent } from '@funnelwatch/kernel';
import { withTransaction } from '@funnelwatch/postgres';
import type { Pool } from 'pg';
import type { Random } from './random.js';

export interface WrittenEvent {
  portal: PortalAddress;
  streamId: string;
  eventId: string;
  /** Grows with every event of its stream. */
  number: number;
}

/** What the log must hold, may hold and must not hold. */
export class Written {
  readonly acknowledged: WrittenEvent[] = [];
  readonly unknown: WrittenEvent[] = [];
  readonly rolledBack: WrittenEvent[] = [];
}

export const portals: readonly PortalAddress[] = [0, 1, 2, 3].map((bucket) => ({
  bucket,
  portalId: `${String(bucket + 1).repeat(8)}-0000-4000-8000-000000000000`,
}));

const WRITERS_A_PORTAL = 3;
const STREAMS_A_WRITER = 4;
/** Incompressible, so that files grow as fast as they would in months. */
const PADDING_BYTES = 700;

/** Writers that append to streams of their own until `signal` aborts, and remember what became of every event. */
export function startWriters(log: EventLog, written: Written, random: Random, signal: AbortSignal): Promise<void> {
  const writers = portals.flatMap((portal) =>
    Array.from({ length: WRITERS_A_PORTAL }, (_, writer) => write(log, portal, writer, written, random, signal)),
  );
  return Promise.all(writers).then(() => undefined);
}

async function write(
  log: EventLog,
  portal: PortalAddress,
  writer: number,
  written: Written,
  random: Random,
  signal: AbortSignal,
): Promise<void> {
  for (let number = 0; !signal.aborted;) {
    const streamId = `deal:${writer}${random.between(0, STREAMS_A_WRITER - 1)}`;
    const batch: WrittenEvent[] = [];
    const count = random.between(1, 12);
    for (let index = 0; index < count; index += 1) batch.push(eventOf(portal, streamId, (number += 1)));
    try {
      await log.append(portal, [{ streamId, expected: 'any', events: batch.map(newEventOf) }]);
      written.acknowledged.push(...batch);
    } catch {
      written.unknown.push(...batch);
      await pause(200);
    }
    await pause(random.between(5, 25));
  }
}

/** An append in a transaction that stays open for a while and then commits or rolls back. */
export async function writeSlowly(
  pool: Pool,
  log: EventLog,
  written: Written,
  portal: PortalAddress,
  { serial, openMs, commits }: { serial: number; openMs: number; commits: boolean },
): Promise<void> {
  const events = [1, 2, 3].map((number) => eventOf(portal, `deal:slow-${serial}`, number));
  try {
    await withTransaction(pool, async (tx) => {
      await log.append(portal, [{ streamId: `deal:slow-${serial}`, expected: 'any', events: events.map(newEventOf) }], {
        tx,
      });
      await pause(openMs);
      if (!commits) throw new Error('rolled back on purpose');
    });
    written.acknowledged.push(...events);
  } catch {
    (commits ? written.unknown : written.rolledBack).push(...events);
  }
}

function eventOf(portal: PortalAddress, streamId: string, number: number): WrittenEvent {
  return {
    portal,
    streamId,
    number,
    eventId: eventIdOf(new Date(1_772_000_000_000 + number), `${portal.portalId} ${streamId} ${number}`),
  };
}

function newEventOf({ streamId, eventId, number }: WrittenEvent): NewEvent {
  return {
    eventId,
    streamId,
    type: 'DealChanged',
    schemaVersion: 1,
    occurredAt: new Date(1_772_000_000_000 + number).toISOString(),
    actor: 'unknown',
    provenance: 'observed',
    data: { number, padding: randomBytes(PADDING_BYTES / 2).toString('hex') },
  };
}

export const pause = (timeMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, timeMs));
