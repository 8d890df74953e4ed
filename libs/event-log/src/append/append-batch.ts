import { boolArray, byteaArray, int4Array, int8Array, jsonArray, textArray, uuidArray } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { AppendedEvent } from '../port.js';
import {
  type AppendOutcome,
  type AppendRequest,
  expectedCode,
  idReused,
  partialReplay,
  versionConflict,
} from './append-request.js';

/**
 * Appends the requests in one transaction (the caller's when `source` is a client inside one), each with its own
 * outcome. No event id may occur in two of them.
 */
export async function appendBatch(
  source: Pool | PoolClient,
  requests: readonly AppendRequest[],
): Promise<AppendOutcome[]> {
  const [only] = requests;
  if (!only || requests.length > 1) return appendMany(source, requests);
  return [
    only.eventCount === 1 && only.groups.length === 1 ? await appendOne(source, only) : await appendAlone(source, only),
  ];
}

interface OneRow {
  outcome: number;
  position: number;
  version: number;
  is_replay: boolean;
  head: number;
}

const APPEND_ONE = {
  name: 'log.append_one',
  text: 'SELECT * FROM log.append_one($1, $2, $3, $4, $5, $6, $7, $8, $9)',
};

async function appendOne(source: Pool | PoolClient, request: AppendRequest): Promise<AppendOutcome> {
  const [group] = request.groups;
  const [event] = group?.events ?? [];
  if (!group || !event) throw new TypeError('A request for one event has none');
  const { rows } = await source.query<OneRow>({
    ...APPEND_ONE,
    values: [
      request.bucket,
      request.portalId,
      group.streamId,
      expectedCode(group.expected),
      request.skip,
      event.eventId,
      event.body,
      event.sealed,
      event.digest,
    ],
  });
  const [row] = rows;
  if (!row) throw new Error('log.append_one returned no row');
  if (row.outcome === 1) return { rejection: versionConflict(group.streamId, group.expected, row.version) };
  if (row.outcome === 3) return { rejection: idReused(group.streamId) };
  const { position, version, is_replay: isReplay, head } = row;
  return { head, events: [{ eventId: event.eventId, streamId: group.streamId, position, version, isReplay }] };
}

interface AloneRow {
  is_new: boolean;
  outcome: number;
  failed_stream: number | null;
  failed_actual: number | null;
  positions: number[] | null;
  versions: number[] | null;
  replays: boolean[] | null;
  head: number;
}

const APPEND_ALONE = {
  name: 'log.append_alone',
  text: `SELECT * FROM log.append_alone(${placeholders(14)})`,
};

async function appendAlone(source: Pool | PoolClient, request: AppendRequest): Promise<AppendOutcome> {
  const { streams, group, event, hasRepeats } = planOf([request]);
  const { rows } = await source.query<AloneRow>({
    ...APPEND_ALONE,
    values: [
      request.bucket,
      request.portalId,
      request.skip,
      textArray(streams.id),
      int4Array(group.stream),
      int8Array(group.expected),
      int4Array(group.events),
      uuidArray(event.id),
      int4Array(event.stream),
      int4Array(event.first),
      hasRepeats,
      jsonArray(event.body),
      jsonArray(event.sealed),
      byteaArray(event.digest),
    ],
  });
  const [row] = rows;
  if (!row) throw new Error('log.append_alone returned no row');
  const refused = refusalOf(request, row.outcome, streams.id[(row.failed_stream ?? 0) - 1] ?? '', row.failed_actual);
  if (refused) return refused;
  const before = row.head - event.id.length;
  const events = event.id.map((eventId, index) => ({
    eventId,
    streamId: streams.id[(event.stream[index] ?? 0) - 1] ?? '',
    position: row.is_new ? before + index + 1 : (row.positions?.[index] ?? 0),
    version: row.versions?.[index] ?? 0,
    isReplay: row.replays?.[index] ?? false,
  }));
  return { events, head: row.head };
}

interface ManyRow {
  outcomes: number[];
  failed_stream: (number | null)[];
  failed_actual: (number | null)[];
  positions: number[];
  versions: number[];
  replays: boolean[];
  heads: number[];
}

const APPEND_MANY = {
  name: 'log.append_many',
  text: `SELECT * FROM log.append_many(${placeholders(17)})`,
};

