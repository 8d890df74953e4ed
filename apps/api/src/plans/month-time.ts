import { workingTimeOf } from '@funnelwatch/curation';
import { monthPeriod } from '@funnelwatch/funnel';
import { daysOfMonth, Rational } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';

/** How much of a month's working time has passed at an instant, and will have by the end of each day. */
export class MonthTime {
  /** Share of the working time that has passed; 1 where there is none. */
  readonly elapsed: number;
  /** Working days of the month, and those that are not over. */
  readonly days: { all: number; left: number };
  /** The day of the instant, in the portal's zone. */
  readonly today: string;
  /** Every day of the month with the share of the working time that has passed by its end; the last one’s is 1. */
  readonly ends: readonly { day: string; share: Rational }[];

  constructor({ zone, workingHours }: Pick<RegisteredPortal, 'zone' | 'workingHours'>, month: string, asOf: Date) {
    const time = workingTimeOf({ zone, ...workingHours });
    const { from, to } = monthPeriod(zone, month);
    const passed = new Date(Math.min(Math.max(asOf.getTime(), from.getTime()), to.getTime()));
    const all = time.between(from, to);
    this.elapsed = all === 0 ? 1 : time.between(from, passed) / all;
    const days = daysOfMonth(month).map((day) => ({ day, spans: time.ofDay(day) }));
    const worked = days.filter(({ spans }) => spans.length > 0);
    const left = worked.filter(({ spans }) => (spans.at(-1)?.to ?? from) > passed);
    this.days = { all: worked.length, left: left.length };
    this.today = dayIn(asOf, zone);
    let workedMs = 0;
    this.ends = days.map(({ day, spans }) => {
      workedMs += spans.reduce((sum, span) => sum + (span.to.getTime() - span.from.getTime()), 0);
      return { day, share: all === 0 ? Rational.one : Rational.of(workedMs, all) };
    });
  }
}

/** The day, `YYYY-MM-DD`, that an instant lies in. */
export const dayIn = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);
