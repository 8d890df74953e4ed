import { fieldsOf, type Shown, type ShownColumn, type ShownField } from '@funnelwatch/dashboards/display';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Html, html } from '../page/html.js';
import { bar } from './bar.js';
import { MOST_WORDS } from '../page/measures.js';
import { linked } from './links.js';
import { nothing } from './nothing.js';
import type { View } from './view.js';

interface SortBy {
  displayName: string;
  desc: boolean;
}

/** Rows with their headers, in the order that the panel sorts by. */
export function tablePanel(panel: Panel, columns: readonly ShownColumn[], view: View): Html {
  const fields = fieldsOf(panel, columns, view.language);
  const rows = rowsOf(panel, fields);
  const visible = fields.filter(({ isHidden }) => !isHidden);
  if (rows.length === 0 || visible.length === 0) return nothing(panel, view.texts);
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${panel.title}">
    <table>
      <colgroup>
        ${visible.map((field) => columnOf(field, visible))}
      </colgroup>
      <thead>
        <tr>
          ${visible.map(({ header, align }) => html`<th scope="col" class="${align}" title="${header}">${header}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (index) =>
            html`<tr>
              ${visible.map((field) => cellOf(field, index, fields, view))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** Words take the room that figures leave, and are cut off where there is little of it. */
const isOfWords = ({ type, width }: ShownField): boolean => type === 'string' && width === null;

function columnOf(field: ShownField, visible: readonly ShownField[]): Html {
  if (field.width !== null) return html`<col width="${field.width}" />`;
  return isOfWords(field)
    ? html`<col class="one-of-${Math.min(MOST_WORDS, visible.filter(isOfWords).length)}" />`
    : html`<col />`;
}

/** Numbers of the rows in the order of showing. */
function rowsOf({ options }: Panel, fields: readonly ShownField[]): number[] {
  const rows = (fields[0]?.cells ?? []).map((_, index) => index);
  const { sortBy = [] } = (options ?? {}) as { sortBy?: readonly SortBy[] };
  const [by] = sortBy;
  const field = by && fields.find(({ header }) => header === by.displayName);
  if (!field) return rows;
  const sign = by.desc ? -1 : 1;
  return rows.sort((one, other) => sign * compared(field.values[one], field.values[other]));
}

/** What is missing comes first, as Grafana has it. */
function compared(one: unknown, other: unknown): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  if (one === null || other === null) return Number(other === null) - Number(one === null);
  return typeof one === 'string' && typeof other === 'string' ? one.localeCompare(other) : 0;
}

function cellOf(field: ShownField, index: number, fields: readonly ShownField[], view: View): Html {
  const shown = field.cells[index];
  if (!shown) return html`<td></td>`;
  const content = linked(shown.text, field.links, view, { fields, index });
  return html`<td class="${classOf(field, shown)}" title="${shown.text}">
    ${
      field.cell === 'gauge'
        ? html`<span class="gauge"
            >${bar(shown.share, shown.paint)}<span class="amount paint-${shown.paint}">${content}</span></span
          >`
        : content
    }
  </td>`;
}

function classOf(field: ShownField, { paint }: Shown): string {
  const place = isOfWords(field) ? `${field.align} words` : field.align;
  if (field.cell === 'text') return `${place} paint-${paint}`;
  return field.cell === 'background' ? `${place} on-${paint}` : place;
}
