import type { PortalAddress } from '@funnelwatch/event-log';
import { textArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { forgetMatches } from '../matches/match-lists.js';

/**
 * Removes the hashes of personal fields from the heads of objects, and of what they have in common with others, in the
 * transaction that puts them on the list of the erased. Waits for the writing of capture under way, and holds the next one until the caller commits: it asks the list.
 */
export async function forgetPersonalData(
  client: PoolClient,
  portal: PortalAddress,
  streams: readonly string[],
): Promise<void> {
  await client.query('SELECT FROM capture.lease WHERE portal_id = $1 FOR UPDATE', [portal.portalId]);
  await client.query(
    `UPDATE capture.entity_head SET personal_hashes = '{}', content_hash = ''
      WHERE portal_id = $1 AND (kind, id) IN (
              SELECT split_part(stream, ':', 1), substr(stream, strpos(stream, ':') + 1) FROM unnest($2::text[]) AS stream)
        AND personal_hashes::text <> '{}'`,
    [portal.portalId, textArray(streams)],
  );
  await forgetMatches(client, portal, streams);
}
