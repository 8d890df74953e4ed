import type { StoredEvent } from '@funnelwatch/kernel';
import type { PoolClient } from 'pg';
import { evolvePayDispute, noDispute, type PayDisputeEvent, type PayDisputeState } from '../../domain/pay-dispute.js';
import type { SaleSharedEvent } from '../../domain/sale-share.js';
import type { PayPeriodEvent, PayslipEvent } from '../../domain/pay-period.js';

interface Place {
  schema: string;
  bucket: number;
}

type PayEvent = PayPeriodEvent | PayslipEvent | SaleSharedEvent | PayDisputeEvent;

/** Keeps closed months, payslips, objections, and how sales are shared. What was folded before is passed over. */
export async function foldPay(client: PoolClient, place: Place, events: readonly StoredEvent[]): Promise<void> {
  for (const event of events) {
    if ((event.data as unknown) === null) continue;
    // The catalogue has checked the shape of what stands under the type.
    const told = { type: event.type, data: event.data } as unknown as PayEvent;
    switch (told.type) {
      case 'PayPeriodClosed':
        await keepPeriod(client, place, event, told.data);
        break;
      case 'PayslipIssued':
        await keepPayslip(client, place, event, told.data);
        break;
      case 'SaleShared':
        await keepShare(client, place, event, told.data);
        break;
      case 'PayDisputed':
      case 'PayDisputeDecided':
      case 'PayDisputeWithdrawn':
        await keepDispute(client, place, event, told);
        break;
      // Every other event of the log comes by, too.
      default:
    }
  }
}

async function keepPeriod(
  client: PoolClient,
  { schema, bucket }: Place,
  { portalId, occurredAt, position }: StoredEvent,
  { month, asAt, payslips, totalKopecks, by }: PayPeriodEvent['data'],
): Promise<void> {
  await client.query(
    `INSERT INTO ${schema}.pay_period
            (bucket, portal_id, month, closed_at, closed_by, as_at, payslips, total_kopecks, last_position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
    [bucket, portalId, month, occurredAt, by, asAt, payslips, totalKopecks, position],
  );
}

async function keepPayslip(
  client: PoolClient,
  { schema, bucket }: Place,
  { portalId, position }: StoredEvent,
  { month, userId, text, hash }: PayslipEvent['data'],
): Promise<void> {
  await client.query(
    `INSERT INTO ${schema}.payslip (bucket, portal_id, month, user_id, content, hash, last_position)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [bucket, portalId, month, userId, text, hash, position],
  );
}

async function keepShare(
  client: PoolClient,
  { schema, bucket }: Place,
  { portalId, position }: StoredEvent,
  { about, shares }: SaleSharedEvent['data'],
): Promise<void> {
  await client.query(
    `INSERT INTO ${schema}.sale_share (bucket, portal_id, about, position, shares) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [bucket, portalId, about, position, JSON.stringify(shares)],
  );
}

async function keepDispute(
  client: PoolClient,
  { schema, bucket }: Place,
  { portalId, position, occurredAt }: StoredEvent,
  told: PayDisputeEvent,
): Promise<void> {
  const { disputeId } = told.data;
  const { rows } = await client.query<{ state: PayDisputeState; last_position: number }>(
    `SELECT state, last_position FROM ${schema}.pay_dispute
      WHERE bucket = $1 AND portal_id = $2 AND dispute_id = $3`,
    [bucket, portalId, disputeId],
  );
  if ((rows[0]?.last_position ?? 0) >= position) return;
  const state = evolvePayDispute(rows[0]?.state ?? noDispute, told);
  if (state.status === 'absent') return;
  await client.query(
    `INSERT INTO ${schema}.pay_dispute (bucket, portal_id, dispute_id, month, user_id, disputed_at, state, last_position)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (bucket, portal_id, dispute_id) DO UPDATE
        SET state = excluded.state, last_position = excluded.last_position`,
    [bucket, portalId, disputeId, state.month, state.userId, occurredAt, JSON.stringify(state), position],
  );
}
