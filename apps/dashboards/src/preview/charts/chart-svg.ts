import { colourNamed, type Theme } from '@funnelwatch/dashboards/display';
import { BarChart, type BarSeriesOption, LineChart, type LineSeriesOption } from 'echarts/charts';
import { GridComponent, type GridComponentOption, MarkLineComponent } from 'echarts/components';
import { type ComposeOption, init, setPlatformAPI, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

export type ChartOption = ComposeOption<BarSeriesOption | LineSeriesOption | GridComponentOption>;

export interface ChartSize {
  width: number;
  height: number;
}

/** Colours of what is not data. */
interface Ink {
  text: string;
  line: string;
}

/** Without quotes: it goes into an attribute as it is. */
const FONT = 'Inter, Roboto, Helvetica, Arial, sans-serif';
const FONT_SIZE = 12;

const inks: Record<Theme, Ink> = {
  dark: { text: 'rgba(204, 204, 220, 0.8)', line: 'rgba(204, 204, 220, 0.12)' },
  light: { text: 'rgba(36, 41, 46, 0.8)', line: 'rgba(36, 41, 46, 0.12)' },
};

/** Everything that a chart takes its colours from. */
export interface ChartLook {
  ink: Ink;
  /** A named colour of Grafana as CSS. */
  colour: (paint: string) => string;
}

export const lookOf = (theme: Theme): ChartLook => ({ ink: inks[theme], colour: (paint) => colourNamed(paint, theme) });

use([BarChart, LineChart, GridComponent, MarkLineComponent, SVGRenderer]);
// There is no canvas to measure letters with; without one, letters beyond ASCII are taken for squares.
setPlatformAPI({
  measureText: (text, font) => ({ width: text.length * 0.56 * (Number(/(\d+)px/.exec(font ?? '')?.[1]) || FONT_SIZE) }),
});

/** A chart as the text of an SVG. */
export function chartSvg(option: ChartOption, { width, height }: ChartSize): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: FONT, fontSize: FONT_SIZE }, ...option });
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
