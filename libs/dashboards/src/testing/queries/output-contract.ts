import type { PlacedQuery } from '../../sql/queries-of.js';
import type { QueryResult, ResultColumn } from './sent-query.js';

type TypeKind = 'number' | 'text' | 'time' | 'boolean';

/** Types that every version of the data source reads; all others are to be cast to text. */
const readable: ReadonlyMap<number, TypeKind> = new Map<number, TypeKind>([
  [16, 'boolean'],
  ...[20, 21, 23, 700, 701, 1700].map((oid): [number, TypeKind] => [oid, 'number']),
  ...[19, 25, 1042, 1043].map((oid): [number, TypeKind] => [oid, 'text']),
  ...[1082, 1114, 1184].map((oid): [number, TypeKind] => [oid, 'time']),
]);

const namesOfTypes: Readonly<Record<number, string>> = {
  114: 'json',
  3802: 'jsonb',
  2950: 'uuid',
  1186: 'interval',
  17: 'bytea',
  1009: 'text[]',
  1007: 'integer[]',
  2951: 'uuid[]',
};

/** More points than a chart can show. */
const MOST_POINTS = 50_000;

const kindOf = (column: ResultColumn): TypeKind | undefined => readable.get(column.typeOid);

/** What is wrong with an answer, by what Grafana makes of the format and the kind of the query. */
export function contractProblems(query: PlacedQuery, result: QueryResult, mostRows: number): string[] {
  return [...typeProblems(result), ...problemsOfKind(query, result, mostRows)];
}

function problemsOfKind(query: PlacedQuery, result: QueryResult, mostRows: number): string[] {
  if (query.kind === 'variable') return [...rowProblems(result, mostRows), ...variableProblems(result)];
  if (query.kind === 'annotation') return [...rowProblems(result, mostRows), ...annotationProblems(result)];
  if (query.format === 'time_series') return [...rowProblems(result, MOST_POINTS), ...seriesProblems(result)];
  return [...rowProblems(result, mostRows), ...(query.kind === 'alert' ? alertProblems(result) : [])];
}

const rowProblems = ({ rows }: QueryResult, most: number): string[] =>
  rows.length < most ? [] : [`It returns ${rows.length} rows and more`];

const typeProblems = ({ columns }: QueryResult): string[] => [
  ...columns
    .filter((column) => kindOf(column) === undefined)
    .map(({ name, typeOid }) => `"${name}" is ${namesOfTypes[typeOid] ?? `of type ${typeOid}`}: cast it to text`),
  ...columns
    .filter(({ name }, at) => columns.findIndex((other) => other.name === name) !== at)
    .map(({ name }) => `Two columns are called "${name}"`),
];

function seriesProblems({ columns, rows }: QueryResult): string[] {
  const at = columns.findIndex((column) => column.name === 'time');
  const time = columns[at];
  if (!time) return ['A series has no column "time"'];
  const others = columns.filter((column) => column !== time);
  const isWrong = (column: ResultColumn): boolean => !['number', 'text', undefined].includes(kindOf(column));
  return [
    ...(['time', 'number'].includes(kindOf(time) ?? '') ? [] : ['The column "time" is no time']),
    ...(others.some((column) => kindOf(column) === 'number') ? [] : ['A series has no column of numbers']),
    ...others.filter(isWrong).map(({ name }) => `"${name}" of a series is neither a number nor a text`),
    ...orderProblems(rows.map((row) => instantOf(row[at] ?? null, kindOf(time)))),
    ...repeatedPoints(columns, rows, at),
  ];
}

/** Milliseconds since 1970, NaN for what is no instant. */
function instantOf(value: string | null, kind: TypeKind | undefined): number {
  if (value === null) return NaN;
  return kind === 'number' ? Number(value) : Date.parse(value.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}

function orderProblems(instants: readonly number[]): string[] {
  if (instants.some((instant) => Number.isNaN(instant))) return ['The column "time" holds what is no instant'];
  const isAscending = instants.every((instant, at) => at === 0 || instant >= (instants[at - 1] ?? 0));
  return isAscending ? [] : ['The column "time" does not ascend'];
}

/** Of two values for one point of one series, one is lost. */
function repeatedPoints(columns: ResultColumn[], rows: (string | null)[][], at: number): string[] {
  const labels = columns.flatMap((column, index) => (index === at || kindOf(column) === 'text' ? [index] : []));
  const points = new Set(rows.map((row) => JSON.stringify(labels.map((index) => row[index]))));
  return points.size === rows.length ? [] : ['A series has two values for one instant'];
}

/** One number an entity, named by texts; without a time. */
function alertProblems({ columns, rows }: QueryResult): string[] {
  const kinds = columns.map(kindOf);
  const value = kinds.indexOf('number');
  const labels = rows.map((row) => JSON.stringify(row.filter((_cell, at) => at !== value)));
  return [
    ...(kinds.includes('time') || columns.some((column) => column.name === 'time') ? ['An alert has a time'] : []),
    ...(kinds.filter((kind) => kind === 'number').length === 1 ? [] : ['An alert needs exactly one number']),
    ...(kinds.includes('boolean') ? ['An alert is named by texts, not by booleans'] : []),
    ...(new Set(labels).size === labels.length ? [] : ['Two rows of an alert have the same labels']),
    ...(rows.some((row) => row[value] === null) ? ['A row of an alert has no number'] : []),
  ];
}

function variableProblems({ columns, rows }: QueryResult): string[] {
  const at = columns.findIndex((column) => column.name === '__value');
  const text = columns.findIndex((column) => column.name === '__text');
  if (at === -1 || text === -1) return ['A variable has no columns __text and __value'];
  const values = rows.map((row) => row[at]);
  return [
    ...([at, text].every((index) => columns[index] && kindOf(columns[index]) === 'text')
      ? []
      : ['An option is no text']),
    ...(rows.some((row) => row[at] === null || row[text] === null) ? ['An option is null'] : []),
    ...(new Set(values).size === values.length ? [] : ['Two options have one value']),
    ...(values.some((value) => value?.includes('"')) ? ['A value with a double quote never matches'] : []),
  ];
}

function annotationProblems({ columns, rows }: QueryResult): string[] {
  const at = columns.findIndex((column) => column.name === 'time');
  const time = columns[at];
  const hasText = columns.some((column) => column.name === 'text' && kindOf(column) === 'text');
  if (!time || !hasText) return ['An annotation has no columns time and text'];
  const instants = rows.map((row) => instantOf(row[at] ?? null, kindOf(time)));
  return instants.some((instant) => Number.isNaN(instant)) ? ['An annotation has no instant'] : [];
}
