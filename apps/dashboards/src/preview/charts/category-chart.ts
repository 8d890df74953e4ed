import type { ShownSeries } from '@funnelwatch/dashboards/display';
import type { ChartLook, ChartOption, ChartSize } from './chart-svg.js';
import { plainGrid, valueAxis } from './axes.js';

export interface CategoryChart {
  categories: readonly string[];
  series: readonly ShownSeries[];
  isStacked: boolean;
  isHorizontal: boolean;
}

/** Most bars that their values are written on. */
const MOST_VALUES = 30;
/** Most categories that are all named, each cut to its width. */
const MOST_NAMES = 30;
/** Share of the chart that names beside horizontal bars may take. */
const NAMES = 0.35;

/** Bars by category. */
export function categoryChartOption(chart: CategoryChart, look: ChartLook, { width }: ChartSize): ChartOption {
  const { categories, series, isHorizontal } = chart;
  const names = {
    type: 'category' as const,
    data: [...categories],
    axisTick: { show: false },
    axisLine: { lineStyle: { color: look.ink.line } },
    axisLabel: {
      color: look.ink.text,
      ...(categories.length <= MOST_NAMES && { interval: 0 }),
      hideOverlap: true,
      overflow: 'truncate' as const,
      width: isHorizontal ? width * NAMES : Math.max(24, width / Math.max(1, categories.length) - 4),
    },
    // The first at the top.
    inverse: isHorizontal,
  };
  const values = valueAxis(series, isHorizontal ? 'right' : 'left', look);
  return {
    // Values are written above the bars.
    grid: { ...plainGrid, top: isHorizontal ? plainGrid.top : 22 },
    xAxis: isHorizontal ? { ...values, position: 'bottom' } : names,
    yAxis: isHorizontal ? names : values,
    series: series.map((each) => barOption(each, chart, look)),
  };
}

function barOption(
  series: ShownSeries,
  { categories, series: all, isStacked, isHorizontal }: CategoryChart,
  look: ChartLook,
) {
  const outside = isHorizontal ? ('right' as const) : ('top' as const);
  return {
    type: 'bar' as const,
    data: [...series.values],
    ...(isStacked && { stack: 'all' }),
    barCategoryGap: '30%',
    itemStyle: { color: look.colour(series.paint), opacity: 0.8 },
    label: {
      show: categories.length * all.length <= MOST_VALUES,
      position: isStacked ? ('inside' as const) : outside,
      color: look.ink.text,
      formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? series.format(value) : ''),
    },
  };
}
