import { fieldsOf, type Shown, type ShownColumn, type ShownField } from '@funnelwatch/dashboards/display';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Html, html } from '../page/html.js';
import { legend } from './legend.js';
import { nothing } from './nothing.js';
import type { View } from './view.js';

/** Bands of what something was, from each instant to the next and the last one to the end of the range. */
export function stateTimelinePanel(panel: Panel, columns: readonly ShownColumn[], view: View): Html {
  const fields = fieldsOf(panel, columns, view.language);
  const times = (fields.find(({ name }) => name === 'time')?.values ?? []).map(Number);
  const states = fields.filter(({ name, isHidden }) => name !== 'time' && !isHidden);
  if (times.length === 0 || states.length === 0) return nothing(panel, view.texts);
  const seen = new Map(states.flatMap(({ cells }) => cells.map((cell) => [cell.text, cell] as const)));
  const items = [...seen.values()].map(({ text, paint }) => ({ name: text, paint, look: 'block' as const }));
  return html`<ol class="bands">
      ${states.map((field) => band(field, times, view))}
    </ol>
    ${legend(items)}`;
}

function band({ header, cells }: ShownField, times: readonly number[], { range }: View): Html {
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  const at = (instant: number): number => Math.min(100, Math.max(0, ((instant - from) / (to - from)) * 100));
  const stretch = (cell: Shown, index: number): Html => {
    const [start, end] = [at(times[index] ?? to), at(times[index + 1] ?? to)];
    return html`<rect
      class="fill-${cell.paint}"
      x="${start.toFixed(2)}%"
      width="${(end - start).toFixed(2)}%"
      height="100%"
      ><title>${cell.text}</title></rect
    >`;
  };
  return html`<li>
    <span class="name" title="${header}">${header}</span
    ><svg class="band" role="img" aria-label="${header}">${cells.map(stretch)}</svg>
  </li>`;
}
