import { type DomainEvent, Rejection } from '@funnelwatch/kernel';

/** Months of a portal are closed one after another, in one stream: two cannot be closed at once. */
export const payPeriodsStream = 'pay-periods';
export const payslipStream = (month: string, userId: string): string => `payslip:${month}:${userId}`;

export type PayPeriodEvent = DomainEvent<
  'PayPeriodClosed',
  { month: string; asAt: string; payslips: number; totalKopecks: string; by: string }
>;
export type PayslipEvent = DomainEvent<
  'PayslipIssued',
  { month: string; userId: string; text: string; hash: string; totalKopecks: string }
>;

/** Closed months, in order. */
export type PayPeriodsState = readonly string[];

export const evolvePayPeriods = (state: PayPeriodsState, { data }: PayPeriodEvent): PayPeriodsState => [
  ...state,
  data.month,
];

/** The last closed month; null while none is. */
export const closedThrough = (state: PayPeriodsState): string | null => state.at(-1) ?? null;

/** Why a month cannot be closed yet, with whom or what it is about. */
export interface ClosingRefusal {
  code:
    | 'MONTH_NOT_OVER'
    | 'NOT_CERTIFIED'
    | 'QUARANTINE'
    | 'SCHEME_UNSIGNED'
    | 'DISPUTE_OPEN'
    | 'PLAN_MISSING'
    | 'NOBODY_PAID';
  values: Readonly<Record<string, string>>;
}

/**
 * Closes a month: its payslips never change any more. Throws `Rejection` PERIOD_CLOSED, PERIOD_ORDER (a later month is closed
 * already), PERIOD_NOT_READY.
 */
export function decideClosing(
  closing: PayPeriodEvent['data'],
  refusals: readonly ClosingRefusal[],
  state: PayPeriodsState,
): PayPeriodEvent[] {
  if (state.includes(closing.month)) throw new Rejection('PERIOD_CLOSED', 'The month is closed already.');
  const last = closedThrough(state);
  if (last !== null && closing.month < last)
    throw new Rejection(
      'PERIOD_ORDER',
      `${last} is closed already: what is due for earlier months is adjusted after it.`,
    );
  if (refusals.length > 0)
    throw new Rejection('PERIOD_NOT_READY', 'Something has to be settled before the month is closed.', {
      details: { refusals: refusals.length, first: refusals[0]?.code ?? null },
    });
  return [{ type: 'PayPeriodClosed', data: closing }];
}
