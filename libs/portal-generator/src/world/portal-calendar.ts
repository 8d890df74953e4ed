import { DateTime, IANAZone } from 'luxon';
import type { Randomness } from './randomness.js';

const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const WORK_STARTS_MS = 9 * HOUR_MS;
const WORK_ENDS_MS = 18 * HOUR_MS;

/** Drops the part below a second: a portal keeps whole seconds. */
export function wholeSecond(atMs: number): number {
  return Math.floor(atMs / SECOND_MS) * SECOND_MS;
}

/** `2026-09-01T10:00:00Z`: how the script writes an instant inside fields. */
export function instantText(atMs: number): string {
  return `${new Date(wholeSecond(atMs)).toISOString().slice(0, 19)}Z`;
}

/** Days, months and working hours (Monday to Friday, 9 to 18) of the portal's zone. */
export class PortalCalendar {
  private readonly offsets = new Map<number, number>();
  private readonly ianaZone: IANAZone;

  constructor(
    readonly zone: string,
    /** Without working hours people work at any moment: short test histories need it. */
    private readonly keepsWorkingHours: boolean,
  ) {
    this.ianaZone = IANAZone.create(zone);
    if (!this.ianaZone.isValid) throw new Error(`"${zone}" is not a time zone.`);
  }

  private offsetMs(atMs: number): number {
    const day = Math.floor(atMs / DAY_MS);
    let offset = this.offsets.get(day);
    if (offset === undefined) {
      offset = this.ianaZone.offset(day * DAY_MS) * MINUTE_MS;
      if (this.offsets.size > 4000) this.offsets.clear();
      this.offsets.set(day, offset);
    }
    return offset;
  }

  /** `YYYY-MM-DD` in the portal's zone. */
  dateOf(atMs: number): string {
    return new Date(atMs + this.offsetMs(atMs)).toISOString().slice(0, 10);
  }

  startOfMonth(atMs: number, monthsLater = 0): number {
    return DateTime.fromMillis(atMs, { zone: this.zone }).startOf('month').plus({ months: monthsLater }).toMillis();
  }

  startOfDay(atMs: number): number {
    const offset = this.offsetMs(atMs);
    return Math.floor((atMs + offset) / DAY_MS) * DAY_MS - offset;
  }

  isWorkingDay(atMs: number): boolean {
    const weekday = new Date(atMs + this.offsetMs(atMs)).getUTCDay();
    return weekday !== 0 && weekday !== 6;
  }

  /** The given moment, or a moment early in the next working day when it falls outside working hours. */
  workMoment(atMs: number, random: Randomness): number {
    if (!this.keepsWorkingHours) return wholeSecond(atMs);
    const day = this.startOfDay(atMs);
    const timeOfDay = atMs - day;
    if (this.isWorkingDay(atMs) && timeOfDay >= WORK_STARTS_MS && timeOfDay < WORK_ENDS_MS) return wholeSecond(atMs);
    let workDay = timeOfDay >= WORK_STARTS_MS || !this.isWorkingDay(atMs) ? day + DAY_MS : day;
    while (!this.isWorkingDay(workDay + 12 * HOUR_MS)) workDay += DAY_MS;
    return wholeSecond(this.startOfDay(workDay + 12 * HOUR_MS) + WORK_STARTS_MS + random.next() * 3 * HOUR_MS);
  }

  /** The moment that lies the given share (0 to 1) into the working time between two instants. */
  workMomentAt(share: number, fromMs: number, toMs: number): number {
    const days: number[] = [];
    for (let day = this.startOfDay(fromMs); day < toMs; day = this.startOfDay(day + DAY_MS + 2 * HOUR_MS)) {
      if (this.isWorkingDay(day + 12 * HOUR_MS) && day >= fromMs && day + DAY_MS <= toMs) days.push(day);
    }
    const place = Math.min(Math.max(share, 0), 0.999999) * days.length;
    const day = days[Math.floor(place)];
    if (day === undefined) return wholeSecond(fromMs + share * (toMs - fromMs));
    return wholeSecond(day + WORK_STARTS_MS + (place % 1) * (WORK_ENDS_MS - WORK_STARTS_MS));
  }
}
