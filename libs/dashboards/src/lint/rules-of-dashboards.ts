import { type Dashboard, DashboardCursorSync } from '@grafana/grafana-foundation-sdk/dashboard';
import { queriesOfDashboard } from '../sql/queries-of.js';
import type { DashboardRule, LintContext } from './finding.js';

/** Off, or no more often than the least that Grafana is configured to allow (30 s). */
const refreshes = ['', '30s', '1m', '5m', '15m', '30m', '1h'];
const PORTAL = 'portal';
const CHANGES = /\bgrafana\.configuration_change\b/;

const dashboardRule = (
  id: string,
  check: (dashboard: Dashboard, context: LintContext) => string | undefined,
): DashboardRule => ({
  id,
  check: (dashboard, context) => {
    const message = check(dashboard, context);
    return message === undefined ? [] : [{ where: dashboard.uid ?? dashboard.title ?? '', message }];
  },
});

export const rulesOfDashboards: readonly DashboardRule[] = [
  dashboardRule('not-editable', ({ editable }) =>
    editable === false ? undefined : 'It may be edited, and loses that with the next start',
  ),
  dashboardRule('refresh', ({ refresh = '' }) =>
    refreshes.includes(refresh) ? undefined : `It is asked anew every "${refresh}"`,
  ),
  dashboardRule('timezone', ({ timezone = '' }, context) =>
    timezone === context.timezone
      ? undefined
      : `Its time zone is "${timezone}", that of the others "${context.timezone}"`,
  ),
  dashboardRule('time-range', ({ time }) =>
    time?.from && time.to ? undefined : 'It does not say which time it shows at first',
  ),
  dashboardRule('shared-crosshair', ({ graphTooltip }) =>
    graphTooltip === DashboardCursorSync.Crosshair ? undefined : 'Its charts do not share a crosshair',
  ),
  dashboardRule('data-as-of', ({ panels = [] }) =>
    panels.some(({ type, title }) => type === 'stat' && /data as of|данные на/i.test(title ?? ''))
      ? undefined
      : 'Nothing on it says how old its data is: a stat "Data as of", outside of folded rows',
  ),
  dashboardRule('configuration-changes', (dashboard) => {
    const hasPortal = (dashboard.templating.list ?? []).some((variable) => variable.name === PORTAL);
    const shown = (dashboard.annotations.list ?? []).filter((annotation) => annotation.enable).map(({ name }) => name);
    const tellsChanges = queriesOfDashboard(dashboard).some(
      ({ kind, where, text }) =>
        kind === 'annotation' &&
        shown.some((name) => where.endsWith(`@${name}`)) &&
        CHANGES.test(text) &&
        text.includes(`\${${PORTAL}:sqlstring}`),
    );
    return !hasPortal || tellsChanges ? undefined : 'Changes of the configuration of the portal are not annotated';
  }),
];
