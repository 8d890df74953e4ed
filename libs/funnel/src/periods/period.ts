import { Rejection } from '@funnelwatch/kernel';
import { DateTime } from 'luxon';
import type { Period } from '../scope.js';

const invalid = (message: string) => new Rejection('FUNNEL_PERIOD_INVALID', message);
const mostMonths = 120;

function startOf(text: string, format: 'yyyy-MM-dd' | 'yyyy-MM', zone: string): DateTime {
  const start = DateTime.fromFormat(text, format, { zone });
  if (!start.isValid || start.year < 1990 || start.year > 2100) {
    throw invalid(`"${text.slice(0, 20)}" is not a ${format === 'yyyy-MM' ? 'month' : 'day'} between 1990 and 2100.`);
  }
  return start;
}

/**
 * Days of the portal's zone as UTC instants: `from` and `to` are `YYYY-MM-DD`, `to` excluded.
 * Throws `Rejection` FUNNEL_PERIOD_INVALID.
 */
export function dayPeriod(zone: string, from: string, to: string): Period {
  const start = startOf(from, 'yyyy-MM-dd', zone);
  const end = startOf(to, 'yyyy-MM-dd', zone);
  if (end <= start) throw invalid('The end of the period must lie after its beginning.');
  return { from: start.toJSDate(), to: end.toJSDate() };
}

/** A month of the portal's zone, `YYYY-MM`. Throws `Rejection` FUNNEL_PERIOD_INVALID. */
export function monthPeriod(zone: string, month: string): Period {
  const start = startOf(month, 'yyyy-MM', zone);
  return { from: start.toJSDate(), to: start.plus({ months: 1 }).toJSDate() };
}

/** Every month from one up to another, the last one excluded, at most 120. Throws `Rejection` FUNNEL_PERIOD_INVALID. */
export function monthsOf(zone: string, fromMonth: string, toMonth: string): (Period & { month: string })[] {
  let start = startOf(fromMonth, 'yyyy-MM', zone);
  const end = startOf(toMonth, 'yyyy-MM', zone);
  if (end <= start) throw invalid('The end of the months must lie after their beginning.');
  const months: (Period & { month: string })[] = [];
  while (start < end) {
    if (months.length === mostMonths) throw invalid(`At most ${mostMonths} months at once.`);
    const next = start.plus({ months: 1 });
    months.push({ month: start.toFormat('yyyy-MM'), from: start.toJSDate(), to: next.toJSDate() });
    start = next;
  }
  return months;
}
