import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { AlertFile } from '../sql/alert-file.js';
import { queriesOfDashboard, queriesOfRule } from '../sql/queries-of.js';
import type { Finding, LintContext, Rule } from './finding.js';
import type { QueryRule } from './query-subject.js';
import { rulesOfAlerts } from './rules-of-alerts.js';
import { rulesOfColours } from './rules-of-colours.js';
import { rulesOfDashboards } from './rules-of-dashboards.js';
import { rulesOfIdentity } from './rules-of-identity.js';
import { rulesOfLayout } from './rules-of-layout.js';
import { rulesOfLinks } from './rules-of-links.js';
import { rulesOfPanels } from './rules-of-panels.js';
import { rulesOfPromql } from './rules-of-promql.js';
import { rulesOfSources } from './rules-of-sources.js';
import { rulesOfSqlShape } from './rules-of-sql-shape.js';
import { rulesOfSqlText } from './rules-of-sql-text.js';
import { rulesOfVariables } from './rules-of-variables.js';

const dashboardRules = [
  ...rulesOfIdentity,
  ...rulesOfLayout,
  ...rulesOfSources,
  ...rulesOfDashboards,
  ...rulesOfVariables,
  ...rulesOfPanels,
  ...rulesOfColours,
  ...rulesOfLinks,
];

/** Of queries, wherever they stand. */
const queryRules: readonly QueryRule[] = [...rulesOfSqlText, ...rulesOfSqlShape, ...rulesOfPromql];

/** Rules about an alert among the others. */
const UNIQUE_ALERT = 'alert-unique';

/** Every rule there is, in the order in which they are asked. */
export const ruleIds: readonly string[] = [
  ...[...dashboardRules, ...queryRules, ...rulesOfAlerts].map((rule) => rule.id),
  UNIQUE_ALERT,
];

/** What is wrong with a built dashboard, by every rule; nothing when it is good. Changes nothing. */
export function lintDashboard(dashboard: Dashboard, context: LintContext): Finding[] {
  const variables = (dashboard.templating.list ?? []).map((variable) => variable.name);
  const queries = queriesOfDashboard(dashboard).map((query) => ({ query, variables }));
  return [
    ...applied(dashboardRules, dashboard, context),
    ...queries.flatMap((subject) => applied(queryRules, subject, context)),
  ];
}

/** What is wrong with files of alert rules, which are held against the dashboards of the context. */
export function lintAlerts(files: readonly AlertFile[], context: LintContext): Finding[] {
  const rules = files.flatMap((file) => file.groups).flatMap((group) => group.rules);
  return [
    ...rules.flatMap((rule) => applied(rulesOfAlerts, rule, context)),
    ...rules.flatMap(queriesOfRule).flatMap((query) => applied(queryRules, { query, variables: [] }, context)),
    ...repeated(rules.map((rule) => rule.uid ?? '')),
    ...repeated(rules.map((rule) => rule.title ?? '')),
  ];
}

function applied<Subject>(rules: readonly Rule<Subject>[], subject: Subject, context: LintContext): Finding[] {
  return rules.flatMap(({ id, check }) => check(subject, context).map((complaint) => ({ rule: id, ...complaint })));
}

const repeated = (names: readonly string[]): Finding[] =>
  names
    .filter((name, at) => names.indexOf(name) !== at)
    .map((name) => ({ rule: UNIQUE_ALERT, where: `alert ${name}`, message: 'Another alert is called so' }));
