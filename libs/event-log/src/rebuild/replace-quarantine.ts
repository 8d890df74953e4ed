import type { PoolClient } from 'pg';

interface Part {
  projection: string;
  bucket: number;
  portalId: string;
  /** One stream of the portal; all of them unless told. */
  streamId?: string | undefined;
}

/**
 * Puts what was set aside under another name in place of what a projection has set aside of a part of the log, in the
 * caller's transaction, which holds the checkpoint. What waited before keeps the time since when it waits.
 */
export async function replaceQuarantine(client: PoolClient, part: Part, from: string): Promise<void> {
  const { projection, bucket, portalId, streamId = null } = part;
  const values = [projection, bucket, portalId, streamId, from];
  await client.query(
    `UPDATE log.quarantine fresh SET first_failed_at = known.first_failed_at, attempts = known.attempts + fresh.attempts
       FROM log.quarantine known
      WHERE fresh.projection = $5 AND fresh.bucket = $2 AND known.projection = $1 AND known.bucket = $2
        AND known."position" = fresh."position" AND known.portal_id = $3
        AND ($4::text IS NULL OR known.stream_id = $4)`,
    values,
  );
  await client.query(
    `DELETE FROM log.quarantine
      WHERE projection = $1 AND bucket = $2 AND portal_id = $3 AND ($4::text IS NULL OR stream_id = $4)`,
    values.slice(0, 4),
  );
  await client.query('UPDATE log.quarantine SET projection = $1 WHERE projection = $2 AND bucket = $3', [
    projection,
    from,
    bucket,
  ]);
}
