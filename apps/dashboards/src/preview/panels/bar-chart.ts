import { barsOf, type ShownColumn } from '@funnelwatch/dashboards/display';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { categoryChartOption } from '../charts/category-chart.js';
import { chartPicture } from '../charts/chart-picture.js';
import { type Html, html } from '../page/html.js';
import { legend } from './legend.js';
import { nothing } from './nothing.js';
import type { View } from './view.js';

interface BarChartOptions {
  orientation?: string;
  stacking?: string;
}

/** Bars by category, the names of series below. */
export function barChartPanel(panel: Panel, columns: readonly ShownColumn[], view: View): Html {
  const { categories, series } = barsOf(panel, columns, view.language);
  if (categories.length === 0 || series.length === 0) return nothing(panel, view.texts);
  const { orientation, stacking = 'none' } = (panel.options ?? {}) as BarChartOptions;
  const chart = { categories, series, isStacked: stacking !== 'none', isHorizontal: orientation === 'horizontal' };
  const items = series.map(({ name, paint }) => ({ name, paint, look: 'block' as const }));
  const picture = chartPicture(panel.title ?? '', panel.gridPos, (look, size) =>
    categoryChartOption(chart, look, size),
  );
  return html`${picture}${legend(items)}`;
}