async function appendMany(source: Pool | PoolClient, requests: readonly AppendRequest[]): Promise<AppendOutcome[]> {
  const plan = planOf(requests);
  const { buckets, streams, request, group, event, hasRepeats } = plan;
  const { rows } = await source.query<ManyRow>({
    ...APPEND_MANY,
    values: [
      int4Array(buckets),
      int4Array(streams.bucket),
      uuidArray(streams.portal),
      textArray(streams.id),
      int4Array(request.bucket),
      boolArray(request.skip),
      int4Array(request.groups),
      int4Array(group.stream),
      int8Array(group.expected),
      int4Array(group.events),
      uuidArray(event.id),
      int4Array(event.stream),
      int4Array(event.first),
      hasRepeats,
      jsonArray(event.body),
      jsonArray(event.sealed),
      byteaArray(event.digest),
    ],
  });
  const [row] = rows;
  if (!row) throw new Error('log.append_many returned no row');
  return outcomesOf(requests, plan, row);
}

type Plan = ReturnType<typeof planOf>;

/** Lays the requests out as the parallel arrays that `log.append_many` and `log.append_alone` take. */
function planOf(requests: readonly AppendRequest[]) {
  const buckets = [...new Set(requests.map((request) => request.bucket))].sort((left, right) => left - right);
  const bucketIndex = new Map(buckets.map((bucket, index) => [bucket, index + 1]));
  const streamIndex = new Map<string, number>();
  const streams = { bucket: [] as number[], portal: [] as string[], id: [] as string[] };
  const request = { bucket: [] as number[], skip: [] as boolean[], groups: [] as number[] };
  const group = { stream: [] as number[], expected: [] as number[], events: [] as number[] };
  const event = {
    id: [] as string[],
    stream: [] as number[],
    first: [] as number[],
    body: [] as string[],
    sealed: [] as (string | null)[],
    digest: [] as Buffer[],
  };
  for (const one of requests) {
    const bucket = bucketIndex.get(one.bucket) ?? 0;
    const firstOfId = one.skip && one.eventIds.size < one.eventCount ? new Map<string, number>() : null;
    request.bucket.push(bucket);
    request.skip.push(one.skip);
    request.groups.push(one.groups.length);
    for (const { streamId, expected, events } of one.groups) {
      const key = `${one.bucket}/${one.portalId}/${streamId}`;
      let stream = streamIndex.get(key);
      if (stream === undefined) {
        streams.bucket.push(bucket);
        streams.portal.push(one.portalId);
        stream = streams.id.push(streamId);
        streamIndex.set(key, stream);
      }
      group.stream.push(stream);
      group.expected.push(expectedCode(expected));
      group.events.push(events.length);
      for (const { eventId, body, sealed, digest } of events) {
        const index = event.id.push(eventId);
        event.stream.push(stream);
        event.first.push(firstOfId ? firstIndex(firstOfId, eventId.toLowerCase(), index) : index);
        event.body.push(body);
        event.sealed.push(sealed);
        event.digest.push(digest);
      }
    }
  }
  const hasRepeats = event.first.some((first, index) => first !== index + 1);
  return { buckets, bucketIndex, streams, request, group, event, hasRepeats };
}

function firstIndex(firstOfId: Map<string, number>, eventId: string, index: number): number {
  const first = firstOfId.get(eventId);
  if (first === undefined) firstOfId.set(eventId, index);
  return first ?? index;
}

function outcomesOf(requests: readonly AppendRequest[], plan: Plan, row: ManyRow): AppendOutcome[] {
  let index = 0;
  return requests.map((request, number) => {
    const events: AppendedEvent[] = [];
    for (const { streamId, events: encoded } of request.groups) {
      for (const { eventId } of encoded) {
        events.push({
          eventId,
          streamId,
          position: row.positions[index] ?? 0,
          version: row.versions[index] ?? 0,
          isReplay: row.replays[index] ?? false,
        });
        index += 1;
      }
    }
    const streamId = plan.streams.id[(row.failed_stream[number] ?? 0) - 1] ?? '';
    const refused = refusalOf(request, row.outcomes[number], streamId, row.failed_actual[number] ?? null);
    if (refused) return refused;
    return { events, head: row.heads[(plan.bucketIndex.get(request.bucket) ?? 0) - 1] ?? 0 };
  });
}

function refusalOf(
  request: AppendRequest,
  outcome: number | undefined,
  streamId: string,
  actual: number | null,
): AppendOutcome | null {
  if (outcome === 1) return { rejection: versionConflict(streamId, expectationOf(request, streamId), actual ?? 0) };
  if (outcome === 2) return { rejection: partialReplay(streamId, actual ?? 0) };
  if (outcome === 3) return { rejection: idReused(streamId) };
  return null;
}

const expectationOf = (request: AppendRequest, streamId: string) =>
  request.groups.find((group) => group.streamId === streamId)?.expected ?? 'any';

function placeholders(count: number): string {
  return Array.from({ length: count }, (_, index) => `$${index + 1}`).join(', ');
}
