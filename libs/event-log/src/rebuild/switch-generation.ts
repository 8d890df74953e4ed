import { isTransient, withTransaction } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { EventCatalogue } from '../catalogue/event-catalogue.js';
import { compareBeside } from './compare-beside.js';
import { differenceBetween } from './compare-schemas.js';
import { type Generation, readGenerations, slotOf } from './generations.js';
import { holdAndLevel } from './level-generations.js';
import { Postponed } from './postponed.js';
import type { ReadModel } from './read-model.js';

export interface SwitchOptions {
  pool: Pool;
  model: ReadModel;
  catalogue?: EventCatalogue;
  /** The generation that is to serve: one that is built, or a retired one to go back to. */
  generation: number;
  /** Longest time the read model may stand still; 10 s unless told. */
  mostPauseMs?: number;
  /**
   * The rows are compared a second time while everything stands still when the first comparison took no longer than
   * this; a quarter of the longest pause unless told.
   */
  mostHeldComparisonMs?: number;
  /** Puts the switch off before the next bucket is compared. */
  signal?: AbortSignal | undefined;
}

export type SwitchOutcome =
  | { outcome: 'switched'; pauseMs: number; from: number }
  /** Nothing was changed: try again later. */
  | { outcome: 'postponed'; reason: string }
  /** The new rows are not those that serve: the new generation is marked as failed and the old one goes on. */
  | { outcome: 'differs'; difference: string }
  | { outcome: 'not possible'; reason: string };

/** Serialises switches of all read models; the key means nothing else. */
const SWITCH_LOCK = 7_312_009_030;

/**
 * Lets another generation serve, in one transaction: holds the checkpoints of both (batches under way end, new ones
 * wait), folds into whichever is behind what it lacks, points the views at the new tables. Readers see the old generation
 * until the commit and the new one after it. Rows are compared before, bucket by bucket while everything goes on, and
 * once more while it stands still where that is short: what is equal stays equal, as both apply the same events. A
 * retired generation is not compared: who goes back to it does so because the rows differ.
 */
export async function switchGeneration(options: SwitchOptions): Promise<SwitchOutcome> {
  const { pool, model, mostPauseMs = 10_000, mostHeldComparisonMs = mostPauseMs / 4 } = options;
  try {
    const { from: before, to: next } = await generationsOf(pool, options);
    const compared = before && next?.state === 'building' ? await compareBeside(options, before, next) : null;
    if (compared?.difference) {
      await markFailed(pool, options, compared.difference);
      return { outcome: 'differs', difference: compared.difference };
    }
    return await withTransaction(pool, async (client) => {
      await client.query(`SET LOCAL lock_timeout = ${Math.floor(mostPauseMs / 2)}`);
      await client.query(`SET LOCAL statement_timeout = ${mostPauseMs}`);
      const lock = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS mine', [SWITCH_LOCK]);
      if (!lock.rows[0]?.mine) throw new Postponed('another switch is under way');
      const { from, to } = await generationsOf(client, options);
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
      if (to.state === 'building' && (compared === null || before?.generation !== from.generation)) {
        throw new Postponed('another generation serves since the rows were compared');
      }
      const isShort = compared !== null && compared.tookMs <= mostHeldComparisonMs;
      const difference = isShort ? await differenceBetween(client, from.schema, to.schema) : null;
      assertInTime();
      if (difference !== null) {
        await markFailed(client, options, difference);
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

async function generationsOf(
  source: Pool | PoolClient,
  { model, generation }: SwitchOptions,
): Promise<{ from: Generation | undefined; to: Generation | undefined }> {
  const generations = await readGenerations(source, model.name);
  return {
    from: generations.find(({ state }) => state === 'serving'),
    to: generations.find((known) => known.generation === generation),
  };
}

async function markFailed(
  source: Pool | PoolClient,
  { model, generation }: SwitchOptions,
  difference: string,
): Promise<void> {
  await source.query(
    `UPDATE log.projection_version SET state = 'failed', failure = $3
      WHERE projection = $1 AND generation = $2 AND state = 'building'`,
    [model.name, generation, difference],
  );
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
    // A worker that was slow to notice the last switch may have left a checkpoint of nothing there.
    `INSERT INTO log.checkpoint (projection, bucket, "position")
     SELECT $2, bucket, "position" FROM log.checkpoint WHERE projection = $1
     ON CONFLICT (projection, bucket) DO UPDATE
        SET "position" = excluded."position", status = 'running', stopped_at = NULL, error_code = NULL`,
    [projection, oldSlot],
  );
  // One after the other: an event may be in both, and one statement would meet its own rows in any order.
  for (const [name, of] of [
    [oldSlot, projection],
    [projection, newSlot],
  ]) {
    await client.query('UPDATE log.quarantine SET projection = $1 WHERE projection = $2', [name, of]);
  }
  await client.query('SELECT log.repoint_views($1, $2)', [from.schema, to.schema]);
}
