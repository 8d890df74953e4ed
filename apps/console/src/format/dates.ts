import type { Language } from '../i18n/language.js';
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

/** `10:42:05` in the portal's zone. */
export function formatTime(instant: string, zone: string, language: Language): string {
  return formatOf(language, zone, 'time', { hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    new Date(instant),
  );
}

/** `12 мар. 2026, 10:42` in the portal's zone. */
export function formatInstant(instant: string, zone: string, language: Language): string {
  const date = new Date(instant);
  const day = formatOf(language, zone, 'day', { day: 'numeric', month: 'short', year: 'numeric' }).format(date);
  const time = formatOf(language, zone, 'minute', { hour: '2-digit', minute: '2-digit' }).format(date);
  return `${trimYear(day)}, ${time}`;
}

/** Like {@link formatInstant}, with seconds. */
export function formatInstantExact(instant: string, zone: string, language: Language): string {
  const day = formatOf(language, zone, 'day', { day: 'numeric', month: 'short', year: 'numeric' }).format(
    new Date(instant),
  );
  return `${trimYear(day)}, ${formatTime(instant, zone, language)}`;
}

/** `12 марта 2026, 18:00` in the portal's zone. */
export function formatInstantLong(instant: string, zone: string, language: Language): string {
  const date = new Date(instant);
  const day = formatOf(language, zone, 'day-long', { day: 'numeric', month: 'long', year: 'numeric' }).format(date);
  const time = formatOf(language, zone, 'minute', { hour: '2-digit', minute: '2-digit' }).format(date);
  return `${trimYear(day)}, ${time}`;
}

function trimYear(text: string): string {
  return text.replace(/\s?г\.$/, '');
}

/** `12 мар. 2026` for a calendar day `YYYY-MM-DD`. */
export function formatDay(day: string, language: Language): string {
  return trimYear(
    formatOf(language, 'UTC', 'day', { day: 'numeric', month: 'short', year: 'numeric' }).format(
      new Date(`${day}T00:00:00Z`),
    ),
  );
}

/** `март 2026` for a month `YYYY-MM`. */
export function formatMonth(month: string, language: Language): string {
  return trimYear(
    formatOf(language, 'UTC', 'month', { month: 'long', year: 'numeric' }).format(new Date(`${month}-01T00:00:00Z`)),
  );
}

/** `мар. 26` for a chart's axis. */
export function formatMonthShort(month: string, language: Language): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  const name = formatOf(language, 'UTC', 'month-short', { month: 'short' }).format(date).replace('.', '');
  return `${name} ${month.slice(2, 4)}`;
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day `YYYY-MM-DD` of an instant in a zone. */
export function dayIn(instant: string | Date, zone: string): string {
  let format = dayFormats.get(zone);
  if (format === undefined) {
    // Made once: each takes as long as saying fifty days.
    format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
    dayFormats.set(zone, format);
  }
  const parts = format.formatToParts(typeof instant === 'string' ? new Date(instant) : instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The day `days` after (or before, when negative) a calendar day. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The month `YYYY-MM` that lies `months` after a month. */
export function addMonths(month: string, months: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** Whether a text is an existing calendar day `YYYY-MM-DD` between the years 2000 and 2099. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^20\d\d-\d\d-\d\d$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** Parts of a duration, largest first, at most two: 3 d 4 h, 12 min, 40 s. */
export type DurationPart = { unit: 'day' | 'hour' | 'minute' | 'second'; value: number };

/** Splits milliseconds into at most two neighbouring units, rounding down. */
export function durationParts(milliseconds: number): DurationPart[] {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const all: DurationPart[] = [
    { unit: 'day', value: Math.floor(seconds / 86_400) },
    { unit: 'hour', value: Math.floor((seconds % 86_400) / 3600) },
    { unit: 'minute', value: Math.floor((seconds % 3600) / 60) },
    { unit: 'second', value: seconds % 60 },
  ];
  const first = all.findIndex((part) => part.value > 0);
  if (first === -1) return [{ unit: 'second', value: 0 }];
  return all.slice(first, first + 2).filter((part) => part.value > 0);
}

/** A duration in words: `3 дн. 4 ч`, `12 min`. */
export function formatDuration(milliseconds: number, language: Language): string {
  return durationParts(milliseconds)
    .map((part) =>
      new Intl.NumberFormat(localeFor(language), { style: 'unit', unit: part.unit, unitDisplay: 'short' }).format(
        part.value,
      ),
    )
    .join(' ');
}
