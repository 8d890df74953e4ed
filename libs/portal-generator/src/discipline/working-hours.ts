import { IANAZone } from 'luxon';
import type { SpecialDays } from './special-days.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const OPENS_AT_HOUR = 9;
const CLOSES_AT_HOUR = 18;

/**
 * Monday to Friday, 9 to 18, of a zone, with special days. Days are counted from 1 January 1970 of the zone's wall clock.
 * Written by day and hour, so that it can be read against the words of docs/rules.md.
 */
export class WorkingHours {
  private readonly zone: IANAZone;
  private readonly offsets = new Map<number, number>();

  constructor(
    zone: string,
    private readonly specialDays: SpecialDays,
  ) {
    this.zone = IANAZone.create(zone);
    if (!this.zone.isValid) throw new Error(`"${zone}" is not a time zone.`);
  }

  /** The instant by which so many milliseconds have been worked; the end of a day, not the beginning of the next. */
  afterWorked(start: number, workedMs: number): number {
    let left = workedMs;
    for (let day = this.dayOf(start); ; day += 1) {
      const hours = this.hoursOf(day);
      if (!hours) continue;
      const from = Math.max(hours.opens, start);
      if (from >= hours.closes) continue;
      if (left <= hours.closes - from) return from + left;
      left -= hours.closes - from;
    }
  }

  /** The same time of day on the n-th working day after the day of the start, or of the next opening after it. */
  afterWorkingDays(start: number, count: number): number {
    const counted = this.isWorking(start) ? start : this.nextOpening(start);
    let day = this.dayOf(counted);
    const timeOfDay = counted + this.offsetAt(counted) - day * DAY_MS;
    for (let passed = 0; passed < count;) {
      day += 1;
      if (this.hoursOf(day)) passed += 1;
    }
    return this.instantOf(day, timeOfDay);
  }

  isWorking(at: number): boolean {
    const hours = this.hoursOf(this.dayOf(at));
    return hours !== null && hours.opens <= at && at < hours.closes;
  }

  /** The first instant after a day, `YYYY-MM-DD`. */
  endOf(date: string): number {
    return this.instantOf(Date.parse(`${date}T00:00:00Z`) / DAY_MS + 1, 0);
  }

  /** The first instant of the Monday after. */
  endOfWeek(at: number): number {
    const day = this.dayOf(at);
    return this.instantOf(day + 8 - weekdayOf(day), 0);
  }

  /** `YYYY-MM-DD`. */
  dateOf(at: number): string {
    return new Date(this.dayOf(at) * DAY_MS).toISOString().slice(0, 10);
  }

  /** How many days of its month follow the day of an instant. */
  daysLeftInMonth(at: number): number {
    const date = new Date(this.dayOf(at) * DAY_MS);
    return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate() - date.getUTCDate();
  }

  private nextOpening(after: number): number {
    for (let day = this.dayOf(after); ; day += 1) {
      const hours = this.hoursOf(day);
      if (hours && hours.opens >= after) return hours.opens;
    }
  }

  private hoursOf(day: number): { opens: number; closes: number } | null {
    const special = this.specialDays[new Date(day * DAY_MS).toISOString().slice(0, 10)];
    if (special?.kind === 'off') return null;
    const isWorkedWeekday = weekdayOf(day) <= 5 || (special?.kind === 'worked' && special.worksAs <= 5);
    if (!isWorkedWeekday) return null;
    const isShort = special?.kind === 'short' || (special?.kind === 'worked' && special.isShort);
    return {
      opens: this.instantOf(day, OPENS_AT_HOUR * HOUR_MS),
      closes: this.instantOf(day, (CLOSES_AT_HOUR - (isShort ? 1 : 0)) * HOUR_MS),
    };
  }

  private dayOf(at: number): number {
    return Math.floor((at + this.offsetAt(at)) / DAY_MS);
  }

  private instantOf(day: number, timeOfDay: number): number {
    const asUtc = day * DAY_MS + timeOfDay;
    const guess = asUtc - this.offsetAt(asUtc);
    return asUtc - this.offsetAt(guess);
  }

  private offsetAt(at: number): number {
    const hour = Math.floor(at / HOUR_MS);
    let offset = this.offsets.get(hour);
    if (offset === undefined) {
      offset = this.zone.offset(hour * HOUR_MS) * MINUTE_MS;
      this.offsets.set(hour, offset);
    }
    return offset;
  }
}

/** 1 is Monday; 1 January 1970 was a Thursday. */
function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}
