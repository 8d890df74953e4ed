import type { SqlShape } from '../sql/shape/read-sql.js';
import type { PlacedQuery } from '../sql/queries-of.js';
import type { LintContext } from './finding.js';
import { type QueryRule, shapeOf } from './query-subject.js';

/** More rows than anybody reads; Grafana holds all of them in memory. */
const MOST_ROWS = 10_000;
const SCHEMA = 'grafana.';
/** Functions that make rows out of their arguments and read nothing. */
const rowFunctions = ['generate_series', 'unnest'];

/** Types that every version of the data source reads; anything else is to be cast to text. */
const readableTypes =
  /^(?:|text|character varying|character|name|"char"|boolean|smallint|integer|bigint|real|double precision|numeric|date|timestamp(?: with(?:out)? time zone)?)(?:\(\d+(?:,\d+)?\))?$/;
const unreadableCasts = /^(?:uuid|jsonb?|interval|bytea|xml|inet)$|\[\]$/;

/** A rule that looks at the shape of SQL; silent where the text cannot be sent, which the rules of the text tell. */
const shapeRule = (
  id: string,
  check: (shape: SqlShape, query: PlacedQuery, context: LintContext) => string[],
): QueryRule => ({
  id,
  check: (subject, context) => {
    const shape = shapeOf(subject);
    const { query } = subject;
    return shape ? check(shape, query, context).map((message) => ({ where: query.where, message })) : [];
  },
});

const isSeries = (query: PlacedQuery): boolean => query.format === 'time_series' && query.kind !== 'variable';

const names = (shape: SqlShape): string[] => shape.columns.map((column) => column.name);

export const rulesOfSqlShape: readonly QueryRule[] = [
  shapeRule('sql-one-select', ({ isOneSelect }) => (isOneSelect ? [] : ['It is not one SELECT'])),
  shapeRule('sql-star', ({ hasStar }) => (hasStar ? ['It selects *: name the columns'] : [])),
  shapeRule('sql-column-names', (shape) => [
    ...(shape.columns.length === 0 ? ['Its columns cannot be read'] : []),
    // A star is told of by its own rule.
    ...(shape.hasStar ? [] : names(shape))
      .filter((name, at, all) => name === '?column?' || all.indexOf(name) !== at)
      .map((name) => (name === '?column?' ? 'A column has no name' : `Two columns are called "${name}"`)),
  ]),
  shapeRule('sql-limit', ({ limit, isOneRow }, query) => {
    // An alert returns a row an entity, and must not leave one out.
    if (isSeries(query) || query.kind === 'alert' || isOneRow) return [];
    if (limit === undefined) return ['A table needs a LIMIT in numbers'];
    return limit > MOST_ROWS ? [`LIMIT ${limit} is more than ${MOST_ROWS}`] : [];
  }),
  shapeRule('sql-time-column', (shape, query) =>
    isSeries(query) && !names(shape).includes('time') ? ['A series needs a column "time"'] : [],
  ),
  shapeRule('sql-time-order', (shape, query) =>
    isSeries(query) && !shape.isInOrderOfTime ? ['A series needs ORDER BY time'] : [],
  ),
  shapeRule('sql-relations', ({ relations, functions }, _query, { views }) => [
    ...relations
      .filter((name) => !name.startsWith(SCHEMA) || !Object.hasOwn(views, name.slice(SCHEMA.length)))
      .map((name) => `${name} is no view of the schema grafana`),
    ...functions.filter((name) => !rowFunctions.includes(name)).map((name) => `It reads from the function ${name}`),
  ]),
  shapeRule('sql-output-types', ({ columns, relations }, _query, { views }) =>
    columns.flatMap(({ name, column, cast }) => {
      if (cast !== undefined) return unreadableCasts.test(cast) ? [`"${name}" is ${cast}: cast it to text`] : [];
      const types = relations.flatMap((relation) => views[relation.slice(SCHEMA.length)]?.[column ?? ''] ?? []);
      const unreadable = types.find((type) => !readableTypes.test(type));
      return unreadable === undefined ? [] : [`"${name}" is ${unreadable}: cast it to text`];
    }),
  ),
  shapeRule('sql-variable-columns', (shape, { kind }) =>
    kind === 'variable' && ['__text', '__value'].some((name) => !names(shape).includes(name))
      ? ['The query of a variable gives __text and __value']
      : [],
  ),
  shapeRule('sql-annotation-columns', (shape, { kind }) =>
    kind === 'annotation' && ['time', 'text'].some((name) => !names(shape).includes(name))
      ? ['The query of an annotation gives time and text']
      : [],
  ),
];
