import { type Html, html } from '../page/html.js';

export interface LegendItem {
  name: string;
  paint: string;
  look: 'line' | 'dashed' | 'block';
}

function swatch({ look, paint }: LegendItem): Html {
  if (look === 'block')
    return html`<svg class="swatch" aria-hidden="true">
      <rect class="fill-${paint}" y="2" width="14" height="10" />
    </svg>`;
  return html`<svg class="swatch" aria-hidden="true">
    <line
      class="line-${paint}"
      x2="14"
      y1="7"
      y2="7"
      stroke-width="3"
      ${look === 'dashed' && html` stroke-dasharray="4 3"`}
    />
  </svg>`;
}

/** Names of what a chart draws, below it. */
export const legend = (items: readonly LegendItem[]): Html =>
  html`<ul class="legend">
    ${items.map((item) => html`<li title="${item.name}">${swatch(item)}<span>${item.name}</span></li>`)}
  </ul>`;
