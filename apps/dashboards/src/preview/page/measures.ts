import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';

/** Columns of Grafana's grid. */
export const COLUMNS = 24;
/** Pixels of a unit of height, and between panels. */
export const UNIT_HEIGHT = 30;
export const GAP = 8;

/** Letters of a figure from which on it does not get smaller. */
export const MOST_LETTERS = 30;

/** Pixels of a column of a table that has no width of its own. */
export const COLUMN_WIDTH = 150;
/** Steps in which tables say how wide they are at least, and the last of them. */
export const TABLE_WIDTH_STEP = 50;
export const MOST_TABLE_WIDTH = 4_000;

/** Pixels of the window from which on panels stand side by side. */
export const WIDE_FROM = 900;
/** Pixels for a chart on narrow pages. */
export const NARROW_WIDTH = 340;

/** Pixels that panels have side by side in a window of 1280. */
const USUAL_WIDTH = 1248;
const PADDING = { width: 2 * 13, height: 2 * 9 };
const HEADER_HEIGHT = 30;

/** Pixels inside of a panel below its header, in a window of 1280. */
export function panelSize(place: GridPos | undefined): { width: number; height: number } {
  const { w = COLUMNS, h = 8 } = place ?? {};
  return {
    width: Math.floor(((USUAL_WIDTH + GAP) / COLUMNS) * w - GAP - PADDING.width),
    height: h * (UNIT_HEIGHT + GAP) - GAP - HEADER_HEIGHT - PADDING.height,
  };
}
