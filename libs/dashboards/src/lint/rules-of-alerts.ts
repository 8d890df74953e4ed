import { type AlertRule, EXPRESSION_UID } from '../sql/alert-file.js';
import { queriesOfRule } from '../sql/queries-of.js';
import type { AlertRuleRule, LintContext } from './finding.js';
import { isSource } from './rules-of-sources.js';

const severities = ['critical', 'warning', 'info'];
const DURATION = /^(?:0|\d+[smhd])(?:\d+[smh])*$/;

const alertRule = (id: string, check: (rule: AlertRule, context: LintContext) => string[]): AlertRuleRule => ({
  id,
  check: (rule, context) =>
    check(rule, context).map((message) => ({ where: `alert ${rule.uid ?? rule.title ?? 'without uid'}`, message })),
});

const missing = (named: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(named).flatMap(([name, value]) => (value?.trim() ? [] : [`It has no ${name}`]));

export const rulesOfAlerts: readonly AlertRuleRule[] = [
  alertRule('alert-uid', ({ uid = '', title }) => [
    ...(/^[A-Za-z0-9_-]{1,40}$/.test(uid) ? [] : [`"${uid}" is no uid`]),
    ...missing({ title }),
  ]),
  alertRule('alert-words', ({ annotations = {} }) => {
    const { summary, description } = annotations;
    return missing({ summary, description });
  }),
  alertRule('alert-runbook', ({ annotations = {} }, { hasRunbook }) => {
    const url = annotations.runbook_url;
    if (!url) return ['It has no runbook_url'];
    return hasRunbook(url) ? [] : [`Nothing is written at ${url}`];
  }),
  alertRule('alert-labels', ({ labels = {} }) => [
    ...(severities.includes(labels.severity ?? '') ? [] : [`Its severity is none of ${severities.join(', ')}`]),
    ...missing({ team: labels.team }),
  ]),
  alertRule('alert-for', (rule) =>
    DURATION.test(rule.for ?? '') ? [] : ['It does not say for how long it must hold'],
  ),
  alertRule('alert-states', ({ noDataState = '', execErrState = '' }) => [
    ...(['Alerting', 'NoData', 'OK', 'KeepLast'].includes(noDataState) ? [] : ['It does not say what no data means']),
    ...(['Alerting', 'Error', 'OK', 'KeepLast'].includes(execErrState) ? [] : ['It does not say what an error means']),
  ]),
  alertRule('alert-panel', ({ dashboardUid = '', panelId }, { dashboards }) => {
    const dashboard = dashboards.find((known) => known.uid === dashboardUid);
    if (!dashboard) return [`There is no dashboard "${dashboardUid}"`];
    return dashboard.panelIds.includes(panelId ?? 0)
      ? []
      : [`"${dashboardUid}" has no panel ${panelId ?? 'without id'}`];
  }),
  alertRule('alert-queries', (rule) => {
    const letters = rule.data.map((query) => query.refId);
    const unknown = rule.data.filter(({ datasourceUid: uid }) => uid !== EXPRESSION_UID && !isSource(uid));
    return [
      ...(queriesOfRule(rule).length === 0 ? ['It asks nothing'] : []),
      ...(letters.includes(rule.condition ?? '')
        ? []
        : [`Its condition "${rule.condition ?? ''}" is none of its steps`]),
      ...(new Set(letters).size === letters.length ? [] : ['Two of its steps have one letter']),
      ...unknown.map(({ datasourceUid }) => `"${datasourceUid}" is no source`),
    ];
  }),
  /** What Grafana does with a dollar sign there has changed between versions. */
  alertRule('alert-dollar', ({ annotations = {}, labels = {} }) =>
    Object.entries({ ...annotations, ...labels })
      .filter(([, text]) => text.includes('$'))
      .map(([name]) => `A dollar sign stands in its ${name}: write {{ .Labels.… }}`),
  ),
];
