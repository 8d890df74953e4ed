import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { panelsOf, placeOfPanel } from '../sql/queries-of.js';
import type { DashboardRule } from './finding.js';
import { KNOWN_UNITS } from './known-units.js';
import { fieldSettingsOf, optionOf, showsData } from './panel-settings.js';

/** Panels with a legend, which the SDK leaves out unless it is asked for. */
const withLegend = [
  'timeseries',
  'barchart',
  'piechart',
  'state-timeline',
  'status-history',
  'histogram',
  'xychart',
  'trend',
];
/** Panels that reduce a query to one value a field, or show its rows. */
const reducing = ['stat', 'gauge', 'bargauge', 'piechart'];

const panelRule = (id: string, check: (panel: Panel) => string[], isFor = showsData): DashboardRule => ({
  id,
  check: (dashboard) =>
    panelsOf(dashboard)
      .filter(isFor)
      .flatMap((panel) =>
        check(panel).map((message) => ({ where: placeOfPanel(dashboard.uid ?? '', panel), message })),
      ),
});

/** A unit of the list, or on purpose a suffix, before which Grafana puts a blank itself, or a date by its pattern. */
const isKnownUnit = (unit: string): boolean => KNOWN_UNITS.has(unit) || /^(?:suffix:\S|time:.|currency:.)/.test(unit);

export const rulesOfPanels: readonly DashboardRule[] = [
  panelRule('panel-title', ({ title }) => (title?.trim() ? [] : ['It has no title'])),
  panelRule('panel-description', ({ description }) =>
    description?.trim() ? [] : ['It does not say what it shows, from where, and what to do about it'],
  ),
  panelRule('panel-unit', (panel) =>
    fieldSettingsOf(panel).some(({ unit }) => unit) ? [] : ['Its figures have no unit'],
  ),
  panelRule('known-unit', (panel) =>
    fieldSettingsOf(panel)
      .flatMap(({ unit }) => unit ?? [])
      .filter((unit) => !isKnownUnit(unit))
      .map((unit) => `Grafana does not know the unit "${unit}"`),
  ),
  panelRule('panel-no-value', (panel) =>
    fieldSettingsOf(panel)[0]?.noValue?.trim() ? [] : ['It does not say what it shows where there is no value'],
  ),
  panelRule(
    'panel-legend',
    (panel) => (optionOf(panel, 'legend', 'showLegend') === true ? [] : ['Its legend is off']),
    ({ type }) => withLegend.includes(type),
  ),
  panelRule(
    'panel-reduction',
    (panel) => {
      const calcs = optionOf(panel, 'reduceOptions', 'calcs');
      const showsRows = optionOf(panel, 'reduceOptions', 'values') === true;
      return showsRows || (Array.isArray(calcs) && calcs.length > 0) ? [] : ['It does not say which value it shows'];
    },
    ({ type }) => reducing.includes(type),
  ),
];
