import type { Theme } from '@funnelwatch/dashboards/display';
import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Html, html } from '../page/html.js';
import { NARROW_WIDTH, panelSize, windows } from '../page/measures.js';
import { type ChartLook, type ChartOption, type ChartSize, chartSvg, lookOf } from './chart-svg.js';

/** Below the chart. */
const LEGEND_HEIGHT = 28;
const NARROW_HEIGHT = 220;
const LEAST_HEIGHT = 80;

type Drawing = (look: ChartLook, size: ChartSize) => ChartOption;

/**
 * A chart drawn for both themes and some widths of pages, of which the browser takes one. As a picture it needs neither scripts
 * nor styles of the page.
 */
export function chartPicture(title: string, place: GridPos | undefined, drawing: Drawing): Html {
  const drawn = (theme: Theme, size: ChartSize): string => dataUrl(chartSvg(drawing(lookOf(theme), size), size));
  const narrow = { width: NARROW_WIDTH, height: NARROW_HEIGHT };
  const onDark = '(prefers-color-scheme: dark)';
  return html`<picture class="chart">
    ${windows.map(({ from, width }) => {
      const panel = panelSize(place, width);
      const size = { ...panel, height: Math.max(LEAST_HEIGHT, panel.height - LEGEND_HEIGHT) };
      const onWindow = `(min-width: ${from}px)`;
      return html`<source media="${onWindow} and ${onDark}" srcset="${drawn('dark', size)}" />
        <source media="${onWindow}" srcset="${drawn('light', size)}" />`;
    })}
    <source media="${onDark}" srcset="${drawn('dark', narrow)}" />
    <img src="${drawn('light', narrow)}" alt="${title}" />
  </picture>`;
}

const dataUrl = (svg: string): string => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
