import { seriesOf, type ShownColumn } from '@funnelwatch/dashboards/display';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { chartPicture } from '../charts/chart-picture.js';
import { timeChartOption } from '../charts/time-chart.js';
import { type Html, html } from '../page/html.js';
import { legend, type LegendItem } from './legend.js';
import { nothing } from './nothing.js';
import type { View } from './view.js';

/** Lines and bars over the range, their names below. */
export function timeSeriesPanel(panel: Panel, answers: readonly (readonly ShownColumn[])[], view: View): Html {
  const drawn = answers.map((columns) => seriesOf(panel, columns, view.language));
  const series = drawn.flatMap(({ series: each }) => each);
  if (!series.some(({ values }) => values.some((value) => value !== null))) return nothing(panel, view.texts);
  const marks = view.marks.filter((kind) => kind.marks.length > 0);
  const chart = { drawn, marks, limits: limitsOf(panel), range: view.range, language: view.language };
  const items: LegendItem[] = [
    ...series.map(({ name, paint, isDashed, draw }) => ({ name, paint, look: lookOf(draw, isDashed) })),
    ...marks.map(({ name, paint }) => ({ name, paint, look: 'dashed' as const })),
  ];
  const picture = chartPicture(panel.title ?? '', panel.gridPos, (look, size) => timeChartOption(chart, look, size));
  return html`${picture}${legend(items)}`;
}

function lookOf(draw: 'line' | 'bars', isDashed: boolean): LegendItem['look'] {
  if (draw === 'bars') return 'block';
  return isDashed ? 'dashed' : 'line';
}

/** Limits that the panel draws as lines; the first step has no value, it is below everything. */
function limitsOf({ fieldConfig }: Panel): { value: number; paint: string }[] {
  const custom = fieldConfig?.defaults.custom as { thresholdsStyle?: { mode?: string } } | undefined;
  if ((custom?.thresholdsStyle?.mode ?? 'off') === 'off') return [];
  return (fieldConfig?.defaults.thresholds?.steps ?? []).flatMap(({ value, color }) =>
    value === null ? [] : [{ value, paint: color }],
  );
}
