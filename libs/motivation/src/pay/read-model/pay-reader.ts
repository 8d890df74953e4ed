import type { PortalAddress } from '@funnelwatch/event-log';
import { addMonths } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { PayDisputeState } from '../../domain/pay-dispute.js';
import { type PayslipContent, readPayslip } from '../payslip.js';

/** A month that was closed. */
export interface ClosedMonth {
  month: string;
  closedAt: string;
  closedBy: string;
  /** `bucket:position` up to which facts counted. */
  asAt: string;
  payslips: number;
  totalKopecks: bigint;
}

/** A payslip as it was issued. */
export interface IssuedPayslip {
  content: PayslipContent;
  text: string;
  hash: string;
}

/** An objection that was made once. */
export type KnownDispute = Exclude<PayDisputeState, { status: 'absent' }> & { disputedAt: string };

/** Reads closed months, payslips and objections of one portal. */
export class PayReader {
  constructor(private readonly pool: Pool) {}

  /** Closed months, the latest first. */
  async periods({ bucket, portalId }: PortalAddress): Promise<ClosedMonth[]> {
    const { rows } = await this.pool.query<
      Omit<ClosedMonth, 'closedAt' | 'totalKopecks'> & { at: Date; total: string }
    >({
      name: 'motivation.pay_periods',
      text: `SELECT month, closed_at AS at, closed_by AS "closedBy", as_at AS "asAt", payslips, total_kopecks::text AS total
               FROM read.pay_period WHERE bucket = $1 AND portal_id = $2 ORDER BY month DESC`,
      values: [bucket, portalId],
    });
    return rows.map(({ at, total, ...row }) => ({ ...row, closedAt: at.toISOString(), totalKopecks: BigInt(total) }));
  }

  /** Payslips from a month to another, both included, in order of month and person; of all people or of those given. */
  async payslips(
    { bucket, portalId }: PortalAddress,
    { from, to }: { from: string; to: string },
    people: readonly string[] | null,
  ): Promise<IssuedPayslip[]> {
    const { rows } = await this.pool.query<{ content: string; hash: string }>({
      name: 'motivation.payslips',
      text: `SELECT content, hash FROM read.payslip
              WHERE bucket = $1 AND portal_id = $2 AND month BETWEEN $3 AND $4
                AND ($5::text[] IS NULL OR user_id = ANY ($5))
              ORDER BY month, user_id`,
      values: [bucket, portalId, from, to, people === null ? null : [...people]],
    });
    return rows.map(({ content, hash }) => ({ content: readPayslip(content), text: content, hash }));
  }

  /** Every payslip before a month, in order of month and person; of all people or of those given. */
  payslipsBefore(portal: PortalAddress, month: string, people: readonly string[] | null): Promise<IssuedPayslip[]> {
    return this.payslips(portal, { from: '', to: addMonths(month, -1) }, people);
  }

  /** Objections to months up to one, the latest first; of all people or of those given. */
  async disputes(
    { bucket, portalId }: PortalAddress,
    upTo: string,
    people: readonly string[] | null,
  ): Promise<KnownDispute[]> {
    const { rows } = await this.pool.query<{ state: Omit<KnownDispute, 'disputedAt'>; at: Date }>({
      name: 'motivation.disputes',
      text: `SELECT state, disputed_at AS at FROM read.pay_dispute
              WHERE bucket = $1 AND portal_id = $2 AND month <= $3 AND ($4::text[] IS NULL OR user_id = ANY ($4))
              ORDER BY disputed_at DESC, dispute_id LIMIT 2000`,
      values: [bucket, portalId, upTo, people === null ? null : [...people]],
    });
    return rows.map(({ state, at }) => ({ ...state, disputedAt: at.toISOString() }));
  }
}
