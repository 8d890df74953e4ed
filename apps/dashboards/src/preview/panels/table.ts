import { fieldsOf, type Shown, type ShownColumn, type ShownField } from '@funnelwatch/dashboards/display';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import { type Html, html } from '../page/html.js';
import { bar } from './bar.js';
import { COLUMN_WIDTH, MOST_TABLE_WIDTH, TABLE_WIDTH_STEP } from '../page/measures.js';
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
    <table class="least${leastWidth(visible)}">
      <colgroup>
        ${visible.map(({ width }) => (width === null ? html`<col />` : html`<col width="${width}" />`))}
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

/** Pixels that the columns need, in whole steps: the rest of the width is shared among those without one of their own, as in Grafana. */
function leastWidth(visible: readonly ShownField[]): number {
  const needed = visible.reduce((sum, { width }) => sum + (width ?? COLUMN_WIDTH), 0);
  return Math.min(MOST_TABLE_WIDTH, Math.ceil(needed / TABLE_WIDTH_STEP) * TABLE_WIDTH_STEP);
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
  return String(one as string).localeCompare(String(other as string));
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

function classOf({ align, cell }: ShownField, { paint }: Shown): string {
  if (cell === 'text') return `${align} paint-${paint}`;
  return cell === 'background' ? `${align} on-${paint}` : align;
}
