import type { ShownColumn } from '@funnelwatch/dashboards/display';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { AskedPanel } from '../asking/ask-dashboard.js';
import { type Html, html } from '../page/html.js';
import { barChartPanel } from './bar-chart.js';
import { barGaugePanel } from './bar-gauge.js';
import { statPanel } from './stat.js';
import { stateTimelinePanel } from './state-timeline.js';
import { tablePanel } from './table.js';
import { textPanel } from './text.js';
import { timeSeriesPanel } from './time-series.js';
import type { View } from './view.js';

type Kind = (panel: Panel, answers: readonly (readonly ShownColumn[])[], view: View) => Html;

/** A kind of panel that shows the answer to one query. */
const ofOne =
  (kind: (panel: Panel, columns: readonly ShownColumn[], view: View) => Html): Kind =>
  (panel, [columns = []], view) =>
    kind(panel, columns, view);

const kinds: Readonly<Record<string, Kind>> = {
  stat: ofOne(statPanel),
  bargauge: ofOne(barGaugePanel),
  table: ofOne(tablePanel),
  timeseries: timeSeriesPanel,
  barchart: ofOne(barChartPanel),
  'state-timeline': ofOne(stateTimelinePanel),
  text: textPanel,
};

/** A panel with its title, what is known about it behind that, and what came of asking; placed from `top`, in units of height. */
export function panelHtml({ panel, answer }: AskedPanel, view: View, top = 0): Html {
  const { x = 0, y = 0, w = 24, h = 8 } = panel.gridPos ?? {};
  return html`<article class="panel ${panel.type} x${x} y${y - top} w${w} h${h}">
    <h3 title="${panel.description}">
      <span>${panel.title}</span>${panel.description && html` <span class="about" aria-hidden="true">i</span>`}
    </h3>
    <div class="content">${contentOf({ panel, answer }, view)}</div>
  </article>`;
}

function contentOf({ panel, answer }: AskedPanel, view: View): Html {
  if (answer.state === 'prometheus') return html`<p class="elsewhere">${view.texts.prometheus}</p>`;
  if (answer.state === 'failed') return failure(answer.message, view);
  const kind = Object.hasOwn(kinds, panel.type) ? kinds[panel.type] : undefined;
  if (!kind) return html`<p class="elsewhere">${view.texts.unknownKind(panel.type)}</p>`;
  try {
    return kind(panel, answer.answers, view);
  } catch (error) {
    // What one panel cannot show must not take the others away.
    return failure(error instanceof Error ? error.message : '', view);
  }
}

const failure = (message: string, { texts }: View): Html =>
  html`<div class="failed" role="alert">
    <p>${texts.failed}</p>
    <p class="cause">${message}</p>
  </div>`;
