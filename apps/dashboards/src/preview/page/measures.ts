import type { GridPos } from '@grafana/grafana-foundation-sdk/dashboard';

/** Columns of Grafana's grid. */
export const COLUMNS = 24;
/** Pixels of a unit of height, and between panels. */
export const UNIT_HEIGHT = 30;
export const GAP = 8;

/** Letters of a figure from which on it does not get smaller. */
export const MOST_LETTERS = 30;

/** Columns of words in a table among which the room that figures leave is still shared out. */
export const MOST_WORDS = 6;

/** Pixels of the window from which on panels stand side by side. */
export const WIDE_FROM = 900;
/** Pixels for a chart on narrow pages. */
export const NARROW_WIDTH = 340;

/** Windows that charts are drawn for where panels stand side by side; from `from` on, as for `width`. */
export const windows = [
  { from: 1_550, width: 1_800 },
  { from: WIDE_FROM, width: 1_280 },
] as const;

/** Beside the panels of a page. */
const MARGINS = 32;
const PADDING = { width: 2 * 13, height: 2 * 9 };
const HEADER_HEIGHT = 30;

/** Pixels inside of a panel below its header, in a window of a width. */
export function panelSize(place: GridPos | undefined, windowWidth: number): { width: number; height: number } {
  const { w = COLUMNS, h = 8 } = place ?? {};
  return {
    width: Math.floor(((windowWidth - MARGINS + GAP) / COLUMNS) * w - GAP - PADDING.width),
    height: h * (UNIT_HEIGHT + GAP) - GAP - HEADER_HEIGHT - PADDING.height,
  };
}
