import { Rejection } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { ReadModel } from './read-model.js';
import type { GenerationState } from './generations.js';

/** A generation as operations see it. */
export interface RebuildView {
  projection: string;
  generation: number;
  state: Exclude<GenerationState, 'dropped'>;
  definitionVersion: string;
  requestedAt: Date;
  switchedAt: Date | null;
  /** Why the last attempt to switch was put off. */
  postponed: string | null;
  /** How its rows differed from those that serve. */
  failure: string | null;
  done: number;
  total: number;
  eventsPerSecond: number | null;
  secondsLeft: number | null;
  mostEventsPerSecond: number | null;
}

/**
 * Makes the tables of a new generation, which running projectors fill and switch to. Returns its number.
 * Throws `Rejection` READ_MODEL_UNKNOWN or REBUILD_UNDER_WAY.
 */
export async function requestRebuild(
  pool: Pool,
  model: Pick<ReadModel, 'name' | 'definitionVersion'>,
  options: { mostEventsPerSecond?: number } = {},
): Promise<number> {
  try {
    const { rows } = await pool.query<{ generation: number }>(
      'SELECT log.create_generation($1, $2, $3) AS generation',
      [model.name, model.definitionVersion, options.mostEventsPerSecond ?? null],
    );
    return rows[0]?.generation ?? 0;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'P0002') {
      throw new Rejection('READ_MODEL_UNKNOWN', `There is no read model ${model.name}.`, { cause: error });
    }
    if (code === '23505') {
      throw new Rejection(
        'REBUILD_UNDER_WAY',
        `${model.name} is being rebuilt already: wait for it (funnelwatch rebuild ${model.name} --status), or give it up with --cancel.`,
        { cause: error },
      );
    }
    throw error;
  }
}

/**
 * Removes a generation that does not serve, with its tables; a build under way is given up by it.
 * Throws `Rejection` GENERATION_NOT_DROPPABLE.
 */
export async function dropGeneration(pool: Pool, projection: string, generation: number): Promise<void> {
  if (await dropped(pool, projection, generation)) return;
  throw new Rejection(
    'GENERATION_NOT_DROPPABLE',
    `Generation ${generation} of ${projection} serves, or is not there: nothing was dropped.`,
  );
}

/** Every generation that has tables, newest first; of one read model or of all. */
export async function listRebuilds(pool: Pool, projection?: string): Promise<RebuildView[]> {
  const { rows } = await pool.query<RebuildView>(
    `SELECT projection, generation, state, definition_version AS "definitionVersion", requested_at AS "requestedAt",
            switched_at AS "switchedAt", postponed, failure, done, total, events_per_second AS "eventsPerSecond",
            seconds_left AS "secondsLeft", most_events_per_second AS "mostEventsPerSecond"
       FROM read.ops_rebuild WHERE $1::text IS NULL OR projection = $1
      ORDER BY projection, generation DESC`,
    [projection ?? null],
  );
  return rows;
}

const mostDeadlocks = 5;

/**
 * A worker of the generation that is still about holds its checkpoint and wants the tables, while dropping holds the tables
 * and wants the checkpoint: one of both is given up by the database, and by then the worker is told to stop.
 */
async function dropped(pool: Pool, projection: string, generation: number): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { rows } = await pool.query<{ dropped: boolean }>('SELECT log.drop_generation($1, $2) AS dropped', [
        projection,
        generation,
      ]);
      return rows[0]?.dropped ?? false;
    } catch (error) {
      const isDeadlock = error instanceof Error && 'code' in error && error.code === '40P01';
      if (!isDeadlock || attempt === mostDeadlocks) throw error;
    }
  }
}
