import { addDays } from '../format/dates.js';
import { mondayOf } from '../format/weeks.js';

/** Ready-made stretches of the history, in whole weeks before the present one; `own`: chosen days. */
export const stretches = ['4', '12', '26', 'all', 'own'] as const;
export type Stretch = (typeof stretches)[number];

/** A quarter: long enough to see a rule's weeks, short enough for habits that still hold. */
export const usualStretch: Stretch = '12';

/** Days `[from, to)`; null for the whole history. */
export type BacktestPeriod = { from: string; to: string } | null;

/** The days of a stretch that ends with `today`; undefined while days of one's own are not chosen. */
export function periodOfStretch(
  stretch: Stretch,
  today: string,
  own: readonly [string | null, string | null],
): BacktestPeriod | undefined {
  if (stretch === 'all') return null;
  if (stretch === 'own') {
    const [first, last] = own;
    return first === null || last === null ? undefined : { from: first, to: addDays(last, 1) };
  }
  return { from: addDays(mondayOf(today), -7 * Number(stretch)), to: addDays(today, 1) };
}
