import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import { blockedStreams, setAside } from '../quarantine/quarantine-rows.js';
import { EVENT_COLUMNS, readEvents } from '../read/read-events.js';
import { applyWhatCan } from './apply-what-can.js';
import { type Generation, slotOf } from './generations.js';
import type { ReadModel } from './read-model.js';

export interface LevelOptions {
  model: ReadModel;
  catalogue?: EventCatalogue | undefined;
}

const CATCH_UP_BATCH = 1_000;

interface Slot {
  generation: Generation;
  slot: string;
  positions: Map<number, number>;
}

/**
 * Locks the checkpoints of both generations and brings both to the same positions, in one bucket or in all.
 * `assertInTime` throws when that takes too long.
 */
export async function holdAndLevel(
  client: PoolClient,
  options: LevelOptions,
  { from, to, bucket, assertInTime }: { from: Generation; to: Generation; bucket?: number; assertInTime: () => void },
): Promise<void> {
  const [serving, other] = [await hold(client, from, bucket), await hold(client, to, bucket)];
  const buckets = new Set([...serving.positions.keys(), ...other.positions.keys()]);
  for (const bucket of [...buckets].sort((a, b) => a - b)) {
    const [left, right] = [serving.positions.get(bucket) ?? 0, other.positions.get(bucket) ?? 0];
    const behind = left < right ? serving : other;
    let position = Math.min(left, right);
    const target = Math.max(left, right);
    while (position < target) {
      assertInTime();
      position = await catchUp(client, options, behind, bucket, position, target);
    }
  }
}

async function hold(client: PoolClient, generation: Generation, bucket: number | null = null): Promise<Slot> {
  const slot = slotOf(generation);
  const { rows } = await client.query<{ bucket: number; position: number }>(
    `SELECT bucket, "position" FROM log.checkpoint
      WHERE projection = $1 AND ($2::int IS NULL OR bucket = $2) ORDER BY bucket FOR UPDATE`,
    [slot, bucket],
  );
  return { generation, slot, positions: new Map(rows.map(({ bucket, position }) => [bucket, position])) };
}

async function catchUp(
  client: PoolClient,
  { model, catalogue }: LevelOptions,
  { generation, slot }: Slot,
  bucket: number,
  after: number,
  through: number,
): Promise<number> {
  const events: StoredEvent[] = await readEvents(client, bucket, {
    name: 'log.read_range',
    text: `SELECT ${EVENT_COLUMNS} FROM log.event
            WHERE bucket = $1 AND "position" > $2 AND "position" <= $3 ORDER BY "position" LIMIT $4`,
    values: [bucket, after, through, CATCH_UP_BATCH],
  });
  const last = events.at(-1);
  if (last?.position !== after + events.length) throw new Error(`Bucket ${bucket} has a hole after ${after}`);
  const key = { projection: slot, group: slot, bucket, epoch: 0 };
  const target = { model, catalogue, schema: generation.schema, bucket };
  const aside = await applyWhatCan(client, target, events, await blockedStreams(client, key));
  if (aside.length > 0) await setAside(client, key, aside);
  await client.query(
    `INSERT INTO log.checkpoint AS known (projection, bucket, "position") VALUES ($1, $2, $3)
     ON CONFLICT (projection, bucket) DO UPDATE SET "position" = excluded."position"`,
    [slot, bucket, last.position],
  );
  return last.position;
}
