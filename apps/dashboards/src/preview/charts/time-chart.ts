import type { Language } from '@funnelwatch/dashboards';
import type { ShownSeries, ShownTimeSeries } from '@funnelwatch/dashboards/display';
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { Marks } from '../asking/ask-dashboard.js';
import type { Range } from '../asking/range.js';
import type { ChartLook, ChartOption, ChartSize } from './chart-svg.js';
import { plainGrid, valueAxis } from './axes.js';
import { ticksOf } from './ticks.js';

export interface TimeChart {
  drawn: readonly ShownTimeSeries[];
  range: Range;
  marks: readonly Marks[];
  /** Lines across at values, with names of colours. */
  limits: readonly { value: number; paint: string }[];
  language: Language;
}

/** Most points that are marked by a dot each. */
const MOST_DOTS = 40;
/** Pixels that the text of an instant needs. */
const TICK_WIDTH = 60;
const AXES = ['left', 'right'] as const;

/** Series over the range, in the colours, dashes and bars that the panel gives them. */
export function timeChartOption(chart: TimeChart, look: ChartLook, size: ChartSize): ChartOption {
  const series = chart.drawn.flatMap(({ times, series: each }) => each.map((one) => ({ one, times })));
  const axes = AXES.filter((axis) => axis === 'left' || series.some(({ one }) => one.axis === axis));
  const lines = linesAcross(chart, look);
  return {
    grid: plainGrid,
    xAxis: timeAxis(chart, look, size),
    yAxis: axes.map((axis) =>
      valueAxis(
        series.flatMap(({ one }) => (one.axis === axis ? [one] : [])),
        axis,
        look,
      ),
    ),
    series: series.map(({ one, times }, index) => ({
      ...(one.draw === 'bars' ? barsOption(one, times, chart.range, look, size) : lineOption(one, times, look)),
      yAxisIndex: axes.indexOf(one.axis),
      ...(one.isStacked && { stack: one.axis }),
      ...(index === 0 &&
        lines.length > 0 && { markLine: { silent: true, symbol: 'none', animation: false, data: lines } }),
    })),
  };
}

const pointsOf = ({ values }: ShownSeries, times: readonly number[]): [number, number | null][] =>
  times.map((time, index) => [time, values[index] ?? null]);

function lineOption(series: ShownSeries, times: readonly number[], { colour }: ChartLook): LineSeriesOption {
  const color = colour(series.paint);
  return {
    type: 'line',
    data: pointsOf(series, times),
    showSymbol: times.length <= MOST_DOTS,
    symbol: 'circle',
    symbolSize: 4,
    itemStyle: { color },
    lineStyle: { color, width: Math.max(1.5, series.lineWidth), type: series.isDashed ? [8, 8] : 'solid' },
    ...(series.isStepped && { step: 'end' }),
    ...(series.fillOpacity > 0 && { areaStyle: { color, opacity: series.fillOpacity / 100 } }),
  };
}

/** Bars of several series stand before each other at one instant, as those of Grafana. */
function barsOption(
  series: ShownSeries,
  times: readonly number[],
  range: Range,
  { colour }: ChartLook,
  { width }: ChartSize,
): BarSeriesOption {
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const gap = Math.min(...gaps, range.to.getTime() - range.from.getTime());
  const gapPixels = (gap / (range.to.getTime() - range.from.getTime())) * width;
  return {
    type: 'bar',
    data: pointsOf(series, times),
    barGap: '-100%',
    barWidth: Math.min(100, Math.max(1, gapPixels * 0.6)),
    itemStyle: { color: colour(series.paint), opacity: Math.max(0.2, series.fillOpacity / 100) },
  };
}

function timeAxis({ range, language }: TimeChart, { ink }: ChartLook, { width }: ChartSize): ChartOption['xAxis'] {
  const { instants, isByDay } = ticksOf(range, width / TICK_WIDTH);
  const written = new Intl.DateTimeFormat(
    language === 'ru' ? 'ru-RU' : 'en-GB',
    isByDay ? { day: '2-digit', month: '2-digit' } : { hour: '2-digit', minute: '2-digit' },
  );
  return {
    type: 'time',
    min: range.from.getTime(),
    max: range.to.getTime(),
    // Bars at the ends are cut off instead of moving the ends.
    containShape: false,
    axisLine: { lineStyle: { color: ink.line } },
    axisTick: { show: false, customValues: instants },
    splitLine: { show: false },
    axisLabel: {
      color: ink.text,
      hideOverlap: true,
      customValues: instants,
      formatter: (at: number) => written.format(at),
    },
  };
}

/** Marks at instants and lines at limits. */
function linesAcross({ marks, range, limits }: TimeChart, { colour }: ChartLook) {
  const upright = marks.flatMap(({ marks: each, paint }) =>
    each
      .filter(({ at }) => at >= range.from.getTime() && at <= range.to.getTime())
      .map(({ at }) => ({
        xAxis: at,
        lineStyle: { color: colour(paint), type: 'dashed' as const },
        label: { show: false },
      })),
  );
  const level = limits.map(({ value, paint }) => ({
    yAxis: value,
    lineStyle: { color: colour(paint), type: 'dashed' as const },
    label: { show: false },
  }));
  return [...upright, ...level];
}
