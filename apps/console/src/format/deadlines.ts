import type { Language } from '../i18n/language.js';
import { addDays, dayIn, formatDay } from './dates.js';
import { localeFor } from './numbers.js';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: Language, zone: string, key: string, options: Intl.DateTimeFormatOptions) {
  const id = `${language}|${zone}|${key}`;
  const known = formats.get(id);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(localeFor(language), { timeZone: zone, hourCycle: 'h23', ...options });
  formats.set(id, made);
  return made;
}

/** An instant as it is said among people: `13:00` today, `пн 13:00` within a week ahead, `30 нояб.` further, with the year when it is another. */
export function formatDeadline(instant: string, zone: string, language: Language, nowMs: number): string {
  const date = new Date(instant);
  const day = dayIn(instant, zone);
  const today = dayIn(new Date(nowMs), zone);
  const time = formatOf(language, zone, 'minute', { hour: '2-digit', minute: '2-digit' }).format(date);
  if (day === today) return time;
  if (day > today && day <= addDays(today, 6)) {
    return `${formatOf(language, zone, 'weekday', { weekday: 'short' }).format(date)} ${time}`;
  }
  if (day.slice(0, 4) !== today.slice(0, 4)) return formatDay(day, language);
  return formatOf(language, zone, 'day', { day: 'numeric', month: 'short' }).format(date);
}

/** `28 нояб., 19:57`: an instant with its day, without a year that is the present one, without a day that is today. */
export function formatMoment(instant: string, zone: string, language: Language, nowMs: number): string {
  const date = new Date(instant);
  const day = dayIn(instant, zone);
  const today = dayIn(new Date(nowMs), zone);
  const time = formatOf(language, zone, 'minute', { hour: '2-digit', minute: '2-digit' }).format(date);
  if (day === today) return time;
  const said =
    day.slice(0, 4) === today.slice(0, 4)
      ? formatOf(language, zone, 'day', { day: 'numeric', month: 'short' }).format(date)
      : formatDay(day, language);
  return `${said}, ${time}`;
}
