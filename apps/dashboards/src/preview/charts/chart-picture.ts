import type { Theme } from '@funnelwatch/dashboards/display';
import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Html, html } from '../page/html.js';
import { panelSize, NARROW_WIDTH, WIDE_FROM } from '../page/measures.js';
import { type ChartLook, type ChartOption, type ChartSize, chartSvg, lookOf } from './chart-svg.js';

/** Below the chart. */
const LEGEND_HEIGHT = 28;
const NARROW_HEIGHT = 220;

type Drawing = (look: ChartLook, size: ChartSize) => ChartOption;

/**
 * A chart drawn for both themes and both widths of pages, of which the browser takes one. As a picture it needs neither scripts
 * nor styles of the page.
 */
export function chartPicture(title: string, place: GridPos | undefined, drawing: Drawing): Html {
  const panel = panelSize(place);
  const wide = { width: panel.width, height: Math.max(80, panel.height - LEGEND_HEIGHT) };
  const narrow = { width: NARROW_WIDTH, height: NARROW_HEIGHT };
  const drawn = (theme: Theme, size: ChartSize): string => dataUrl(chartSvg(drawing(lookOf(theme), size), size));
  const [onWide, onDark] = [`(min-width: ${WIDE_FROM}px)`, '(prefers-color-scheme: dark)'];
  return html`<picture class="chart">
    <source media="${onWide} and ${onDark}" srcset="${drawn('dark', wide)}" />
    <source media="${onWide}" srcset="${drawn('light', wide)}" />
    <source media="${onDark}" srcset="${drawn('dark', narrow)}" />
    <img src="${drawn('light', narrow)}" alt="${title}"
  /></picture>`;
}

const dataUrl = (svg: string): string => `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
