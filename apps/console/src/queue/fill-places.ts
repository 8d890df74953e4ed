import { formatDecimal } from '../format/numbers.js';
import type { Language } from '../i18n/language.js';

function digitsOf(value: number): number {
  return Number.isInteger(value) ? 0 : Math.min(3, (String(value).split('.')[1] ?? '').length);
}

/** A parameter of a rule as it is read: numbers in the language's writing, lists and maps with commas. */
export function parameterText(value: unknown, language: Language): string {
  if (typeof value === 'number') return formatDecimal(value, digitsOf(value), language);
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return value.map((each) => parameterText(each, language)).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, each]) => `${name}: ${parameterText(each, language)}`)
      .join('; ');
  }
  return '';
}

/** Fills the `{name}` places of a rule's text with its parameters; a place without a value stays as it is. */
export function fillPlaces(text: string, parameters: Readonly<Record<string, unknown>>, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const filled = name in parameters ? parameterText(parameters[name], language) : '';
    return filled === '' ? place : filled;
  });
}
