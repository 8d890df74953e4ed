import { Rejection } from '@funnelwatch/kernel';
import type { PortalAddress } from '@funnelwatch/event-log';
import type { Pool, PoolClient } from 'pg';

/** Another ingest took the portal over while this one was paused; nothing of this one may be written any more. */
export class LeaseLost extends Rejection {
  constructor(portalId: string) {
    super('CAPTURE_LEASE_LOST', 'Another ingest has taken over the capture of this portal.', { details: { portalId } });
  }
}

/** The right to capture one portal. Every taking increments the epoch, which fences the holder before. */
export interface CaptureLease {
  portal: PortalAddress;
  holder: string;
  epoch: number;
}

/** Takes a free or expired lease, or renews one's own under a new epoch. Null while another holder keeps it. */
export async function acquireLease(
  pool: Pool,
  portal: PortalAddress,
  holder: string,
  ttlMs: number,
): Promise<CaptureLease | null> {
  const { rows } = await pool.query<{ epoch: number }>(
    `INSERT INTO capture.lease AS lease (portal_id, bucket, holder, epoch, expires_at)
     VALUES ($1, $2, $3, 1, clock_timestamp() + $4 * interval '1 millisecond')
     ON CONFLICT (portal_id) DO UPDATE
        SET holder = excluded.holder, epoch = lease.epoch + 1, expires_at = excluded.expires_at
      WHERE lease.expires_at < clock_timestamp() OR lease.holder = excluded.holder
  RETURNING epoch`,
    [portal.portalId, portal.bucket, holder, ttlMs],
  );
  return rows[0] ? { portal, holder, epoch: rows[0].epoch } : null;
}

/** Throws `LeaseLost` when the lease went to another holder. */
export async function renewLease(pool: Pool, lease: CaptureLease, ttlMs: number): Promise<void> {
  const { rowCount } = await pool.query(
    `UPDATE capture.lease SET expires_at = clock_timestamp() + $3 * interval '1 millisecond'
      WHERE portal_id = $1 AND epoch = $2`,
    [lease.portal.portalId, lease.epoch, ttlMs],
  );
  if (!rowCount) throw new LeaseLost(lease.portal.portalId);
}

/** Lets another ingest start at once instead of waiting for the expiry. */
export async function releaseLease(pool: Pool, lease: CaptureLease): Promise<void> {
  await pool.query(`UPDATE capture.lease SET expires_at = '-infinity' WHERE portal_id = $1 AND epoch = $2`, [
    lease.portal.portalId,
    lease.epoch,
  ]);
}

/** First step of every writing transaction: holds the lease row until the end, or throws `LeaseLost`. */
export async function fence(tx: PoolClient, lease: CaptureLease): Promise<void> {
  const { rowCount } = await tx.query({
    name: 'capture.fence',
    text: 'SELECT 1 FROM capture.lease WHERE portal_id = $1 AND epoch = $2 FOR UPDATE',
    values: [lease.portal.portalId, lease.epoch],
  });
  if (!rowCount) throw new LeaseLost(lease.portal.portalId);
}
