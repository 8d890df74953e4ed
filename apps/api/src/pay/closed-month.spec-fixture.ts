import { randomUUID } from 'node:crypto';
import type { EventLog, PortalAddress } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import { closePayPeriod, handlePayDispute, handleScheme, settle } from '@funnelwatch/motivation';
import type { Pool } from 'pg';
import { writeScheme } from '../schemes/written-scheme.spec-fixture.js';

/** The month that `closeMonth` closes, with a payslip of user 4. */
export const closedMonth = '2020-01';

/** Closes a month long ago, in which user 4, or another one, was granted something. */
export async function closeMonth(
  log: EventLog,
  portal: PortalAddress,
  { month, userId }: { month: string; userId: string } = { month: closedMonth, userId: '4' },
): Promise<void> {
  const asAt = `${portal.bucket}:1`;
  const corrections = [{ disputeId: randomUUID(), month: '2019-12', kopecks: '100' }];
  const person = { portalId: portal.portalId, userId, month, asAt };
  const slip = settle({ ...person, paying: null, before: [], corrections });
  if (!slip || slip === 'PLAN_MISSING') throw new Error('Nothing was granted.');
  const closing = { month, asAt, payslips: [slip], refusals: [], by: 'nobody' };
  await closePayPeriod({ log, clock: systemClock }, portal, closing);
}

/** An objection of user 4 that is open; to a month so late that it holds no closing back. */
export async function objection(log: EventLog, portal: PortalAddress): Promise<string> {
  const disputeId = randomUUID();
  const command = { type: 'Dispute', disputeId, month: '2039-12', userId: '4', line: null } as const;
  await handlePayDispute({ log, clock: systemClock }, portal, disputeId, command, 'user:4');
  return disputeId;
}

/** Sees to it that months from 2020-02 on can be closed: user 4 is paid by what they signed, and the portal was read. */
export async function makeClosable(log: EventLog, pool: Pool, portal: PortalAddress): Promise<void> {
  const schemeId = await writeScheme(log, portal, 'issued', '2019-01');
  const sign = { type: 'SignScheme', version: 1, userId: '4' } as const;
  await handleScheme({ log, clock: systemClock }, portal, schemeId, sign, 'nobody', 'user:4');
  await readUpTo(pool, portal, '2026-02-01T00:00:00.000Z');
}

/** What capture writes down once it has read and compared a portal up to an instant. */
export async function readUpTo(pool: Pool, { portalId, bucket }: PortalAddress, instant: string): Promise<void> {
  await pool.query(
    `INSERT INTO capture.status (portal_id, bucket, phase, through) VALUES ($1, $2, 'live', $3)
     ON CONFLICT (portal_id) DO UPDATE SET through = excluded.through`,
    [portalId, bucket, JSON.stringify({ deals: instant })],
  );
  await pool.query(
    `INSERT INTO capture.certificate (bucket, portal_id, certified_at, day, scope, expected, held, unexplained)
     VALUES ($1, $2, $3, $3::timestamptz::date, 'all', '{}', '{}', 0) ON CONFLICT DO NOTHING`,
    [bucket, portalId, instant],
  );
}
