import { randomUUID } from 'node:crypto';
import type { EventLog, PortalAddress } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import { handleScheme, schemeSchema } from '@funnelwatch/motivation';

/** Weights 1, 5 and 25 for 890 points; a part of 20 000 ₽ at 50, 80 and 100 %; a cliff at 80, 100 and 120 % of 200 000 ₽. */
export const sellersScheme = schemeSchema.parse({
  name: 'Sellers',
  currency: 'RUB',
  salary: {
    amount: '20000.00',
    points: {
      target: 890,
      indicators: [
        { indicator: 'contacts', weight: 1 },
        { indicator: 'meetings', weight: 5 },
        { indicator: 'proposals', weight: 25 },
      ],
      shape: 'steps',
      table: [
        { from: '0', part: '0.5' },
        { from: '0.5', part: '0.75' },
        { from: '0.8', part: '0.9' },
        { from: '1', part: '1' },
      ],
    },
  },
  commission: {
    counted: 'won',
    quota: '200000.00',
    mode: 'cliff',
    tiers: [
      { from: '0', rate: '0.10' },
      { from: '0.8', rate: '0.12' },
      { from: '1', rate: '0.15' },
      { from: '1.2', rate: '0.18' },
    ],
  },
});

/** A scheme that asks for no indicator. */
export const plainScheme = schemeSchema.parse({ name: 'Plain', currency: 'RUB', salary: { amount: '20000.00' } });

/** Writes a scheme for user 4, and takes it as far as told. */
export async function writeScheme(
  log: EventLog,
  portal: PortalAddress,
  state: 'draft' | 'approved' | 'issued',
  fromMonth = '2026-03',
): Promise<string> {
  const schemeId = randomUUID();
  const decisions = { log, clock: systemClock };
  const content = { scheme: plainScheme, sellerIds: ['4'] };
  await handleScheme(decisions, portal, schemeId, { type: 'DraftScheme', schemeId, content }, 'nobody');
  if (state === 'draft') return schemeId;
  await handleScheme(decisions, portal, schemeId, { type: 'ApproveScheme', version: 1, faults: 0 }, 'somebody');
  if (state === 'approved') return schemeId;
  const issue = { type: 'IssueScheme', version: 1, fromMonth, closedThrough: null } as const;
  await handleScheme(decisions, portal, schemeId, issue, 'nobody');
  return schemeId;
}
