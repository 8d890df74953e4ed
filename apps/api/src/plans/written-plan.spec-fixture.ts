import { randomUUID } from 'node:crypto';
import type { EventLog, PortalAddress } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import { handlePlan } from '@funnelwatch/plan';
import type { PlanBody } from './plans.schemas.js';

/** 800 000 ₽ in sales of 40 000 ₽, by a month of 250 contacts, 75 meetings, 60 proposals and 12 sales. */
export const march: PlanBody = {
  month: '2026-03',
  pipelineId: 'deal:0',
  teamId: '1',
  content: {
    name: 'March',
    targetKopecks: '80000000',
    averageSaleKopecks: '4000000',
    statedSales: 20,
    marginKopecks: '40000000',
    breakEven: { kopecks: '40000000', basis: null },
    steps: [
      { indicatorId: 'contacts', entered: 250, converted: 75 },
      { indicatorId: 'meetings', entered: 75, converted: 60 },
      { indicatorId: 'proposals', entered: 60, converted: 12 },
    ],
    base: { method: 'given', from: null, to: null, horizonDays: null, pooling: 'pooled' },
    rounding: 'final',
    split: 'up',
    sellers: ['4', '5', '6', '7'].map((userId) => ({ userId, weight: 1 })),
  },
};

interface WrittenPlan {
  isIssued?: boolean;
  month?: string;
  /** Instead of four. */
  sellers?: readonly string[] | undefined;
  /** Instead of that of March. */
  content?: PlanBody['content'];
}

/** Writes the plan of March, and promises it from the first day on when told so. */
export async function writePlan(
  log: EventLog,
  portal: PortalAddress,
  { isIssued = false, month = march.month, sellers, content: plain = march.content }: WrittenPlan = {},
): Promise<string> {
  const planId = randomUUID();
  const { pipelineId, teamId } = march;
  const content = sellers ? { ...plain, sellers: sellers.map((userId) => ({ userId, weight: 1 })) } : plain;
  const subject = { month, pipelineId, teamId };
  const told = { log, clock: systemClock };
  await handlePlan(told, portal, planId, { type: 'DraftPlan', planId, subject, content }, 'nobody');
  if (isIssued) {
    const issue = { type: 'IssuePlan', version: 1, effectiveFrom: '2026-03-01', faults: 0 } as const;
    await handlePlan(told, portal, planId, issue, 'nobody');
  }
  return planId;
}
