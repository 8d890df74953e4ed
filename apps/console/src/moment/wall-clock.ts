import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { addDays, addMonths, isDay } from '../format/dates.js';

dayjs.extend(utc);
dayjs.extend(timezone);

/** What the clock on the wall of a zone shows at an instant: `2026-03-12`, `18:00`. */
export function wallClockOf(instant: string, zone: string): { day: string; time: string } {
  const there = dayjs(instant).tz(zone);
  return { day: there.format('YYYY-MM-DD'), time: there.format('HH:mm') };
}

/** The instant at which a zone's clock shows a day and `HH:MM`, ISO 8601 UTC; `null` for a day or time that is none. */
export function instantOf(day: string, time: string, zone: string): string | null {
  if (!isDay(day) || !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  return dayjs.tz(`${day}T${time}:00`, zone).toISOString();
}

/** The last moment of the day before, of the day a week before, of the month before, of the quarter before. */
export const pastPresets = ['yesterday', 'week', 'month', 'quarter'] as const;
export type PastPreset = (typeof pastPresets)[number];

/** A ready-made moment counted from `today`, a day of the zone. */
export function pastPreset(preset: PastPreset, today: string, zone: string): string {
  const month = today.slice(0, 7);
  const quarter = addMonths(`${month.slice(0, 4)}-01`, Math.floor((Number(month.slice(5)) - 1) / 3) * 3);
  const dayAfter = {
    yesterday: today,
    week: addDays(today, -6),
    month: `${month}-01`,
    quarter: `${quarter}-01`,
  }[preset];
  return dayjs.tz(`${dayAfter}T00:00:00`, zone).subtract(1, 'millisecond').toISOString();
}
