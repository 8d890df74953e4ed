import type { GridPos, Panel, RowPanel } from '@grafana/grafana-foundation-sdk/dashboard';
import { isRow, placeOfPanel } from '../sql/queries-of.js';
import type { Complaint, DashboardRule } from './finding.js';

const COLUMNS = 24;

const insideGrid: DashboardRule = {
  id: 'inside-grid',
  check: ({ uid = '', panels = [] }) =>
    panels
      .flatMap((panel) => (isRow(panel) ? [panel, ...panel.panels] : [panel]))
      .filter((panel) => !isInside(panel.gridPos))
      .map((panel) => ({
        where: placeOfPanel(uid, panel),
        message: `Its place is not in the grid of ${COLUMNS} columns: ${JSON.stringify(panel.gridPos)}`,
      })),
};

function isInside(place: GridPos | undefined): boolean {
  if (!place) return false;
  const { x, y, w, h } = place;
  return [x, y, w, h].every(Number.isInteger) && x >= 0 && y >= 0 && w > 0 && h > 0 && x + w <= COLUMNS;
}

/** Panels of a folded row take their place when it is unfolded: they are held against each other only. */
const noOverlap: DashboardRule = {
  id: 'no-overlap',
  check: ({ uid = '', panels = [] }) => [
    ...overlaps(uid, panels),
    ...panels.filter(isRow).flatMap((row) => overlaps(uid, row.panels)),
  ],
};

function overlaps(uid: string, panels: readonly (Panel | RowPanel)[]): Complaint[] {
  return panels.flatMap((panel, at) =>
    panels
      .slice(0, at)
      .filter((earlier) => doOverlap(panel.gridPos, earlier.gridPos))
      .map((earlier) => ({ where: placeOfPanel(uid, panel), message: `It covers "${earlier.title ?? earlier.type}"` })),
  );
}

function doOverlap(one: GridPos | undefined, other: GridPos | undefined): boolean {
  if (!one || !other) return false;
  const isBeside = one.x + one.w <= other.x || other.x + other.w <= one.x;
  const isAbove = one.y + one.h <= other.y || other.y + other.h <= one.y;
  return !isBeside && !isAbove;
}

const rowPanels: DashboardRule = {
  id: 'row-panels',
  check: ({ uid = '', panels = [] }) =>
    panels.filter(isRow).flatMap((row) => {
      const where = placeOfPanel(uid, row);
      if (!row.title?.trim()) return [{ where, message: 'The row has no title' }];
      if (row.collapsed !== row.panels.length > 0) {
        return [{ where, message: 'A folded row holds its panels, an open one is followed by them' }];
      }
      return [];
    }),
};

export const rulesOfLayout: readonly DashboardRule[] = [insideGrid, noOverlap, rowPanels];
