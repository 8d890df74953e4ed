import { describe, expect, test } from '@jest/globals';
import { DashboardBuilder, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { evenLine, foldedSection, head, line, place, section } from './layout.js';

const panel = (title: string): PanelBuilder => new PanelBuilder().title(title);
const positions = (placed: ReturnType<typeof place>): [string, number, number, number, number][] =>
  placed.map(({ title = '', gridPos }) => [title, gridPos!.x, gridPos!.y, gridPos!.w, gridPos!.h]);

test('lines stand below each other, panels beside each other, each at a stated place', () => {
  const placed = place([
    head(line(4, [6, panel('a')], [18, panel('b')]), evenLine(8, panel('c'), panel('d'))),
    section('More', line(3, [24, panel('e')])),
  ]);
  expect(positions(placed)).toEqual([
    ['a', 0, 0, 6, 4],
    ['b', 6, 0, 18, 4],
    ['c', 0, 4, 12, 8],
    ['d', 12, 4, 12, 8],
    ['More', 0, 12, 24, 1],
    ['e', 0, 13, 24, 3],
  ]);
});

describe('after a folded section', () => {
  const folded = (): ReturnType<typeof place> =>
    place([foldedSection('Folded', line(9, [12, panel('inside')])), section('Next', line(9, [12, panel('after')]))]);

  test('the next panel begins at the left, right below the title', () => {
    expect(positions(folded())).toEqual([
      ['Folded', 0, 0, 24, 1],
      ['Next', 0, 1, 24, 1],
      ['after', 0, 2, 12, 9],
    ]);
  });

  test('the folded panels are inside their row, placed below it', () => {
    expect(folded()[0]).toMatchObject({
      type: 'row',
      collapsed: true,
      panels: [{ title: 'inside', gridPos: { x: 0, y: 1, w: 12, h: 9 } }],
    });
  });

  test('the SDK alone would begin where the hidden panels ended', () => {
    const { panels } = new DashboardBuilder('x')
      .withRow(new RowBuilder('Folded').collapsed(true).withPanel(panel('inside')))
      .withPanel(panel('after'))
      .build();
    expect(panels?.[1]?.gridPos?.x).toBe(12);
  });
});

test.each([
  ['wider than the grid', line(4, [12, panel('a')], [13, panel('b')])],
  ['of five panels of equal width', evenLine(4, ...['a', 'b', 'c', 'd', 'e'].map(panel))],
  ['without height', line(0, [12, panel('a')])],
  ['with a panel without width', line(4, [0, panel('a')])],
])('a line %s is refused', (_, wrong) => {
  expect(() => place([head(wrong)])).toThrow('LINE_SIZE');
});
