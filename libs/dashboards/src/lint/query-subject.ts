import { expandMacros, type MacroContext } from '../sql/expand-macros.js';
import { interpolate } from '../sql/interpolate.js';
import type { PlacedQuery } from '../sql/queries-of.js';
import { readSql, type SqlShape } from '../sql/shape/read-sql.js';
import type { Rule } from './finding.js';

/** A query with the names of the variables that may stand in it; none in an alert. */
export interface QuerySubject {
  query: PlacedQuery;
  variables: readonly string[];
}

export type QueryRule = Rule<QuerySubject>;

/** A range and a width to expand macros with where no one is asked for. */
export const sampleContext: MacroContext = {
  from: new Date('2026-01-01T00:00:00Z'),
  to: new Date('2026-01-02T00:00:00Z'),
  intervalMs: 60_000,
};

/** SQL as Grafana would send it with one value chosen everywhere. Throws what `interpolate` and `expandMacros` throw. */
function sentSql({ query, variables }: QuerySubject): string {
  const chosen = Object.fromEntries(variables.map((name) => [name, { one: 'x' }]));
  return expandMacros(interpolate(query.text, chosen), sampleContext);
}

/** The shape of SQL, undefined for PromQL and where the text cannot be sent, which is a finding of its own. */
export function shapeOf(subject: QuerySubject): SqlShape | undefined {
  if (subject.query.language !== 'sql') return undefined;
  try {
    return readSql(sentSql(subject));
  } catch {
    return undefined;
  }
}
