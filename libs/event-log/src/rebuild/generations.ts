import type { Pool, PoolClient } from 'pg';

export type GenerationState = 'building' | 'serving' | 'retired' | 'failed' | 'dropped';

/** One set of tables of a read model. */
export interface Generation {
  projection: string;
  generation: number;
  schema: string;
  definitionVersion: string;
  state: GenerationState;
  /** Most events a second while it is built; null: as fast as it goes. */
  eventsPerSecond: number | null;
}

/** Generations of a read model that have tables, oldest first. */
export async function readGenerations(source: Pool | PoolClient, projection: string): Promise<Generation[]> {
  const { rows } = await source.query<Generation>({
    name: 'generations.read',
    text: `SELECT projection, generation, schema_name AS schema, definition_version AS "definitionVersion", state,
                  events_per_second AS "eventsPerSecond"
             FROM log.projection_version WHERE projection = $1 AND state <> 'dropped' ORDER BY generation`,
    values: [projection],
  });
  return rows;
}

/**
 * Name under which a generation's checkpoints, leases and quarantine stand. What serves has the read model's own name,
 * whichever generation it is: readers and operations need not know.
 */
export function slotOf({
  projection,
  generation,
  state,
}: Pick<Generation, 'projection' | 'generation' | 'state'>): string {
  return state === 'serving' ? projection : `${projection}@${generation}`;
}

/** Schema of the generation that stands in a slot now, null when none does. */
export async function schemaInSlot(client: PoolClient, projection: string, slot: string): Promise<string | null> {
  const { rows } = await client.query<{ schema: string }>({
    name: 'generations.schema_in_slot',
    text: `SELECT schema_name AS schema FROM log.projection_version
            WHERE projection = $1 AND state IN ('serving', 'building', 'retired')
              AND CASE state WHEN 'serving' THEN projection ELSE projection || '@' || generation END = $2`,
    values: [projection, slot],
  });
  return rows[0]?.schema ?? null;
}

/** Notes a first generation that exists already; for the migration of its read model. */
export const registerFirstGeneration = (projection: string, schema: string, definitionVersion: string): string => `
  INSERT INTO log.projection_version (projection, generation, schema_name, definition_version, state)
  VALUES ('${projection}', 1, '${schema}', '${definitionVersion}', 'serving')`;
