import type { DashboardRule } from './finding.js';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import { isRow, panelsOf, placeOfPanel } from '../sql/queries-of.js';
import { showsData } from './panel-settings.js';

const uidOf = (dashboard: Dashboard): string => dashboard.uid ?? 'without uid';

const dashboardUid: DashboardRule = {
  id: 'dashboard-uid',
  check: ({ uid = '', title = '' }, { dashboards }) => {
    if (!/^[A-Za-z0-9_-]{1,40}$/.test(uid)) return [{ where: title, message: `"${uid}" is no uid` }];
    const same = dashboards.filter((other) => other.uid === uid).length;
    return same === 1 ? [] : [{ where: uid, message: `${same} dashboards have this uid` }];
  },
};

const dashboardTitle: DashboardRule = {
  id: 'dashboard-title',
  check: (dashboard, { dashboards }) => {
    const where = uidOf(dashboard);
    const { title = '', description = '' } = dashboard;
    const same = dashboards.filter((other) => other.title === title).length;
    return [
      ...(title.trim() === '' ? [{ where, message: 'It has no title' }] : []),
      ...(same > 1 ? [{ where, message: `${same} dashboards are called "${title}"` }] : []),
      ...(description.trim() === '' ? [{ where, message: 'It does not say which question it answers' }] : []),
    ];
  },
};

const panelIds: DashboardRule = {
  id: 'panel-ids',
  check: (dashboard) => {
    const seen = new Set<number>();
    const all = (dashboard.panels ?? []).flatMap((panel) => (isRow(panel) ? [panel, ...panel.panels] : [panel]));
    return all.flatMap((panel) => {
      const where = placeOfPanel(uidOf(dashboard), panel);
      const { id } = panel;
      if (id === undefined || !Number.isInteger(id) || id < 1) return [{ where, message: 'It has no id above 0' }];
      if (seen.has(id)) return [{ where, message: `Its id ${id} is taken` }];
      seen.add(id);
      return [];
    });
  },
};

const refIds: DashboardRule = {
  id: 'ref-ids',
  check: (dashboard) =>
    panelsOf(dashboard).flatMap((panel) => {
      const letters = (panel.targets ?? []).map((target) => (target as { refId?: string }).refId ?? '');
      const isGood = letters.every((letter, at) => letter !== '' && letters.indexOf(letter) === at);
      const where = placeOfPanel(uidOf(dashboard), panel);
      return isGood ? [] : [{ where, message: `Queries need letters of their own, here they are "${letters.join()}"` }];
    }),
};

const hasQueries: DashboardRule = {
  id: 'panel-has-queries',
  check: (dashboard) =>
    panelsOf(dashboard)
      .filter((panel) => showsData(panel) && !panel.targets?.length)
      .map((panel) => ({ where: placeOfPanel(uidOf(dashboard), panel), message: 'It asks nothing' })),
};

export const rulesOfIdentity: readonly DashboardRule[] = [dashboardUid, dashboardTitle, panelIds, refIds, hasQueries];
