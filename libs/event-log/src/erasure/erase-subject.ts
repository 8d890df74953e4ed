import { createHash } from 'node:crypto';
import { type NewEvent, Rejection } from '@funnelwatch/kernel';
import { textArray, withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import { eventIdOf } from '../event-id.js';
import type { EventLog, PortalAddress } from '../port.js';
import { emptyMatches } from './empty-matches.js';
import { erasureStreamOf, recordsErasedBy, SUBJECT_ERASED } from './subject-erased.js';
import { destroyKeys, erasedAt, suppress } from './suppression.js';

export interface EraseSubjectOptions {
  /** May do what the groups erase, seal, capture and append may. */
  pool: Pool;
  log: EventLog;
  portal: PortalAddress;
  /** A lead, contact, company or user: `contact:12`. */
  subject: string;
  /** Streams linked to any of these, told by events after a position; never the ones given. */
  linkedTo(streams: ReadonlySet<string>, afterPosition: number): Promise<string[]>;
  /**
   * Removes what is kept in clear or as a hash outside the log, in the transaction that destroys the keys. Must begin by
   * waiting for whoever writes such things, so that none of it comes back afterwards.
   */
  forget(client: PoolClient, streams: readonly string[]): Promise<void>;
}

export interface ErasureReport {
  subject: string;
  /** Streams whose texts are gone, the subject's own first. */
  records: string[];
  /** True when all of them were erased before. */
  wasErased: boolean;
  /** Events that were emptied now. */
  emptiedEvents: number;
  /** Position that readers must have passed to have forgotten. */
  position: number;
}

const SUBJECT = /^(lead|contact|company|user):\d{1,18}$/;
const STREAMS_AT_ONCE = 500;

/**
 * Erases a data subject, while everything runs: in one transaction the subject and all records linked to it go on the
 * list that is asked before sealing, their keys are destroyed and what was kept of them outside the log is removed; then
 * their sealed texts and what they had in common with others are emptied in the log, and an event tells readers to forget. Steps are ordered so that doing it all
 * again completes what was interrupted, and changes nothing where it was complete.
 * Throws `Rejection` ERASURE_SUBJECT_INVALID, ERASURE_SUBJECT_UNKNOWN.
 */
export async function eraseSubject(options: EraseSubjectOptions): Promise<ErasureReport> {
  const { pool, log, portal, subject } = options;
  if (!SUBJECT.test(subject)) {
    throw new Rejection(
      'ERASURE_SUBJECT_INVALID',
      `“${subject}” names no person or company. Name it as contact:12, lead:5, company:7 or user:9.`,
    );
  }
  await refuseUnknown(pool, portal, subject);
  const streams = new Set([subject]);
  let after: number | null = null;
  let suppressed = 0;
  for (;;) {
    const head = await log.head(portal.bucket);
    const count = streams.size;
    await follow(options, streams, after ?? 0);
    // What was captured while the others were suppressed comes in another round; from then on capture asks first.
    if (after !== null && streams.size === count) break;
    const known = [...streams];
    suppressed += await withTransaction(pool, async (client) => {
      await options.forget(client, known);
      const roots = known.map((stream) => ({ subject: stream, root: subject }));
      const added = await suppress(client, portal, roots);
      await destroyKeys(client, portal, known);
      return added;
    });
    after = head;
  }
  const records = [...streams];
  let emptiedEvents = 0;
  for (const part of partsOf(records)) emptiedEvents += await emptyTexts(pool, portal, part, records);
  emptiedEvents += await withTransaction(pool, async (client) => {
    await client.query('SET LOCAL statement_timeout = 0');
    return emptyMatches(client, portal, records);
  });
  const position = await tell(options, records);
  return { subject, records, wasErased: suppressed === 0, emptiedEvents, position };
}

async function refuseUnknown(pool: Pool, portal: PortalAddress, subject: string): Promise<void> {
  const { rows } = await pool.query<{ known: boolean }>(
    `SELECT EXISTS (SELECT FROM log.event WHERE bucket = $1 AND portal_id = $2 AND stream_id = $3)
         OR EXISTS (SELECT FROM keys.subject_key WHERE bucket = $1 AND portal_id = $2 AND subject = $3) AS known`,
    [portal.bucket, portal.portalId, subject],
  );
  if (rows[0]?.known) return;
  throw new Rejection('ERASURE_SUBJECT_UNKNOWN', `Nothing is known of ${subject} in this portal.`, {
    details: { subject },
  });
}

/** Adds everything that is linked to the streams, directly or by way of others. */
async function follow(options: EraseSubjectOptions, streams: Set<string>, after: number): Promise<void> {
  let frontier: ReadonlySet<string> = new Set(streams);
  while (frontier.size > 0) {
    const found = await options.linkedTo(frontier, after);
    frontier = new Set(found.filter((stream) => !streams.has(stream)));
    for (const stream of frontier) streams.add(stream);
  }
}

/** Empties the sealed texts of the streams' events of which every part belongs to somebody erased. */
async function emptyTexts(
  pool: Pool,
  portal: PortalAddress,
  streams: readonly string[],
  erased: readonly string[],
): Promise<number> {
  return withTransaction(pool, async (client) => {
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query('SET LOCAL ROLE funnelwatch_erase');
    const { rowCount } = await client.query({
      text: `UPDATE log.event SET sealed = NULL
              WHERE bucket = $1 AND portal_id = $2 AND stream_id = ANY ($3::text[]) AND sealed IS NOT NULL
                AND NOT EXISTS (SELECT FROM json_object_keys(sealed) AS part WHERE part <> ALL ($4::text[]))`,
      values: [portal.bucket, portal.portalId, textArray(streams), textArray(erased)],
    });
    return rowCount ?? 0;
  });
}

/** Appends what readers have not been told yet; returns the position of the last telling. */
async function tell({ log, pool, portal, subject }: EraseSubjectOptions, records: string[]): Promise<number> {
  const streamId = erasureStreamOf(subject);
  const told = await log.readStream(portal, streamId);
  const toldRecords = new Set(told.flatMap(({ data }) => recordsErasedBy(data)));
  const news = records.filter((stream) => !toldRecords.has(stream));
  const occurredAt = (await erasedAt(pool, portal, subject)).toISOString();
  let position = told.at(-1)?.position ?? 0;
  for (const part of partsOf(news)) {
    const identity = createHash('sha256').update(part.join(' ')).digest('hex');
    const event: NewEvent = {
      eventId: eventIdOf(occurredAt, `${portal.portalId} ${SUBJECT_ERASED} ${subject} ${identity}`),
      streamId,
      type: SUBJECT_ERASED,
      schemaVersion: 1,
      occurredAt,
      actor: 'unknown',
      provenance: 'observed',
      data: { subject, records: part },
    };
    ({ position } = await log.append(portal, [{ streamId, expected: 'any', events: [event] }], { duplicates: 'skip' }));
  }
  return position;
}

function partsOf(streams: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let start = 0; start < streams.length; start += STREAMS_AT_ONCE) {
    parts.push(streams.slice(start, start + STREAMS_AT_ONCE));
  }
  return parts;
}
