import { linksOfValues, reducedDisplayOf, type ShownColumn } from '@funnelwatch/dashboards/display';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Html, html } from '../page/html.js';
import { bar } from './bar.js';
import { linked } from './links.js';
import { nothing } from './nothing.js';
import type { View } from './view.js';

/** Horizontal bars, the name at the left of each and its value at the right. */
export function barGaugePanel(panel: Panel, columns: readonly ShownColumn[], view: View): Html {
  if ((columns[0]?.values.length ?? 0) === 0) return nothing(panel, view.texts);
  const links = linksOfValues(panel);
  return html`<ol class="bars">
    ${reducedDisplayOf(panel, columns, view.language).map(
      ({ field, text, paint, share }) =>
        html`<li>
          <span class="name" title="${field}">${field}</span>${bar(share, paint)}<span class="amount paint-${paint}"
            >${linked(text, links, view)}</span
          >
        </li>`,
    )}
  </ol>`;
}
