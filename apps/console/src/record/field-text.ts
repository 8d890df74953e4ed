import { formatInstantExact } from '../format/dates.js';
import { formatKopecks } from '../format/numbers.js';
import type { Language } from '../i18n/language.js';
import type { Translate } from '../i18n/i18n.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** A field's value as a person reads it: times in the portal's zone, money in units, empty values as a dash. */
export function fieldText(field: string, value: unknown, zone: string, language: Language, t: Translate): string {
  if (value === null || value === undefined || value === '') return '—';
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'string') {
    if (INSTANT.test(value)) return formatInstantExact(value, zone, language);
    if (field.endsWith('Kopecks') && /^-?\d+$/.test(value)) {
      return formatKopecks(BigInt(value), language);
    }
    return value;
  }
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    const parts = value.map((each: unknown) => fieldText(field, each, zone, language, t));
    return parts.length === 0 ? '—' : parts.join(', ');
  }
  if (typeof value === 'object' && 'value' in value && typeof value.value === 'string') return value.value;
  return JSON.stringify(value);
}
