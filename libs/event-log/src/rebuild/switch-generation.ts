import type { StoredEvent } from '@funnelwatch/kernel';
import { isTransient, withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import { blockedStreams, setAside } from '../quarantine/quarantine-rows.js';
import { sortEvents } from '../quarantine/sort-events.js';
import { EVENT_COLUMNS, readEvents } from '../read/read-events.js';
import { differenceBetween } from './compare-schemas.js';
import { type Generation, readGenerations, slotOf } from './generations.js';
import type { ReadModel } from './read-model.js';

export interface SwitchOptions {
  pool: Pool;
  model: ReadModel;
  catalogue?: EventCatalogue;
  /** The generation that is to serve: one that is built, or a retired one to go back to. */
  generation: number;
  /** Longest time the read model may stand still; 10 s unless told. */
  mostPauseMs?: number;
}

export type SwitchOutcome =
  | { outcome: 'switched'; pauseMs: number; from: number }
  /** Nothing was changed: try again later. */
  | { outcome: 'postponed'; reason: string }
  /** The new rows are not those that serve: the new generation is marked as failed and the old one goes on. */
  | { outcome: 'differs'; difference: string }
  | { outcome: 'not possible'; reason: string };

const CATCH_UP_BATCH = 1_000;
/** Serialises switches of all read models; the key means nothing else. */
const SWITCH_LOCK = 7_312_009_030;

class Postponed extends Error {
  override readonly name = 'Postponed';
}

/**
 * Lets another generation serve, in one transaction: holds the checkpoints of both (batches under way end, new ones
 * wait), folds into whichever is behind what it lacks, compares their rows, points the views at the new tables. Readers
 * see the old generation until the commit and the new one after it. A retired generation is not compared: who goes back
 * to it does so because the rows differ.
 */
export async function switchGeneration(options: SwitchOptions): Promise<SwitchOutcome> {
  const { pool, model, mostPauseMs = 10_000 } = options;
  try {
    return await withTransaction(pool, async (client) => {
      await client.query(`SET LOCAL lock_timeout = ${Math.floor(mostPauseMs / 2)}`);
      await client.query(`SET LOCAL statement_timeout = ${mostPauseMs}`);
      const lock = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [SWITCH_LOCK]);
      if (!lock.rows[0]?.mine) throw new Postponed('another switch is under way');
      const generations = await readGenerations(client, model.name);
      const from = generations.find(({ state }) => state === 'serving');
      const to = generations.find(({ generation }) => generation === options.generation);
      if (!from || !to || (to.state !== 'building' && to.state !== 'retired')) {
        return {
          outcome: 'not possible',
          reason: to ? `generation ${to.generation} is ${to.state}` : 'no such generation',
        };
      }
      const startedMs = performance.now();
      const assertInTime = (): void => {
        if (performance.now() - startedMs > mostPauseMs) throw new Postponed(`it took more than ${mostPauseMs} ms`);
      };
      await holdAndLevel(client, options, { from, to, assertInTime });
      const difference = to.state === 'building' ? await differenceBetween(client, from.schema, to.schema) : null;
      assertInTime();
      if (difference !== null) {
        await client.query(
          `UPDATE log.projection_version SET state = 'failed', failure = $3 WHERE projection = $1 AND generation = $2`,
          [model.name, to.generation, difference],
        );
        return { outcome: 'differs', difference };
      }
      await exchange(client, from, to);
      assertInTime();
      return { outcome: 'switched', from: from.generation, pauseMs: performance.now() - startedMs };
    });
  } catch (error) {
    const isLate = error instanceof Postponed || isTransient(error);
    if (!isLate) throw error;
    const reason = error instanceof Postponed ? error.message : 'its tables or checkpoints were busy for too long';
    await pool.query(`UPDATE log.projection_version SET postponed = $3 WHERE projection = $1 AND generation = $2`, [
      model.name,
      options.generation,
      reason,
    ]);
    return { outcome: 'postponed', reason };
  }
}

interface Slot {
  generation: Generation;
  slot: string;
  positions: Map<number, number>;
}

/** Locks the checkpoints of both generations and brings both to the same positions. */
async function holdAndLevel(
  client: PoolClient,
  options: SwitchOptions,
  { from, to, assertInTime }: { from: Generation; to: Generation; assertInTime: () => void },
): Promise<void> {
  const [serving, other] = [await hold(client, from), await hold(client, to)];
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

async function hold(client: PoolClient, generation: Generation): Promise<Slot> {
  const slot = slotOf(generation);
  const { rows } = await client.query<{ bucket: number; position: number }>(
    'SELECT bucket, "position" FROM log.checkpoint WHERE projection = $1 ORDER BY bucket FOR UPDATE',
    [slot],
  );
  return { generation, slot, positions: new Map(rows.map(({ bucket, position }) => [bucket, position])) };
}

async function catchUp(
  client: PoolClient,
  { model, catalogue }: SwitchOptions,
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
  const sorted = sortEvents(events, { catalogue, blocked: await blockedStreams(client, key) });
  if (sorted.applicable.length > 0) {
    await model.apply(client, { schema: generation.schema, bucket, events: sorted.applicable });
  }
  if (sorted.setAside.length > 0) await setAside(client, key, sorted.setAside);
  await client.query(
    `INSERT INTO log.checkpoint AS known (projection, bucket, "position") VALUES ($1, $2, $3)
     ON CONFLICT (projection, bucket) DO UPDATE SET "position" = excluded."position"`,
    [slot, bucket, last.position],
  );
  return last.position;
}

/** Both are at the same positions: states, slots and views change hands. */
async function exchange(client: PoolClient, from: Generation, to: Generation): Promise<void> {
  const { projection } = from;
  const [newSlot, oldSlot] = [slotOf(to), slotOf({ ...from, state: 'retired' })];
  await client.query(`UPDATE log.projection_version SET state = 'retired' WHERE projection = $1 AND generation = $2`, [
    projection,
    from.generation,
  ]);
  await client.query(
    `UPDATE log.projection_version SET state = 'serving', switched_at = clock_timestamp(), postponed = NULL
      WHERE projection = $1 AND generation = $2`,
    [projection, to.generation],
  );
  // The serving slot keeps its checkpoints: they are those of the new generation too. Its workers resolve the schema
  // anew in their next transaction.
  await client.query('DELETE FROM log.checkpoint WHERE projection = $1', [newSlot]);
  await client.query(
    `INSERT INTO log.checkpoint (projection, bucket, "position")
     SELECT $2, bucket, "position" FROM log.checkpoint WHERE projection = $1`,
    [projection, oldSlot],
  );
  await client.query(
    `UPDATE log.quarantine SET projection = CASE projection WHEN $1 THEN $2 ELSE $1 END WHERE projection IN ($1, $3)`,
    [projection, oldSlot, newSlot],
  );
  await client.query('SELECT log.repoint_views($1, $2)', [from.schema, to.schema]);
}
