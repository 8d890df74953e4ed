import { linksOfValues, reducedDisplayOf, type ShownColumn } from '@funnelwatch/dashboards/display';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Html, html } from '../page/html.js';
import { MOST_LETTERS } from '../page/measures.js';
import { linked } from './links.js';
import type { View } from './view.js';

/** Letters that stay on one line whatever their words. */
const ONE_LINE = 12;

/** Letters that have to find room on a line: longer texts take two, as equal as their words let them be. */
function lettersOf(text: string): number {
  const breaks = text.length <= ONE_LINE ? [] : [...text.matchAll(/ /g)].map(({ index }) => index);
  const onLine = Math.min(text.length, ...breaks.map((at) => Math.max(at, text.length - at - 1)));
  return Math.min(MOST_LETTERS, Math.max(1, onLine));
}

/** One large figure, in the colour of its limits where it has some. */
export function statPanel(panel: Panel, columns: readonly ShownColumn[], view: View): Html {
  const { colorMode } = (panel.options ?? {}) as { colorMode?: string };
  const links = linksOfValues(panel);
  return html`<div class="figures">
    ${reducedDisplayOf(panel, columns, view.language).map(
      ({ text, paint }) =>
        html`<p class="figure letters${lettersOf(text)} paint-${colorMode === 'none' ? 'text' : paint}" title="${text}">
          ${linked(text, links, view)}
        </p>`,
    )}
  </div>`;
}
