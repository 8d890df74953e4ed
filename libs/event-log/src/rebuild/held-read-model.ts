import { Rejection } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';
import { type Generation, readGenerations } from './generations.js';
import type { ReadModel } from './read-model.js';

const LONGEST_WAIT_MS = 30_000;

/**
 * Holds what serves still in one bucket for the caller's transaction: a batch under way ends, later ones wait. Returns
 * the position up to which it is committed.
 */
export async function holdServing(client: PoolClient, projection: string, bucket: number): Promise<number> {
  await client.query(`SET LOCAL lock_timeout = ${LONGEST_WAIT_MS}; SET LOCAL statement_timeout = 0`);
  await client.query('INSERT INTO log.checkpoint (projection, bucket) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
    projection,
    bucket,
  ]);
  const { rows } = await client.query<{ position: number }>(
    'SELECT "position" FROM log.checkpoint WHERE projection = $1 AND bucket = $2 FOR UPDATE',
    [projection, bucket],
  );
  return rows[0]?.position ?? 0;
}

/**
 * The generation that serves, when this program's rules are those it was made by. Throws `Rejection` READ_MODEL_UNKNOWN
 * or READ_MODEL_OF_OTHER_VERSION.
 */
export async function servingOf(source: Pool | PoolClient, model: ReadModel): Promise<Generation> {
  const serving = (await readGenerations(source, model.name)).find(({ state }) => state === 'serving');
  if (!serving) throw new Rejection('READ_MODEL_UNKNOWN', `There is no read model ${model.name}.`);
  if (serving.definitionVersion !== model.definitionVersion) {
    throw new Rejection(
      'READ_MODEL_OF_OTHER_VERSION',
      `${model.name} serves rows of version ${serving.definitionVersion}, this program makes ${model.definitionVersion}: rebuild it as a whole.`,
      { details: { serving: serving.definitionVersion, program: model.definitionVersion } },
    );
  }
  return serving;
}
