import { isBlank } from '../model/classic-value.js';
import type { PortalTime } from '../model/portal-time.js';
import { listOf, mapOf } from './parameters.js';

/** How the value of a field is compared. */
export type Comparison = 'number' | 'time' | 'day' | 'code' | 'text' | 'list';

export interface FilterField<Row> {
  comparison: Comparison;
  value(row: Row): unknown;
  /** The field is the record's id, so a bound on it can narrow the walk. */
  isId?: boolean;
  /** The field is the record's modified time, for which there is an index. */
  isModifiedTime?: boolean;
}

export interface FilterDialect<Row> {
  field(name: string): FilterField<Row> | undefined;
  /** What an unknown field does: nothing (the condition is dropped), or an error. */
  unknownField(name: string): void;
  allowsLogic: boolean;
  time: PortalTime;
}

/** A filter ready to run, with what it says about ids and modified times. */
export interface CompiledFilter<Row> {
  /** Absent when every row matches. */
  matches?: (row: Row) => boolean;
  idAbove: number;
  idBelow: number;
  ids?: number[];
  modifiedFromMs?: number;
}

type Test = (value: unknown) => boolean;

const prefixes = /^(!=%|!%=|!><|=%|%=|!%|!@|!=|>=|<=|><|[=!<>@%?])?(.*)$/;

/** Compiles a filter; all its conditions must hold. */
export function compileFilter<Row>(raw: unknown, dialect: FilterDialect<Row>): CompiledFilter<Row> {
  const compiled: CompiledFilter<Row> = { idAbove: 0, idBelow: Number.POSITIVE_INFINITY };
  const tests = conditions(mapOf(raw), dialect, compiled);
  if (tests.length === 1) compiled.matches = tests[0];
  else if (tests.length > 1) compiled.matches = (row) => tests.every((test) => test(row));
  return compiled;
}

function conditions<Row>(
  filter: Record<string, unknown>,
  dialect: FilterDialect<Row>,
  hints: CompiledFilter<Row> | null,
): ((row: Row) => boolean)[] {
  const tests: ((row: Row) => boolean)[] = [];
  for (const [key, value] of Object.entries(filter)) {
    if (dialect.allowsLogic && /^\d+$/.test(key) && typeof value === 'object' && value !== null) {
      tests.push(group(value as Record<string, unknown>, dialect));
      continue;
    }
    if (key.toLowerCase() === 'logic') continue;
    const [, prefix = '', name = ''] = prefixes.exec(key) ?? [];
    const field = dialect.field(name);
    if (!field) {
      dialect.unknownField(name);
      continue;
    }
    const test = condition(prefix, field.comparison, value, dialect.time);
    if (!test) continue;
    tests.push((row) => test(field.value(row)));
    if (hints) noteHints(hints, field, prefix, value, dialect.time);
  }
  return tests;
}

function group<Row>(filter: Record<string, unknown>, dialect: FilterDialect<Row>): (row: Row) => boolean {
  const tests = conditions(filter, dialect, null);
  const logic = Object.entries(filter).find(([key]) => key.toLowerCase() === 'logic')?.[1];
  const isOr = typeof logic === 'string' && logic.toUpperCase() === 'OR';
  return isOr ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row));
}

function noteHints<Row>(
  hints: CompiledFilter<Row>,
  field: FilterField<Row>,
  prefix: string,
  value: unknown,
  time: PortalTime,
): void {
  if (field.isId) {
    if (prefix === '>') hints.idAbove = Math.max(hints.idAbove, comparable('number', value, time) as number);
    if (prefix === '>=') hints.idAbove = Math.max(hints.idAbove, (comparable('number', value, time) as number) - 1);
    if (prefix === '<') hints.idBelow = Math.min(hints.idBelow, comparable('number', value, time) as number);
    if (prefix === '<=') hints.idBelow = Math.min(hints.idBelow, (comparable('number', value, time) as number) + 1);
    if (prefix === '' || prefix === '=' || prefix === '@') hints.ids = listOf(value).map(Number);
  }
  if (field.isModifiedTime && (prefix === '>' || prefix === '>=')) {
    const fromMs = comparable('time', value, time) as number;
    hints.modifiedFromMs = Math.max(hints.modifiedFromMs ?? 0, fromMs);
  }
}

