import type { Complaint, LintContext, PromqlReading, PromqlSelector } from './finding.js';
import type { PlacedQuery } from '../sql/queries-of.js';
import type { QueryRule } from './query-subject.js';

/** Functions that read a counter as what is added to it. */
const ofCounters = ['rate', 'irate', 'increase', 'resets'];
/** Functions that only ask whether a series is there. */
const ofPresence = ['absent', 'absent_over_time', 'present_over_time', 'count', 'group'];

/** Grafana puts in a duration for these. */
const withoutVariables = (expression: string): string =>
  expression
    .replace(/\$\{?__(?:rate_interval|interval|range)\}?(?!_)/g, '5m')
    .replace(/\$\{?__(?:interval_ms|range_ms|range_s)\}?/g, '300')
    .replace(/\$\{(\w+)[^}]*\}|\$(\w+)/g, 'x');

/** A variable asks by functions of its own: `label_values(metric, label)`. */
function expressionOf({ language, kind, text }: PlacedQuery): string | undefined {
  if (language !== 'promql' || kind !== 'variable') return language === 'promql' ? text : undefined;
  if (/^\s*(?:label_names\(\)|label_values\(\s*\w+\s*\))\s*$/.test(text)) return undefined;
  const asked = /^\s*(?:label_values\((.+),\s*\w+\s*\)|query_result\((.+)\))\s*$/s.exec(text);
  return asked?.[1] ?? asked?.[2] ?? text;
}

const promqlRule = (
  id: string,
  check: (reading: PromqlReading, context: LintContext, query: PlacedQuery) => string[],
): QueryRule => ({
  id,
  check: ({ query }, context): Complaint[] => {
    const expression = expressionOf(query);
    if (expression === undefined) return [];
    return check(context.readPromql(withoutVariables(expression)), context, query).map((message) => ({
      where: query.where,
      message: `${message}: ${query.text}`,
    }));
  },
});

/** What a series belongs to, and whether it only grows. A histogram and a summary have series of their own. */
function metricOf({ metric }: PromqlSelector, { metrics }: LintContext): { isCounter: boolean } | undefined {
  const own = Object.hasOwn(metrics, metric) ? metrics[metric] : undefined;
  if (own === 'counter' || own === 'gauge') return { isCounter: own === 'counter' };
  const [, base = '', part = ''] = /^(.*)_(bucket|sum|count)$/.exec(metric) ?? [];
  const family = Object.hasOwn(metrics, base) ? metrics[base] : undefined;
  if (family === 'histogram' || (family === 'summary' && part !== 'bucket')) return { isCounter: true };
  return own === 'summary' ? { isCounter: false } : undefined;
}

export const rulesOfPromql: readonly QueryRule[] = [
  promqlRule('promql-parses', ({ hasError, selectors }, _context, { kind }) => {
    if (hasError) return ['It is not PromQL'];
    // An alert may always fire, to show that alerts arrive.
    return selectors.length === 0 && kind !== 'alert' ? ['It selects nothing'] : [];
  }),
  promqlRule('promql-known-metrics', ({ selectors }, context) =>
    selectors
      .filter((selector) => metricOf(selector, context) === undefined)
      .map(({ metric }) => (metric === '' ? 'A selector names no metric' : `No program has the metric ${metric}`)),
  ),
  promqlRule('promql-counters', ({ selectors }, context, { kind }) =>
    selectors.flatMap((selector) => {
      if (kind === 'variable' || selector.functions.some((name) => ofPresence.includes(name))) return [];
      const isRead = selector.functions.some((name) => ofCounters.includes(name));
      const metric = metricOf(selector, context);
      if (!metric || isRead === metric.isCounter) return [];
      return [
        metric.isCounter ? `The counter ${selector.metric} needs rate or increase` : `${selector.metric} is no counter`,
      ];
    }),
  ),
];
