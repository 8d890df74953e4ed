import type { PipelinesConfiguredData } from '@funnelwatch/capture-contracts';
import type { StoredEvent } from '@funnelwatch/kernel';
import { int4Array, int8Array, jsonArray, textArray, timestamptzArray, uuidArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { type Credit, creditsOf } from '../credits.js';
import { entriesBetween, type LedgerEntry } from '../entries.js';
import { recordAfter, trackedKinds, type TrackedRecord } from '../tracked-record.js';

interface Place {
  schema: string;
  bucket: number;
}

interface Tracked {
  record: TrackedRecord | null;
  credits: readonly Credit[];
}

interface Line extends LedgerEntry {
  portalId: string;
  streamId: string;
  eventId: string;
  position: number;
  line: number;
}

const isTracked = (streamId: string): boolean =>
  trackedKinds.some((kind) => streamId.startsWith(kind) && streamId.charAt(kind.length) === ':');

/**
 * Folds events into the ledger one by one, so that its lines do not depend on how events come in batches. What was folded
 * before is passed over.
 */
export async function foldPoints(client: PoolClient, place: Place, events: readonly StoredEvent[]): Promise<void> {
  const ofInterest = events.filter(
    ({ streamId, type, data }) => (data as unknown) !== null && (isTracked(streamId) || type === 'PipelinesConfigured'),
  );
  if (ofInterest.length === 0) return;
  const portals = [...new Set(ofInterest.map(({ portalId }) => portalId))].sort();
  const ranks = await loadRanks(client, place, portals);
  const known = await loadRecords(client, place, ofInterest);
  const lines: Line[] = [];
  const touched = new Set<string>();
  for (const event of ofInterest) {
    if (event.type === 'PipelinesConfigured') {
      ranks.configure(event);
      continue;
    }
    const key = `${event.portalId} ${event.streamId}`;
    const { record, credits } = known.get(key) ?? { record: null, credits: [] };
    const after = recordAfter(record, event);
    if (!after || after === record) continue;
    const now = creditsOf(after, ranks.of(event.portalId));
    entriesBetween(credits, now).forEach((entry, line) => {
      const { portalId, streamId, eventId, position } = event;
      lines.push({ ...entry, portalId, streamId, eventId, position, line });
    });
    known.set(key, { record: after, credits: now });
    touched.add(key);
  }
  await saveLines(client, place, lines);
  await saveRecords(client, place, [...touched].sort(), known);
  await ranks.save();
}

async function loadRecords(
  client: PoolClient,
  { schema, bucket }: Place,
  events: readonly StoredEvent[],
): Promise<Map<string, Tracked>> {
  const streams = new Map(
    events
      .filter(({ streamId }) => isTracked(streamId))
      .map(({ portalId, streamId }) => [`${portalId} ${streamId}`, { portalId, streamId }]),
  );
  const wanted = [...streams.values()];
  const { rows } = await client.query<{
    portal_id: string;
    stream_id: string;
    record: TrackedRecord;
    credits: Credit[];
  }>({
    name: `${schema}-tracked-records`,
    text: `SELECT known.portal_id, known.stream_id, known.record, known.credits
             FROM unnest($2::uuid[], $3::text[]) AS wanted (portal_id, stream_id)
             JOIN ${schema}.tracked_record AS known
               ON known.bucket = $1 AND known.portal_id = wanted.portal_id AND known.stream_id = wanted.stream_id`,
    values: [
      bucket,
      uuidArray(wanted.map(({ portalId }) => portalId)),
      textArray(wanted.map(({ streamId }) => streamId)),
    ],
  });
  return new Map(
    rows.map((row) => [`${row.portal_id} ${row.stream_id}`, { record: row.record, credits: row.credits }]),
  );
}

async function saveRecords(
  client: PoolClient,
  { schema, bucket }: Place,
  touched: readonly string[],
  known: ReadonlyMap<string, Tracked>,
): Promise<void> {
  if (touched.length === 0) return;
  const rows = touched.map((key) => ({ key, tracked: known.get(key) as Tracked & { record: TrackedRecord } }));
  await client.query({
    name: `${schema}-save-tracked-records`,
    text: `INSERT INTO ${schema}.tracked_record AS known (bucket, portal_id, stream_id, record, credits, last_position)
           SELECT $1, new.* FROM unnest($2::uuid[], $3::text[], $4::json[], $5::json[], $6::int8[]) AS new
           ON CONFLICT (bucket, portal_id, stream_id) DO UPDATE
              SET record = excluded.record, credits = excluded.credits, last_position = excluded.last_position`,
    values: [
      bucket,
      uuidArray(rows.map(({ key }) => key.slice(0, key.indexOf(' ')))),
      textArray(rows.map(({ key }) => key.slice(key.indexOf(' ') + 1))),
      jsonArray(rows.map(({ tracked }) => JSON.stringify(tracked.record))),
      jsonArray(rows.map(({ tracked }) => JSON.stringify(tracked.credits))),
      int8Array(rows.map(({ tracked }) => tracked.record.position)),
    ],
  });
}

async function saveLines(client: PoolClient, { schema, bucket }: Place, lines: readonly Line[]): Promise<void> {
  if (lines.length === 0) return;
  await client.query({
    name: `${schema}-save-ledger-entries`,
    text: `INSERT INTO ${schema}.ledger_entry
             (bucket, portal_id, position, line, event_id, stream_id, measure, done_at, doer, about, actions, kopecks, currency)
           SELECT $1, new.* FROM unnest($2::uuid[], $3::int8[], $4::int4[], $5::uuid[], $6::text[], $7::text[],
                                        $8::timestamptz[], $9::text[], $10::text[], $11::int4[], $12::int8[], $13::text[]) AS new
           ON CONFLICT DO NOTHING`,
    values: [
      bucket,
      uuidArray(lines.map(({ portalId }) => portalId)),
      int8Array(lines.map(({ position }) => position)),
      int4Array(lines.map(({ line }) => line)),
      uuidArray(lines.map(({ eventId }) => eventId)),
      textArray(lines.map(({ streamId }) => streamId)),
      textArray(lines.map(({ measure }) => measure)),
      timestamptzArray(lines.map(({ at }) => new Date(at))),
      textArray(lines.map(({ doer }) => doer)),
      textArray(lines.map(({ about }) => about)),
      int4Array(lines.map(({ actions }) => actions)),
      int8Array(lines.map(({ kopecks }) => (kopecks === null ? null : BigInt(kopecks)))),
      textArray(lines.map(({ currency }) => currency)),
    ],
  });
}

/** Places of stages of several portals, by the configuration known so far. */
interface PortalRanks {
  of(portalId: string): ReadonlyMap<string, number>;
  configure(event: StoredEvent): void;
  save(): Promise<void>;
}

async function loadRanks(
  client: PoolClient,
  { schema, bucket }: Place,
  portalIds: readonly string[],
): Promise<PortalRanks> {
  const { rows } = await client.query<{
    portal_id: string;
    kind: string;
    ranks: Record<string, number>;
    last_position: number;
  }>({
    name: `${schema}-stage-ranks`,
    text: `SELECT portal_id, kind, ranks, last_position FROM ${schema}.stage_rank WHERE bucket = $1 AND portal_id = ANY ($2::uuid[])`,
    values: [bucket, uuidArray([...portalIds])],
  });
  const known = new Map(
    rows.map((row) => [`${row.portal_id} ${row.kind}`, { ranks: row.ranks, position: row.last_position }]),
  );
  const changed = new Set<string>();
  const merged = new Map<string, ReadonlyMap<string, number>>();
  return {
    of(portalId) {
      let ranks = merged.get(portalId);
      if (!ranks) {
        const parts = [...known]
          .filter(([key]) => key.startsWith(portalId))
          .flatMap(([, part]) => Object.entries(part.ranks));
        merged.set(portalId, (ranks = new Map(parts)));
      }
      return ranks;
    },
    configure({ portalId, position, data }) {
      const { kind, pipelines } = data as unknown as PipelinesConfiguredData;
      const key = `${portalId} ${kind}`;
      if ((known.get(key)?.position ?? 0) >= position) return;
      const ranks = Object.fromEntries(
        pipelines.flatMap(({ pipelineId, stages }) =>
          stages
            .filter(({ semantics }) => semantics !== 'F')
            .map(({ stageId }, rank): [string, number] => [`${pipelineId} ${stageId}`, rank]),
        ),
      );
      known.set(key, { ranks, position });
      changed.add(key);
      merged.delete(portalId);
    },
    async save() {
      for (const key of [...changed].sort()) {
        const [portalId = '', kind = ''] = key.split(' ');
        const part = known.get(key);
        await client.query(
          `INSERT INTO ${schema}.stage_rank (bucket, portal_id, kind, ranks, last_position) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (bucket, portal_id, kind) DO UPDATE SET ranks = excluded.ranks, last_position = excluded.last_position`,
          [bucket, portalId, kind, JSON.stringify(part?.ranks), part?.position],
        );
      }
    },
  };
}
