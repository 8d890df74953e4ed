import { kopecksOf, type Rational } from '@funnelwatch/kernel';
import type { Performance } from '../earnings/earnings.js';
import { type CountedMeasure, isMeasuredBy } from '../points/measured-by.js';
import type { MotivationScheme } from '../scheme/scheme.js';

/** What one person did of one measure on one day, as the ledger has it; undone actions taken off. */
export interface DayOfWork {
  measure: string;
  /** `YYYY-MM-DD` in the portal's zone. */
  day: string;
  actions: number;
  kopecks: bigint | null;
  currency: string | null;
}

/** What a scheme asks that the ledger does not know. */
export interface PayContext {
  /** What each indicator counts, by its id. */
  indicators: ReadonlyMap<string, CountedMeasure>;
  planKopecks: bigint | null;
  teamAttainment: Rational | null;
  quality: Rational | null;
  advanceKopecks: bigint;
}

/**
 * What somebody did in a period as a scheme counts it: actions of each indicator with its daily cap, what was sold in the
 * currency of the scheme and by its instant, actions of each extra between its days and within its budget. An indicator that
 * nobody defined counts nothing.
 */
export function performanceOf(scheme: MotivationScheme, days: readonly DayOfWork[], context: PayContext): Performance {
  const { indicators, ...rest } = context;
  const byDay = (indicator: string) => actionsByDay(days, indicators.get(indicator));
  const actions = (scheme.salary.points?.indicators ?? []).map(({ indicator, dailyCap }): [string, number] => {
    const capped = [...byDay(indicator).values()].map((count) => Math.min(count, dailyCap ?? count));
    return [indicator, capped.reduce((sum, count) => sum + count, 0)];
  });
  const extras = (scheme.spiffs ?? []).map(({ id, indicator, from, to, amount, budget }): [string, number] => {
    const within = [...byDay(indicator)].filter(([day]) => day >= from && day <= to);
    const done = within.reduce((sum, [, count]) => sum + count, 0);
    return [id, Math.max(0, Math.min(done, affordable(amount, budget) ?? done))];
  });
  return {
    ...rest,
    actions: Object.fromEntries(actions),
    extras: Object.fromEntries(extras),
    soldKopecks: soldOf(scheme, days),
  };
}

function actionsByDay(days: readonly DayOfWork[], measure: CountedMeasure | undefined): Map<string, number> {
  const counts = new Map<string, number>();
  if (measure === undefined) return counts;
  for (const { day, actions, ...done } of days) {
    if (isMeasuredBy(measure, done.measure)) counts.set(day, (counts.get(day) ?? 0) + actions);
  }
  return counts;
}

function soldOf({ commission, currency }: MotivationScheme, days: readonly DayOfWork[]): bigint {
  const measure: CountedMeasure = commission?.counted === 'paid' ? { kind: 'paid' } : { kind: 'won', pipelineId: null };
  const sales = days.filter((day) => day.currency === currency && isMeasuredBy(measure, day.measure));
  return sales.reduce((sum, { kopecks }) => sum + (kopecks ?? 0n), 0n);
}

/** How many times an amount fits into a budget; null without one. */
function affordable(amount: string, budget: string | undefined): number | null {
  const [each, all] = [kopecksOf(amount), budget === undefined ? null : kopecksOf(budget)];
  return each === null || each === 0n || all === null ? null : Number(all / each);
}
