import { DateTime } from 'luxon';

/** The day of an instant in a zone, `YYYY-MM-DD`. */
export const dayOf = (at: Date, zone: string): string => DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd');

/** When the next day begins in a zone. */
export const nextDayAfter = (at: Date, zone: string): Date =>
  DateTime.fromJSDate(at, { zone }).plus({ days: 1 }).startOf('day').toJSDate();
