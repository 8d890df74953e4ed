import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import type { Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { AuthoringError } from './authoring-error.js';

/** Columns of Grafana's grid; a unit of height is 30 pixels. */
const GRID_COLUMNS = 24;

/** Panels side by side, all of the same height. */
export interface Line {
  height: number;
  cells: readonly (readonly [width: number, panel: Builder<Panel>])[];
}

/** Lines under a title that folds them; without a title they stand at the top. */
export interface Section {
  title?: string;
  collapsed: boolean;
  lines: readonly Line[];
}

/** A line of panels with their widths in columns of 24. */
export const line = (height: number, ...cells: [width: number, panel: Builder<Panel>][]): Line => ({ height, cells });

/** A line of panels of equal width; their number divides 24. */
export const evenLine = (height: number, ...panels: Builder<Panel>[]): Line => ({
  height,
  cells: panels.map((panel) => [GRID_COLUMNS / panels.length, panel] as const),
});

/** Lines that stand at the top of a dashboard, without a title. */
export const head = (...lines: Line[]): Section => ({ collapsed: false, lines });

/** Lines under a title. */
export const section = (title: string, ...lines: Line[]): Section => ({ title, collapsed: false, lines });

/** Lines that are folded away under their title until somebody opens it, and ask for nothing until then. */
export const foldedSection = (title: string, ...lines: Line[]): Section => ({ title, collapsed: true, lines });

function panelsOf({ height, cells }: Line, y: number): Panel[] {
  const width = cells.reduce((sum, [own]) => sum + own, 0);
  if (cells.some(([own]) => !Number.isInteger(own) || own < 1) || width > GRID_COLUMNS || !(height >= 1)) {
    throw new AuthoringError(
      'LINE_SIZE',
      `A line of height ${height} and widths ${cells.map(([own]) => own).join(' + ')} does not fit ${GRID_COLUMNS} columns.`,
    );
  }
  let x = 0;
  return cells.map(([own, builder]) => {
    const panel = { ...builder.build(), gridPos: { x, y, w: own, h: height } };
    x += own;
    return panel;
  });
}

/**
 * Places every panel explicitly. The SDK's own placement lets the panel after a collapsed row begin where the hidden
 * panels ended.
 *
 * @throws AuthoringError LINE_SIZE
 */
export function place(sections: readonly Section[]): (Panel | RowPanel)[] {
  const placed: (Panel | RowPanel)[] = [];
  let y = 0;
  for (const { title, collapsed, lines } of sections) {
    const panels: Panel[] = [];
    const row: RowPanel = {
      type: 'row',
      id: 0,
      title,
      collapsed,
      gridPos: { x: 0, y, w: GRID_COLUMNS, h: 1 },
      panels: collapsed ? panels : [],
    };
    if (title !== undefined) {
      placed.push(row);
      y += 1;
    }
    let below = y;
    for (const each of lines) {
      panels.push(...panelsOf(each, below));
      below += each.height;
    }
    if (!collapsed) {
      placed.push(...panels);
      y = below;
    }
  }
  return placed;
}
