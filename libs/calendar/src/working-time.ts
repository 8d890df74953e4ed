import { Rejection } from '@funnelwatch/kernel';
import { DateTime } from 'luxon';
import type { ProductionCalendar } from './production/production-calendar.js';

/** Minutes of a local day, `[from, to)` with 0 ≤ from < to ≤ 1440. */
export type Interval = readonly [from: number, to: number];

/** Working intervals by ISO day (1 is Monday), ascending and apart; a day without any is free. */
export type WeeklySchedule = Readonly<Partial<Record<number, readonly Interval[]>>>;

/** When a person does not work, as instants `[from, to)`. */
export interface Absence {
  from: Date;
  to: Date;
}

export interface WorkingTimeOptions {
  /** IANA zone whose wall clock the schedule goes by. */
  zone: string;
  schedule: WeeklySchedule;
  production: ProductionCalendar;
  absences?: readonly Absence[];
}

/** Instants in milliseconds since the epoch, `[from, to)`. */
interface Span {
  fromMs: number;
  toMs: number;
}

const minutesOfDay = 1440;
const shorterByMinutes = 60;
/** Who works at all works within so many days. */
const longestGapDays = 800;

/**
 * Counts time in which somebody works: a weekly schedule in a zone, official days, absences. Days and hours are those of
 * the wall clock; what is counted is time that really passes, also where clocks are changed.
 */
export class WorkingTime {
  private readonly absences: readonly Span[];

  /** Throws `Rejection` SCHEDULE_INVALID. */
  constructor(private readonly options: WorkingTimeOptions) {
    refuseWrongSchedule(options.schedule);
    if (!DateTime.local({ zone: options.zone }).isValid) throw invalid(`"${options.zone}" is not a time zone.`);
    this.absences = (options.absences ?? [])
      .map(({ from, to }) => ({ fromMs: from.getTime(), toMs: to.getTime() }))
      .filter(({ fromMs, toMs }) => fromMs < toMs)
      .sort((left, right) => left.fromMs - right.fromMs);
  }

  /** Working intervals of a local day, `YYYY-MM-DD`, as instants, ascending. */
  ofDay(day: string): { from: Date; to: Date }[] {
    return this.spansOf(this.startOf(day)).map(({ fromMs, toMs }) => ({ from: new Date(fromMs), to: new Date(toMs) }));
  }

  /**
   * The instant by which `workingMs` milliseconds have been worked from `start` on; a day's end, not the next day's
   * beginning, where both fit. Nothing to work ends at once. Throws `Rejection` NO_WORKING_TIME when there are no working
   * hours within two years.
   */
  add(start: Date, workingMs: number): Date {
    if (workingMs <= 0) return start;
    let left = workingMs;
    let idleDays = 0;
    for (let day = this.dayOf(start); idleDays < longestGapDays; day = day.plus({ days: 1 })) {
      const before = left;
      for (const span of this.spansOf(day)) {
        const fromMs = Math.max(span.fromMs, start.getTime());
        if (fromMs >= span.toMs) continue;
        if (left <= span.toMs - fromMs) return new Date(fromMs + left);
        left -= span.toMs - fromMs;
      }
      idleDays = left === before ? idleDays + 1 : 0;
    }
    throw new Rejection('NO_WORKING_TIME', 'There are no working hours for two years. Check schedule and absences.');
  }

  /** Milliseconds worked in `[from, to)`; 0 when `to` is not later. */
  between(from: Date, to: Date): number {
    let worked = 0;
    for (let day = this.dayOf(from); day.toMillis() < to.getTime(); day = day.plus({ days: 1 })) {
      for (const { fromMs, toMs } of this.spansOf(day)) {
        worked += Math.max(0, Math.min(toMs, to.getTime()) - Math.max(fromMs, from.getTime()));
      }
    }
    return worked;
  }

  /** Whether an instant lies in a working interval. */
  isWorking(at: Date): boolean {
    return this.spansOf(this.dayOf(at)).some(({ fromMs, toMs }) => fromMs <= at.getTime() && at.getTime() < toMs);
  }

  private dayOf(at: Date): DateTime {
    return DateTime.fromJSDate(at, { zone: this.options.zone }).startOf('day');
  }

  private startOf(day: string): DateTime {
    return DateTime.fromISO(day, { zone: this.options.zone }).startOf('day');
  }

  private spansOf(day: DateTime): Span[] {
    const spans = this.intervalsOf(day).map(([from, to]) => ({ fromMs: wallTime(day, from), toMs: wallTime(day, to) }));
    return this.absences.reduce((present, absence) => present.flatMap((span) => without(span, absence)), spans);
  }

  private intervalsOf(day: DateTime): readonly Interval[] {
    const { schedule, production } = this.options;
    const own = schedule[day.weekday] ?? [];
    const special = production.special(day.toFormat('yyyy-MM-dd'));
    switch (special?.kind) {
      case undefined:
        return own;
      case 'off':
        return [];
      case 'short':
        return shortened(own);
      case 'worked': {
        const intervals = own.length > 0 ? own : (schedule[special.worksAs] ?? []);
        return special.isShort ? shortened(intervals) : intervals;
      }
    }
  }
}

/** The instant at which the wall clock shows so many minutes of a day; the end of the day is the next one's beginning. */
function wallTime(day: DateTime, minutes: number): number {
  if (minutes === minutesOfDay) return day.plus({ days: 1 }).startOf('day').toMillis();
  return day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).toMillis();
}

/** Intervals without the last hour that would have been worked. */
function shortened(intervals: readonly Interval[]): Interval[] {
  let left = shorterByMinutes;
  const kept: Interval[] = [];
  for (const [from, to] of intervals.toReversed()) {
    const taken = Math.min(left, to - from);
    left -= taken;
    if (to - taken > from) kept.unshift([from, to - taken]);
  }
  return kept;
}

function without(span: Span, absence: Span): Span[] {
  if (absence.toMs <= span.fromMs || absence.fromMs >= span.toMs) return [span];
  const before = { fromMs: span.fromMs, toMs: absence.fromMs };
  const after = { fromMs: absence.toMs, toMs: span.toMs };
  return [before, after].filter(({ fromMs, toMs }) => fromMs < toMs);
}

function refuseWrongSchedule(schedule: WeeklySchedule): void {
  for (const [day, intervals = []] of Object.entries(schedule)) {
    if (!/^[1-7]$/.test(day)) throw invalid('Days of a schedule are 1 (Monday) to 7 (Sunday).');
    intervals.forEach(([from, to], index) => {
      const earliest = intervals[index - 1]?.[1] ?? 0;
      const isSound = Number.isInteger(from) && Number.isInteger(to) && earliest <= from && from < to;
      if (!isSound || to > minutesOfDay) {
        throw invalid('Hours of a day must follow each other and end by midnight.');
      }
    });
  }
}

const invalid = (sentence: string): Rejection => new Rejection('SCHEDULE_INVALID', sentence);
