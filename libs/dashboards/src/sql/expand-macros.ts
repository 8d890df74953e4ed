import { formatInterval, parseInterval } from './intervals.js';
import { stripComments } from './lex-sql.js';

/** What Grafana knows when it sends a query. */
export interface MacroContext {
  from: Date;
  to: Date;
  /** Width of a point, as the panel asks for it. */
  intervalMs: number;
}

type Macro = (name: string, args: readonly string[], context: MacroContext) => string;

/**
 * SQL as the PostgreSQL data source of Grafana sends it: without comments, macros replaced. Variables are to be replaced
 * before. A macro ends at the first closing parenthesis, whatever it holds. Throws for an unknown macro, a missing
 * argument, a fill that is none, and intervals by month or year.
 */
export function expandMacros(sql: string, context: MacroContext): string {
  const plain = stripComments(sql)
    .replaceAll('$__interval_ms', String(context.intervalMs))
    .replaceAll('$__interval', formatInterval(context.intervalMs))
    .replaceAll('$__unixEpochFrom()', String(seconds(context.from)))
    .replaceAll('$__unixEpochTo()', String(seconds(context.to)));
  return plain.replace(/\$([_a-zA-Z0-9]+)\(([^)]*)\)/g, (call: string, name: string, inside: string) => {
    const meant = isGroupOfOldDashboards(plain, call, name) ? '__timeGroupAlias' : name;
    const macro = Object.hasOwn(macros, meant) ? macros[meant] : undefined;
    if (!macro) throw new Error(`Unknown macro $${name}`);
    // Spaces alone: Grafana leaves line breaks.
    const args = inside.split(',').map((argument) => argument.replace(/^ +| +$/g, ''));
    return macro(name, args, context);
  });
}

/** What follows the first such call in the text decides about all of them; Grafana does so too. */
const isGroupOfOldDashboards = (sql: string, call: string, name: string): boolean =>
  name === '__timeGroup' && sql.charAt(sql.indexOf(call) + call.length) === ',';

const macros: Readonly<Record<string, Macro>> = {
  __time: (name, args) => `${column(name, args)} AS "time"`,
  __timeEpoch: (name, args) => `extract(epoch from ${column(name, args)}) as "time"`,
  __timeFilter: (name, args, { from, to }) => `${column(name, args)} BETWEEN '${instant(from)}' AND '${instant(to)}'`,
  __timeFrom: (_name, _args, { from }) => `'${instant(from)}'`,
  __timeTo: (_name, _args, { to }) => `'${instant(to)}'`,
  __timeGroup: timeGroup,
  __timeGroupAlias: (name, args) => `${timeGroup(name, args)} AS "time"`,
  __unixEpochFilter: (name, args, { from, to }) => between(column(name, args), seconds(from), seconds(to)),
  __unixEpochNanoFilter: (name, args, { from, to }) => between(column(name, args), nanoseconds(from), nanoseconds(to)),
  __unixEpochNanoFrom: (_name, _args, { from }) => String(nanoseconds(from)),
  __unixEpochNanoTo: (_name, _args, { to }) => String(nanoseconds(to)),
  __unixEpochGroup: epochGroup,
  __unixEpochGroupAlias: (name, args) => `${epochGroup(name, args)} AS "time"`,
};

/** Whether Grafana replaces `$name`, with or without arguments, in SQL. */
export const isMacro = (name: string): boolean =>
  Object.hasOwn(macros, name) || ['__interval', '__interval_ms', '__unixEpochFrom', '__unixEpochTo'].includes(name);

function timeGroup(name: string, args: readonly string[]): string {
  const width = groupWidth(name, args);
  return `floor(extract(epoch from ${column(name, args)})/${width})*${width}`;
}

function epochGroup(name: string, args: readonly string[]): string {
  const width = groupWidth(name, args);
  return `floor((${column(name, args)})/${width})*${width}`;
}

function column(name: string, args: readonly string[]): string {
  const [first = ''] = args;
  if (first === '') throw new Error(`$${name} needs a column`);
  return first;
}

function groupWidth(name: string, args: readonly string[]): string {
  const [, interval, fill] = args;
  if (interval === undefined) throw new Error(`$${name} needs a column and an interval`);
  const milliseconds = parseInterval(interval.replace(/^'+|'+$/g, ''));
  if (args.length === 3 && !/^(?:null|previous|[+-]?\d+(?:\.\d+)?)$/i.test(fill ?? '')) {
    throw new Error(`$${name} cannot fill with ${fill}`);
  }
  return asGoWrites(milliseconds / 1_000);
}

/** Seven digits and more come out as `1.0368e+06`, which PostgreSQL reads alike. */
function asGoWrites(value: number): string {
  if (value < 1_000_000) return String(value);
  return value.toExponential().replace(/e\+(\d)$/, 'e+0$1');
}

const between = (expression: string, from: number | bigint, to: number | bigint): string =>
  `${expression} >= ${from} AND ${expression} <= ${to}`;

const seconds = (at: Date): number => Math.floor(at.getTime() / 1_000);
const nanoseconds = (at: Date): bigint => BigInt(at.getTime()) * 1_000_000n;

/** RFC 3339 in UTC without trailing zeros of the fraction. */
const instant = (at: Date): string => at.toISOString().replace(/\.?0*Z$/, 'Z');
