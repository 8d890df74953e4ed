import { textArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { PortalAddress } from '../port.js';

/**
 * Empties facts of what records have in common (`…MatchesFound`) where one of them is on one of these streams or named by
 * it: the value that an erased person shared could be read in the other record. Part of the caller's transaction, of which
 * the rest runs as the caller. Returns how many were emptied.
 */
export async function emptyMatches(
  client: PoolClient,
  portal: PortalAddress,
  streams: readonly string[],
): Promise<number> {
  await client.query('SET LOCAL ROLE funnelwatch_erase');
  const { rowCount } = await client.query({
    text: `UPDATE log.event SET body = jsonb_set(body::jsonb, '{data}', 'null')::json
            WHERE bucket = $1 AND portal_id = $2 AND body::text LIKE '%MatchesFound"%'
              AND body->>'type' LIKE '%MatchesFound' AND body->>'data' IS NOT NULL
              AND (stream_id = ANY ($3::text[])
                   OR EXISTS (SELECT FROM json_array_elements(body->'data'->'matches') AS match
                               WHERE match->>'stream' = ANY ($3::text[])))`,
    values: [portal.bucket, portal.portalId, textArray(streams)],
  });
  await client.query('RESET ROLE');
  return rowCount ?? 0;
}
