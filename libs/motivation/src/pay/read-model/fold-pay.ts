import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import {
  evolvePayDispute,
  noDispute,
  type PayDisputeEvent,
  type PayDisputeState,
  payDisputeStream,
} from '../../domain/pay-dispute.js';
import type { SaleSharedEvent } from '../../domain/sale-share.js';
import { payPeriodsStream, type PayPeriodEvent, type PayslipEvent } from '../../domain/pay-period.js';

interface Place {
  schema: string;
  bucket: number;
}

/** Keeps closed months, payslips, objections, and how sales are shared. What was folded before is passed over. */
export async function foldPay(client: PoolClient, place: Place, events: readonly StoredEvent[]): Promise<void> {
  for (const event of events) {
    if ((event.data as unknown) === null) continue;
    if (event.type === 'PayPeriodClosed' && event.streamId === payPeriodsStream) await keepPeriod(client, place, event);
    else if (event.type === 'PayslipIssued') await keepPayslip(client, place, event);
    else if (event.type === 'SaleShared') await keepShare(client, place, event);
    else if (event.streamId.startsWith(payDisputeStream(''))) await keepDispute(client, place, event);
  }
}

async function keepPeriod(client: PoolClient, { schema, bucket }: Place, event: StoredEvent): Promise<void> {
  const { month, asAt, payslips, totalKopecks, by } = event.data as unknown as PayPeriodEvent['data'];
  await client.query(
    `INSERT INTO ${schema}.pay_period
            (bucket, portal_id, month, closed_at, closed_by, as_at, payslips, total_kopecks, last_position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [bucket, event.portalId, month, event.occurredAt, by, asAt, payslips, totalKopecks, event.position],
  );
}

async function keepPayslip(client: PoolClient, { schema, bucket }: Place, event: StoredEvent): Promise<void> {
  const { month, userId, text, hash } = event.data as unknown as PayslipEvent['data'];
  await client.query(
    `INSERT INTO ${schema}.payslip (bucket, portal_id, month, user_id, content, hash, last_position)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [bucket, event.portalId, month, userId, text, hash, event.position],
  );
}

async function keepShare(client: PoolClient, { schema, bucket }: Place, event: StoredEvent): Promise<void> {
  const { about, shares } = event.data as unknown as SaleSharedEvent['data'];
  await client.query(
    `INSERT INTO ${schema}.sale_share (bucket, portal_id, about, position, shares) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [bucket, event.portalId, about, event.position, JSON.stringify(shares)],
  );
}

async function keepDispute(client: PoolClient, { schema, bucket }: Place, event: StoredEvent): Promise<void> {
  const { type, data, portalId, position, occurredAt } = event;
  const { disputeId } = data as { disputeId: string };
  const { rows } = await client.query<{ state: PayDisputeState; last_position: number }>(
    `SELECT state, last_position FROM ${schema}.pay_dispute
      WHERE bucket = $1 AND portal_id = $2 AND dispute_id = $3`,
    [bucket, portalId, disputeId],
  );
  if ((rows[0]?.last_position ?? 0) >= position) return;
  const state = evolvePayDispute(rows[0]?.state ?? noDispute, { type, data } as unknown as PayDisputeEvent);
  if (state.status === 'absent') return;
  await client.query(
    `INSERT INTO ${schema}.pay_dispute (bucket, portal_id, dispute_id, month, user_id, disputed_at, state, last_position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (bucket, portal_id, dispute_id) DO UPDATE
        SET state = excluded.state, last_position = excluded.last_position`,
    [bucket, portalId, disputeId, state.month, state.userId, occurredAt, JSON.stringify(state), position],
  );
}
