import {
  type Decided,
  type DecisionLog,
  decisionsOf,
  eventWriter,
  foldStream,
  isOvertaken,
  type PortalAddress,
} from '@funnelwatch/event-log';
import { type Actor, Rejection, type SealedParts } from '@funnelwatch/kernel';
import {
  decidePayDispute,
  evolvePayDispute,
  noDispute,
  type PayDisputeCommand,
  type PayDisputeEvent,
  type PayDisputeState,
  payDisputeStream,
} from './domain/pay-dispute.js';
import {
  type ClosingRefusal,
  decideClosing,
  evolvePayPeriods,
  type PayPeriodEvent,
  type PayPeriodsState,
  payPeriodsStream,
  type PayslipEvent,
  payslipStream,
} from './domain/pay-period.js';
import {
  decideSaleShare,
  evolveSaleShare,
  type SaleShare,
  type SaleSharedEvent,
  type SaleShareState,
  saleShareStream,
} from './domain/sale-share.js';
import { motivationEvents } from './domain/motivation-events.js';
import { type PayslipContent, payslipOf } from './pay/payslip.js';

const write = eventWriter(motivationEvents);
const decideOnStream = decisionsOf(write);
const periodsFold = { streamId: payPeriodsStream, initial: [] as PayPeriodsState, evolve: evolvePayPeriods };

/** Which months are closed, by the log itself, and the position of the last closing. */
export const loadPayPeriods = (
  log: DecisionLog['log'],
  portal: PortalAddress,
): Promise<{ state: PayPeriodsState; version: number; position: number }> =>
  foldStream<PayPeriodsState, PayPeriodEvent>(log, portal, periodsFold);

export interface Closing {
  month: string;
  asAt: string;
  payslips: readonly PayslipContent[];
  refusals: readonly ClosingRefusal[];
  by: string;
}

/**
 * Closes a month with all its payslips in one append: either all are issued or nothing is. Returns the position of the last.
 * Throws `Rejection` PERIOD_CLOSED, PERIOD_ORDER, PERIOD_NOT_READY.
 */
export async function closePayPeriod(
  { log, clock }: DecisionLog,
  portal: PortalAddress,
  { month, asAt, payslips, refusals, by }: Closing,
): Promise<{ position: number }> {
  const { state, version } = await loadPayPeriods(log, portal);
  const total = payslips.reduce((sum, { totalKopecks }) => sum + BigInt(totalKopecks), 0n);
  const closing = { month, asAt, payslips: payslips.length, totalKopecks: total.toString(), by };
  const events = decideClosing(closing, refusals, state);
  const occurredAt = clock.now().toISOString();
  const told = { occurredAt, actor: 'system' as const };
  const slips = payslips.map((content) => {
    const { userId, totalKopecks } = content;
    const streamId = payslipStream(month, userId);
    const issued: PayslipEvent = {
      type: 'PayslipIssued',
      data: { month, userId, totalKopecks, ...payslipOf(content) },
    };
    return {
      streamId,
      expected: 'none' as const,
      events: [write(portal, { ...told, streamId, identity: '1' }, issued)],
    };
  });
  const streamId = payPeriodsStream;
  const closed = events.map((event, index) =>
    write(portal, { ...told, streamId, identity: String(version + index + 1) }, event),
  );
  try {
    return await log.append(portal, [...slips, { streamId, expected: version, events: closed }]);
  } catch (error) {
    if (isOvertaken(error))
      throw new Rejection('PERIOD_CLOSED', 'Somebody else has closed the month just now.', { cause: error });
    throw error;
  }
}

/** Shares a sale between people, or gives it back to its owner. Throws what `decideSaleShare` throws. */
export function handleSaleShare(
  decisionLog: DecisionLog,
  portal: PortalAddress,
  command: { about: string; shares: readonly SaleShare[] },
  by: string,
): Promise<Decided<SaleShareState>> {
  return decideOnStream<SaleShareState, SaleSharedEvent>(decisionLog, portal, {
    streamId: saleShareStream(command.about),
    initial: [],
    evolve: evolveSaleShare,
    decide: (state) => decideSaleShare(command, state, by),
    actor: 'system',
  });
}

/** Carries out what somebody wants done with an objection to pay. Throws what `decidePayDispute` throws. */
export function handlePayDispute(
  decisionLog: DecisionLog,
  portal: PortalAddress,
  disputeId: string,
  command: PayDisputeCommand,
  actor: Actor,
  sealed?: SealedParts,
): Promise<Decided<PayDisputeState>> {
  return decideOnStream<PayDisputeState, PayDisputeEvent>(decisionLog, portal, {
    streamId: payDisputeStream(disputeId),
    initial: noDispute,
    evolve: evolvePayDispute,
    decide: (state) => decidePayDispute(command, state),
    ...{ actor, sealed },
  });
}
