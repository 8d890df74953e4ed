import type { PortalAddress } from '@funnelwatch/event-log';
import { int4Array, textArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { CaptureTransaction } from '../write/capture-writer.js';

/** A list as it was told to the log last. */
export interface ToldList {
  stream: string;
  /** Counts the lists of the record. */
  version: number;
  digest: string;
}

/** Keeps what was told, for the next comparison. */
export async function saveLists(unit: CaptureTransaction, lists: readonly ToldList[]): Promise<void> {
  if (lists.length === 0) return;
  const ordered = [...lists].sort((a, b) => (a.stream < b.stream ? -1 : 1));
  await unit.tx.query({
    name: 'capture.save_match_lists',
    text: `INSERT INTO capture.match_list (bucket, portal_id, stream_id, version, digest)
           SELECT $1, $2, told.* FROM unnest($3::text[], $4::int4[], $5::text[]) AS told
           ON CONFLICT (portal_id, stream_id) DO UPDATE SET version = excluded.version, digest = excluded.digest`,
    values: [
      unit.portal.bucket,
      unit.portal.portalId,
      textArray(ordered.map(({ stream }) => stream)),
      int4Array(ordered.map(({ version }) => version)),
      textArray(ordered.map(({ digest }) => digest)),
    ],
  });
}

/**
 * Removes all hashes of these records. Capture is told which lists may be other ones now: it alone writes facts. The
 * caller holds the lease of capture.
 */
export async function forgetMatches(
  client: PoolClient,
  portal: PortalAddress,
  streams: readonly string[],
): Promise<void> {
  await client.query(
    `WITH gone AS (
       DELETE FROM capture.match_key WHERE portal_id = $1 AND stream_id = ANY ($2::text[]) RETURNING hash
     )
     UPDATE capture.match_list AS list SET is_doubtful = true
      WHERE portal_id = $1
        AND (stream_id = ANY ($2::text[])
             OR stream_id IN (SELECT other.stream_id FROM gone JOIN capture.match_key AS other
                                  ON other.portal_id = $1 AND other.hash = gone.hash))`,
    [portal.portalId, textArray(streams)],
  );
}
