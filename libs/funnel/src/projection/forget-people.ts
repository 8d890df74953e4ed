import type { PortalAddress } from '@funnelwatch/event-log';
import { textArray } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import { clearStatisticsOfNames, noStatisticsOfNames } from '../schema/no-statistics-of-names.js';

/** Schemas that hold rows of the funnel: its generations, those beside the one that serves included. */
async function schemasOf(source: Pool | PoolClient): Promise<string[]> {
  const { rows } = await source.query<{ schema: string }>(
    `SELECT schema_name AS schema FROM log.projection_version WHERE projection = 'funnel' AND state <> 'dropped'
      ORDER BY generation`,
  );
  return rows.map(({ schema }) => schema);
}

/**
 * Empties the names of employees and removes the titles of records in every generation, those which nobody keeps up to
 * date included. Whoever folds the event of the erasure arrives at the same rows.
 */
export async function forgetPeople(
  client: PoolClient,
  portal: PortalAddress,
  streams: readonly string[],
): Promise<void> {
  const values = [portal.bucket, portal.portalId, textArray(streams)];
  for (const schema of await schemasOf(client)) {
    await client.query(
      `UPDATE ${schema}.person SET name = NULL, second_name = NULL, last_name = NULL
        WHERE bucket = $1 AND portal_id = $2 AND 'user:' || user_id = ANY ($3::text[])
          AND (name, second_name, last_name) IS DISTINCT FROM (NULL, NULL, NULL)`,
      values,
    );
    await client.query(
      `DELETE FROM ${schema}.record_title
        WHERE bucket = $1 AND portal_id = $2 AND (kind, object_id) IN (
                SELECT split_part(stream, ':', 1), substr(stream, strpos(stream, ':') + 1) FROM unnest($3::text[]) AS stream)`,
      values,
    );
  }
}

/** Tables in which names of employees stand in clear; their old row versions are to be rewritten after an erasure. */
export async function tablesWithNames(pool: Pool): Promise<string[]> {
  return (await schemasOf(pool)).map((schema) => `${schema}.person`);
}

/** Takes away the samples of names that the server may have kept for its planner. */
export async function removeSamplesOfNames(pool: Pool): Promise<void> {
  // New in PostgreSQL 18; older servers keep what they sampled before the columns were excepted until they are analysed.
  const { rows } = await pool.query<{ can: boolean }>(
    `SELECT to_regproc('pg_catalog.pg_clear_attribute_stats') IS NOT NULL AS can`,
  );
  for (const schema of await schemasOf(pool)) {
    await pool.query(noStatisticsOfNames(schema));
    if (rows[0]?.can) await pool.query(clearStatisticsOfNames(schema));
  }
}
