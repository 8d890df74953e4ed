import type { FieldDefinition } from './field-definitions.js';
import type { PortalTime } from './portal-time.js';

/** Whether the portal takes a written value for "nothing". */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '' || value === false;
}

/** Turns what a client or the script wrote into the classic scalar that the portal stores and returns. */
export function classicValue(definition: FieldDefinition, raw: unknown, time: PortalTime): unknown {
  if (raw === undefined) return definition.isMultiple && definition.isDynamic ? [] : definition.empty;
  if (definition.isMultiple) {
    const list = Array.isArray(raw) ? raw : isBlank(raw) ? [] : [raw];
    return list.map((value) => scalar(definition, value, time));
  }
  return scalar(definition, raw, time);
}

function scalar(definition: FieldDefinition, raw: unknown, time: PortalTime): unknown {
  switch (definition.type) {
    case 'datetime': {
      if (isBlank(raw)) return definition.empty;
      const atMs = typeof raw === 'number' ? raw : time.parse(plainText(raw));
      return Number.isNaN(atMs) ? definition.empty : time.dateTime(atMs);
    }
    case 'date': {
      if (isBlank(raw)) return definition.empty;
      const day = typeof raw === 'number' ? time.dayOf(raw) : plainText(raw).slice(0, 10);
      return Number.isNaN(Date.parse(day)) ? definition.empty : time.date(day);
    }
    case 'double': {
      if (isBlank(raw)) return definition.empty;
      const decimals = definition.name === 'COST' ? 4 : 2;
      const amount = Number(raw);
      return Number.isFinite(amount)
        ? definition.isDynamic
          ? String(amount)
          : amount.toFixed(decimals)
        : definition.empty;
    }
    case 'char':
      if (raw === true || raw === 1 || raw === '1') return 'Y';
      if (raw === false || raw === 0 || raw === '0') return 'N';
      return isBlank(raw) ? definition.empty : plainText(raw);
    case 'boolean':
      return raw === true || raw === 1 || raw === '1' || raw === 'Y' ? '1' : '0';
    case 'object':
    case 'file':
      return isBlank(raw) ? definition.empty : raw;
    case 'string':
      return raw === null ? null : plainText(raw);
    default:
      return isBlank(raw) ? definition.empty : plainText(raw);
  }
}

/** A scalar as text; null and undefined are empty. */
export function plainText(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number' || typeof raw === 'boolean' || typeof raw === 'bigint') return String(raw);
  return raw === null || raw === undefined ? '' : JSON.stringify(raw);
}
