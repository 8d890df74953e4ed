import type { ShownSeries } from '@funnelwatch/dashboards/display';
import type { ChartLook } from './chart-svg.js';

/** Room around the axes for their labels and nothing else. */
export const plainGrid = {
  left: 4,
  right: 10,
  top: 10,
  bottom: 4,
  outerBoundsMode: 'same',
  outerBoundsContain: 'axisLabel',
  outerBounds: { left: 0, right: 0, top: 4, bottom: 0 },
} as const;

/** An axis for the values of some series, written as they write theirs. */
export function valueAxis(series: readonly ShownSeries[], position: 'left' | 'right', { ink }: ChartLook) {
  const [first] = series;
  const least = series.find(({ min }) => min !== null)?.min ?? null;
  const most = series.find(({ max }) => max !== null)?.max ?? null;
  return {
    type: 'value' as const,
    position,
    scale: least === null,
    splitNumber: 4,
    // Finer, and two lines would bear the same text.
    minInterval: first?.leastStep ?? 0,
    ...(least !== null && { min: least }),
    ...(most !== null && { max: most }),
    splitLine: { show: position === 'left', lineStyle: { color: ink.line } },
    axisLabel: { color: ink.text, formatter: (value: number) => first?.format(value) ?? String(value) },
  };
}
