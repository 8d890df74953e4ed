import { describe, expect, test } from '@jest/globals';
import type { MotivationScheme } from '@funnelwatch/motivation';
import fc from 'fast-check';
import { march } from '../plans/written-plan.spec-fixture.js';
import { sellersScheme } from '../schemes/written-scheme.spec-fixture.js';
import { amountCell, shareCell, wholeCell } from './cell-readers.js';
import type { CellError } from './cells.js';
import { cellsOfPlan, changesOfPlan, planOfCells } from './plan-sheet.js';
import { cellsOfScheme, changesOfScheme, schemeOfCells } from './scheme-sheet.js';

const indicators = new Set(['contacts', 'meetings', 'proposals']);
const told = (errors: readonly CellError[]) =>
  errors.map(({ cell, code, value, expected }) => [cell, code, value, expected]);
/** As a spreadsheet program gives amounts and shares back. */
const everything: MotivationScheme = {
  ...sellersScheme,
  commission: { ...sellersScheme.commission!, quota: 'plan' },
  spiffs: [{ id: 'launch', indicator: 'meetings', amount: '500.50', from: '2026-03-01', to: '2026-03-31' }],
  teamBonus: { amount: '5000.00', from: '0.9' },
  ...{ floor: '15000.00', cap: '90000.00', draw: { amount: '10000.00', recoverable: true } },
};
const normal = (scheme: MotivationScheme | null) =>
  JSON.parse(JSON.stringify(scheme).replace(/"(0\.\d*?)0+"/g, '"$1"')) as unknown;

describe('a scheme in a sheet', () => {
  test('comes back as it was', () => {
    const cells = cellsOfScheme({ scheme: everything, sellerIds: ['6', '7'] });
    const { scheme, sellerIds, errors } = schemeOfCells(cells, indicators);
    expect([told(errors), sellerIds]).toEqual([[], ['6', '7']]);
    expect(normal(scheme)).toEqual(normal(everything));
  });

  test('says of every wrong cell what it holds and what belongs there, and gives no scheme', () => {
    const cells = [
      ['Схема', 'Отдел'],
      ['Оклад', 'двадцать'],
      ['Оклад', 20_000],
      ['Премия директора', 1],
      ['# заметка', 'ничего'],
      ['Показатель', 'Баллов', 'Штраф'],
      ['meetings', 2.5, 100],
      ['contacts', null],
      [],
      ['От доли нормы', 'Ставка'],
      [0, -0.1],
    ];
    const { scheme, errors } = schemeOfCells(cells, indicators);
    expect(scheme).toBeNull();
    expect(told(errors)).toEqual([
      ['B2', 'VALUE_INVALID', 'двадцать', 'amount'],
      ['A3', 'LABEL_TWICE', 'Оклад', ''],
      ['A4', 'LABEL_UNKNOWN', 'Премия директора', ''],
      ['C6', 'COLUMN_UNKNOWN', 'Штраф', 'Показатель, Баллов, В день не больше, В месяц не больше, До доли цели'],
      ['B7', 'VALUE_INVALID', '2.5', 'whole'],
      ['B8', 'VALUE_MISSING', '', 'whole'],
      ['B11', 'VALUE_INVALID', '-0.1', 'share'],
    ]);
  });

  test('points at the cell where tiers fall, overlap or leave a gap, and at an indicator that nobody counts', () => {
    const cells = cellsOfScheme({ scheme: sellersScheme, sellerIds: ['6'] }).map((row) => [...row]);
    const at = (label: string) => cells.findIndex(([first]) => first === label);
    const tiers = at('От доли нормы');
    (cells[tiers + 2] as unknown[])[1] = 0.05;
    (cells[tiers + 3] as unknown[])[0] = 0.8;
    (cells[at('Показатель') + 1] as unknown[])[0] = 'calls';
    const { errors } = schemeOfCells(cells, indicators);
    expect(told(errors).map(([cell, , , expected]) => [cell, expected])).toEqual([
      [`A${at('Показатель') + 2}`, 'INDICATOR_UNKNOWN'],
      [`B${tiers + 3}`, 'TABLE_FALLS'],
      [`A${tiers + 4}`, 'TABLE_NOT_ASCENDING'],
    ]);
  });

  test('tells what it changes', () => {
    const before = { scheme: sellersScheme, sellerIds: ['6'] };
    const points = { ...sellersScheme.salary.points!, target: 900 };
    const scheme = { ...sellersScheme, salary: { amount: '21000.00', points } };
    expect(changesOfScheme(before, { scheme, sellerIds: ['6', '7'] })).toEqual([
      { label: 'Кому платит', before: '6', after: '6, 7' },
      { label: 'Оклад', before: '20000', after: '21000' },
      { label: 'Цель, баллов', before: '890', after: '900' },
    ]);
    expect(changesOfScheme(before, before)).toEqual([]);
  });
});

describe('a plan in a sheet', () => {
  test('comes back as it was, but for where its conversions come from', () => {
    const { content, errors } = planOfCells(cellsOfPlan(march.content), indicators);
    expect(errors).toEqual([]);
    expect(content).toEqual(march.content);
    expect(changesOfPlan(march.content, { ...march.content, statedSales: 21 })).toEqual([
      { label: 'Продаж задано', before: '20', after: '21' },
    ]);
  });

  test('points at the cell of an impossible conversion and of a label that is missing', () => {
    const cells = cellsOfPlan({ ...march.content, steps: [{ indicatorId: 'meetings', entered: 5, converted: 9 }] });
    const row = cells.findIndex(([first]) => first === 'meetings') + 1;
    expect(told(planOfCells(cells, indicators).errors)).toEqual([
      [`C${row}`, 'VALUE_INVALID', 'meetings', 'CONVERSION_IMPOSSIBLE'],
    ]);
    expect(told(planOfCells([['План', 'x']], indicators).errors)).toEqual([
      ['A2', 'LABEL_MISSING', '', 'Цель'],
      ['A2', 'LABEL_MISSING', '', 'Средний чек'],
      ['A2', 'LABEL_MISSING', '', 'Продавец'],
    ]);
  });
});

describe('cells', () => {
  test('are read exactly, as numbers and as texts', () => {
    expect([20_000, 0.1 + 0.2, '20 000,5 ₽', '1.005', -5, 'x', 1e21].map((value) => amountCell.read(value))).toEqual([
      ...['20000.00', '0.30', '20000.50', null, null, null, null],
    ]);
    expect([0.15, '15 %', '12,5%', 1, '120%', -0.1].map((value) => shareCell.read(value))).toEqual([
      ...['0.15', '0.15', '0.125', '1', '1.2', null],
    ]);
    expect([3, '3', 3.5, 0, 101].map((value) => wholeCell(1, 100).read(value))).toEqual([3, 3, null, null, null]);
  });

  test('of any amount come back as they were', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (kopecks) => {
        const text = `${Math.floor(kopecks / 100)}.${String(kopecks % 100).padStart(2, '0')}`;
        expect(amountCell.read(amountCell.write(text) as number)).toBe(text);
      }),
    );
  });
});