function condition(prefix: string, comparison: Comparison, value: unknown, time: PortalTime): Test | null {
  const one = (raw: unknown) => comparable(comparison, raw, time);
  switch (prefix) {
    case '':
    case '=':
    case '@':
      if (Array.isArray(value) || prefix === '@') return isOneOf(comparison, listOf(value), time);
      return equals(comparison, value, time);
    case '!':
    case '!=':
    case '!@': {
      const test =
        Array.isArray(value) || prefix === '!@'
          ? isOneOf(comparison, listOf(value), time)
          : equals(comparison, value, time);
      return (actual) => !test(actual);
    }
    case '>':
    case '>=':
    case '<':
    case '<=':
      return ordered(prefix, comparison, value, time);
    case '><':
    case '!><': {
      const [low, high] = listOf(value);
      const from = one(low);
      const to = one(high);
      const isInside: Test = (actual) => {
        const own = one(actual);
        return own >= from && own <= to;
      };
      return prefix === '><' ? isInside : (actual) => !isInside(actual);
    }
    case '%':
    case '?':
    case '!%': {
      const needle = lower(value).replaceAll('%', '');
      return prefix === '!%' ? (actual) => !lower(actual).includes(needle) : (actual) => lower(actual).includes(needle);
    }
    case '=%':
    case '%=':
    case '!=%':
    case '!%=': {
      const pattern = like(lower(value));
      return prefix.startsWith('!')
        ? (actual) => !pattern.test(lower(actual))
        : (actual) => pattern.test(lower(actual));
    }
    default:
      return null;
  }
}

function ordered(prefix: string, comparison: Comparison, value: unknown, time: PortalTime): Test | null {
  const bound = comparable(comparison, value, time);
  if (Number.isNaN(bound)) return null;
  const own = (actual: unknown) => (isBlank(actual) ? null : comparable(comparison, actual, time));
  const compare = (actual: unknown, holds: (value: number | string) => boolean) => {
    const known = own(actual);
    return known !== null && holds(known);
  };
  if (prefix === '>') return (actual) => compare(actual, (known) => known > bound);
  if (prefix === '>=') return (actual) => compare(actual, (known) => known >= bound);
  if (prefix === '<') return (actual) => compare(actual, (known) => known < bound);
  return (actual) => compare(actual, (known) => known <= bound);
}

function equals(comparison: Comparison, value: unknown, time: PortalTime): Test {
  if (isBlank(value)) return (actual) => isBlank(actual) || (comparison === 'number' && Number(actual) === 0);
  const wanted = comparable(comparison, value, time);
  if (comparison === 'list') return (actual) => listOf(actual).some((own) => lower(own) === wanted);
  return (actual) => !isBlank(actual) && comparable(comparison, actual, time) === wanted;
}

function isOneOf(comparison: Comparison, values: unknown[], time: PortalTime): Test {
  const wanted = new Set(values.map((value) => comparable(comparison, value, time)));
  const withBlank = values.some(isBlank);
  if (comparison === 'list') return (actual) => listOf(actual).some((own) => wanted.has(lower(own)));
  return (actual) => (isBlank(actual) ? withBlank : wanted.has(comparable(comparison, actual, time)));
}

function comparable(comparison: Comparison, raw: unknown, time: PortalTime): number | string {
  switch (comparison) {
    case 'number':
      // A list in the place of a number counts as one, as it does in PHP.
      return typeof raw === 'object' && raw !== null ? 1 : Number(raw);
    case 'time':
      return typeof raw === 'number' ? raw : time.parse(typeof raw === 'string' ? raw : '');
    case 'day':
      return typeof raw === 'string' ? dayNumber(raw) : Number.NaN;
    default:
      return lower(raw);
  }
}

/** A date is stored as midnight UTC; a written one names its day in its first ten characters. */
function dayNumber(text: string): number {
  const isStored = text.length > 10 && Date.parse(text) % 86_400_000 === 0;
  return Date.parse(isStored ? new Date(Date.parse(text)).toISOString().slice(0, 10) : text.slice(0, 10));
}

function lower(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'y' : 'n';
  return typeof value === 'string' || typeof value === 'number' ? String(value).toLowerCase() : '';
}

function like(pattern: string): RegExp {
  const escaped = pattern
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('%', '.*')
    .replaceAll('_', '.');
  return new RegExp(`^${escaped}$`, 's');
}
