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

/** A local day with its working intervals. */
interface Day {
  startMs: number;
  local: DateTime;
  spans: readonly Span[];
}

const dayMs = 86_400_000;
/** Days kept at hand; beyond, all are worked out anew. */
const mostDaysKept = 5_000;

/**
 * Counts time in which somebody works: a weekly schedule in a zone, official days, absences. Days and hours are those of
 * the wall clock; what is counted is time that really passes, also where clocks are changed.
 */
export class WorkingTime {
  private readonly absences: readonly Span[];
  private readonly days = new Map<number, Day>();
  private readonly epoch: DateTime;

  /** Throws `Rejection` SCHEDULE_INVALID. */
  constructor(private readonly options: WorkingTimeOptions) {
    refuseWrongSchedule(options.schedule);
    this.epoch = DateTime.fromObject({ year: 1970, month: 1, day: 1 }, { zone: options.zone });
    if (!this.epoch.isValid) throw invalid(`"${options.zone}" is not a time zone.`);
    this.absences = (options.absences ?? [])
      .map(({ from, to }) => ({ fromMs: from.getTime(), toMs: to.getTime() }))
      .filter(({ fromMs, toMs }) => fromMs < toMs)
      .sort((left, right) => left.fromMs - right.fromMs);
  }

  /** Working intervals of a local day, `YYYY-MM-DD`, as instants, ascending. */
  ofDay(day: string): { from: Date; to: Date }[] {
    const start = DateTime.fromISO(day, { zone: this.options.zone }).startOf('day');
    const { spans } = this.day(this.ordinalOf(start.toMillis()));
    return spans.map(({ fromMs, toMs }) => ({ from: new Date(fromMs), to: new Date(toMs) }));
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
    for (let ordinal = this.ordinalOf(start.getTime()); idleDays < longestGapDays; ordinal += 1) {
      const before = left;
      for (const span of this.day(ordinal).spans) {
        const fromMs = Math.max(span.fromMs, start.getTime());
        if (fromMs >= span.toMs) continue;
        if (left <= span.toMs - fromMs) return new Date(fromMs + left);
        left -= span.toMs - fromMs;
      }
      idleDays = left === before ? idleDays + 1 : 0;
    }
    throw noWorkingTime();
  }

  /**
   * The same time of day on the `days`-th working day after the day of `start`; a start outside working hours first moves
   * to the next opening. No days are `start` itself. Throws `Rejection` NO_WORKING_TIME.
   */
  addDays(start: Date, days: number): Date {
    if (days <= 0) return start;
    const from = this.isWorking(start) ? start : this.nextOpening(start);
    let ordinal = this.ordinalOf(from.getTime());
    const first = this.day(ordinal);
    let idleDays = 0;
    for (let left = days; left > 0;) {
      ordinal += 1;
      const isWorked = this.day(ordinal).spans.length > 0;
      idleDays = isWorked ? 0 : idleDays + 1;
      if (isWorked) left -= 1;
      if (idleDays > longestGapDays) throw noWorkingTime();
    }
    const day = this.day(ordinal);
    // Between two ordinary days the time of day is what passed since midnight; only a changed clock needs the wall's.
    const isOrdinary = (ordinalDay: number) =>
      this.day(ordinalDay + 1).startMs - this.day(ordinalDay).startMs === dayMs;
    if (isOrdinary(ordinal) && isOrdinary(this.ordinalOf(from.getTime()))) {
      return new Date(day.startMs + (from.getTime() - first.startMs));
    }
    const { hour, minute, second, millisecond } = DateTime.fromJSDate(from, { zone: this.options.zone });
    return day.local.set({ hour, minute, second, millisecond }).toJSDate();
  }

  /**
   * The least whole number of working days that `addDays` takes from `from` to `to` or beyond it; 0 when `to` is not later.
   * Throws `Rejection` NO_WORKING_TIME.
   */
  daysBetween(from: Date, to: Date): number {
    if (to <= from) return 0;
    let reached = 1;
    while (this.addDays(from, reached) < to) reached *= 2;
    let tooFew = Math.floor(reached / 2);
    while (reached - tooFew > 1) {
      const middle = Math.floor((tooFew + reached) / 2);
      if (this.addDays(from, middle) < to) tooFew = middle;
      else reached = middle;
    }
    return reached;
  }

  /** The first instant from `at` on that lies in a working interval. Throws `Rejection` NO_WORKING_TIME. */
  nextOpening(at: Date): Date {
    const first = this.ordinalOf(at.getTime());
    for (let ordinal = first; ordinal - first <= longestGapDays; ordinal += 1) {
      const span = this.day(ordinal).spans.find(({ toMs }) => toMs > at.getTime());
      if (span) return new Date(Math.max(span.fromMs, at.getTime()));
    }
    throw noWorkingTime();
  }

  /** Milliseconds worked in `[from, to)`; 0 when `to` is not later. */
  between(from: Date, to: Date): number {
    let worked = 0;
    for (let ordinal = this.ordinalOf(from.getTime()); this.day(ordinal).startMs < to.getTime(); ordinal += 1) {
      for (const { fromMs, toMs } of this.day(ordinal).spans) {
        worked += Math.max(0, Math.min(toMs, to.getTime()) - Math.max(fromMs, from.getTime()));
      }
    }
    return worked;
  }

  /** Whether an instant lies in a working interval. */
  isWorking(at: Date): boolean {
    const { spans } = this.day(this.ordinalOf(at.getTime()));
    return spans.some(({ fromMs, toMs }) => fromMs <= at.getTime() && at.getTime() < toMs);
  }

  /** Number of the local day in which an instant lies, counted from 1 January 1970. */
  private ordinalOf(atMs: number): number {
    let ordinal = Math.floor((atMs - this.epoch.toMillis()) / dayMs);
    while (this.day(ordinal).startMs > atMs) ordinal -= 1;
    while (this.day(ordinal + 1).startMs <= atMs) ordinal += 1;
    return ordinal;
  }

  private day(ordinal: number): Day {
    let day = this.days.get(ordinal);
    if (!day) {
      if (this.days.size >= mostDaysKept) this.days.clear();
      const local = this.epoch.plus({ days: ordinal }).startOf('day');
      day = { startMs: local.toMillis(), local, spans: this.spansOf(local) };
      this.days.set(ordinal, day);
    }
    return day;
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

const noWorkingTime = (): Rejection =>
  new Rejection('NO_WORKING_TIME', 'There are no working hours for two years. Check schedule and absences.');
const invalid = (sentence: string): Rejection => new Rejection('SCHEDULE_INVALID', sentence);
