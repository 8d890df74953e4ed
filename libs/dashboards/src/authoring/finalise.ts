import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import {
  type Dashboard,
  type DashboardLink,
  type Panel,
  type RowPanel,
  VariableRefresh,
  VariableType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { AuthoringError } from './authoring-error.js';
import { MIXED } from './datasources.js';

/** A query as it stands in the JSON, whatever its source. */
export interface Target {
  refId?: string;
  datasource?: DataSourceRef;
}

const isRow = (panel: Panel | RowPanel): panel is RowPanel => panel.type === 'row';

/** Every panel of a dashboard in reading order, those inside of folded rows too; rows themselves are left out. */
export const panelsOf = (dashboard: Dashboard): Panel[] =>
  (dashboard.panels ?? []).flatMap((panel) => (isRow(panel) ? panel.panels : [panel]));

/** The queries of a panel. */
export const targetsOf = (panel: Panel): Target[] => (panel.targets ?? []) as unknown as Target[];

/** The parts of a panel's options that are repaired here. */
interface Options {
  legend?: { showLegend: boolean; displayMode: string; placement: string };
  tooltip?: { mode: string; sort: string };
  reduceOptions?: { calcs: string[] };
}

const optionsOf = (panel: Panel): Options => (panel.options ?? {}) as Options;

const WITH_LEGEND = new Set(['timeseries', 'barchart', 'state-timeline', 'piechart']);

/** The SDK hides every legend. One that is hidden on purpose says so by its display mode. */
function showLegends(panel: Panel): void {
  const { legend } = optionsOf(panel);
  if (!WITH_LEGEND.has(panel.type) || legend?.displayMode === 'hidden') return;
  panel.options = {
    ...optionsOf(panel),
    legend: { displayMode: 'list', placement: 'bottom', calcs: [], ...legend, showLegend: true },
  };
}

/** Without it a reducing panel takes the last value, null or not. */
function reduceToLastNotNull(panel: Panel): void {
  const { reduceOptions } = optionsOf(panel);
  if (reduceOptions?.calcs.length === 0) reduceOptions.calcs = ['lastNotNull'];
}

/** All series under the pointer, the highest first. */
function showAllSeriesInTooltip(panel: Panel): void {
  if (panel.type === 'timeseries') {
    panel.options = { ...optionsOf(panel), tooltip: { ...optionsOf(panel).tooltip, mode: 'multi', sort: 'desc' } };
  }
}

/** A letter for every query of a panel: its own where it is the first to have it, else the next that is free. */
function allotLetters(panel: Panel): void {
  const targets = targetsOf(panel);
  const own = new Set<string>();
  const without = targets.filter((target) => {
    if (!target.refId || own.has(target.refId)) return true;
    own.add(target.refId);
    return false;
  });
  const free = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((letter) => !own.has(letter));
  for (const target of without) {
    target.refId = free.shift();
    if (target.refId === undefined) {
      throw new AuthoringError('TOO_MANY_QUERIES', `"${panel.title ?? ''}" has more queries than letters.`);
    }
  }
}

/** A panel is asked by the source of its queries, or says that there are several. */
function nameSource(panel: Panel): void {
  const sources = new Map(targetsOf(panel).map(({ datasource }) => [datasource?.uid, datasource]));
  if (sources.size > 1) panel.datasource = { ...MIXED };
  else panel.datasource ??= [...sources.values()][0];
}

/** The SDK files links and annotations away into a menu. */
function dropPlacement(items: readonly object[] | undefined): void {
  for (const item of items ?? []) delete (item as { placement?: string }).placement;
}

function dropPlacements(panel: Panel): void {
  dropPlacement(panel.links);
  dropPlacement(panel.fieldConfig?.defaults.links);
  for (const { properties } of panel.fieldConfig?.overrides ?? []) {
    for (const { id, value } of properties) if (id === 'links') dropPlacement(value as DashboardLink[]);
  }
}

/** Ids 1..n in reading order: addresses of panels and links of alerts rest on them. */
function number(dashboard: Dashboard): void {
  let last = 0;
  for (const panel of dashboard.panels ?? []) {
    panel.id = ++last;
    if (isRow(panel)) for (const inside of panel.panels) inside.id = ++last;
  }
}

function repairVariables(dashboard: Dashboard): void {
  for (const variable of dashboard.templating.list ?? []) {
    variable.allowCustomValue = false;
    if (variable.type === VariableType.Query) variable.refresh ??= VariableRefresh.OnTimeRangeChanged;
  }
}

const REPAIRS = [
  showLegends,
  reduceToLastNotNull,
  showAllSeriesInTooltip,
  allotLetters,
  nameSource,
  dropPlacements,
] as const;

/**
 * A dashboard of the SDK as plain JSON with the SDK's defaults put right: legends shown, links and annotations where people
 * see them, ids 1..n, letters of queries, tooltips, variables that take listed values only and follow the range. The input stays as it is.
 *
 * @throws AuthoringError UID_MISSING, UNPLACED_PANEL, TOO_MANY_QUERIES
 */
export function finalise(built: Dashboard): Dashboard {
  if (!built.uid) throw new AuthoringError('UID_MISSING', `"${built.title ?? ''}" has no uid.`);
  const dashboard = JSON.parse(JSON.stringify(built)) as Dashboard;
  for (const panel of panelsOf(dashboard)) {
    if (!panel.gridPos) throw new AuthoringError('UNPLACED_PANEL', `"${panel.title ?? ''}" has no place.`);
    for (const repair of REPAIRS) repair(panel);
  }
  dropPlacement(dashboard.links);
  dropPlacement(dashboard.annotations.list);
  repairVariables(dashboard);
  number(dashboard);
  return dashboard;
}
