import type { JsonValue } from '@funnelwatch/kernel';
import { lintPlan } from '@funnelwatch/plan';
import type { PlanBody } from '../plans/plans.schemas.js';
import { planBody } from '../plans/plans.schemas.js';
import { draftOf } from '../plans/preview-plan.js';
import { choiceCell, idCell, indicatorCell, kopecksCell, textCell, wholeCell } from './cell-readers.js';
import { changesBetween, type SheetChange } from './changes.js';
import { type CellError, type Cells, type CellValue, readSheet, type SheetLayout, writeSheet } from './cells.js';

type PlanContent = PlanBody['content'];
const count = wholeCell(0, 1_000_000_000);

/** How a plan stands in a sheet: labels in Russian, those in English are read too. */
const layout: SheetLayout = {
  fields: [
    { path: 'name', labels: ['План', 'Plan'], reader: textCell(80), isRequired: true },
    { path: 'targetKopecks', labels: ['Цель', 'Target'], reader: kopecksCell, isRequired: true },
    { path: 'averageSaleKopecks', labels: ['Средний чек', 'Average sale'], reader: kopecksCell, isRequired: true },
    { path: 'statedSales', labels: ['Продаж задано', 'Sales stated'], reader: count },
    { path: 'marginKopecks', labels: ['Маржа', 'Margin'], reader: kopecksCell },
    { path: 'breakEven', labels: ['Безубыточность', 'Break-even'], reader: kopecksCell },
    {
      path: 'breakEvenBasis',
      labels: ['Безубыточность считаем по', 'Break-even is of'],
      reader: choiceCell({ revenue: ['выручке', 'revenue'], margin: ['марже', 'margin'] }),
    },
    {
      path: 'rounding',
      labels: ['Округление', 'Rounding'],
      reader: choiceCell({ final: ['в конце', 'at the end'], step: ['на каждом шаге', 'at each step'] }),
    },
    {
      path: 'split',
      labels: ['Нормы', 'Norms'],
      reader: choiceCell({ up: ['вверх каждому', 'up for each'], exact: ['точно в сумме', 'exact in sum'] }),
    },
  ],
  tables: [
    {
      path: 'steps',
      columns: [
        { name: 'indicatorId', labels: ['Показатель', 'Indicator'], reader: indicatorCell, isRequired: true },
        { name: 'entered', labels: ['Вошло', 'Entered'], reader: count, isRequired: true },
        { name: 'converted', labels: ['Перешло', 'Converted'], reader: count, isRequired: true },
      ],
    },
    {
      path: 'sellers',
      isRequired: true,
      columns: [
        { name: 'userId', labels: ['Продавец', 'Seller'], reader: idCell, isRequired: true },
        { name: 'weight', labels: ['Вес', 'Weight'], reader: wholeCell(0, 1_000_000) },
      ],
    },
  ],
};

export interface ImportedPlan {
  /** Null while anything is wrong: nothing of a faulty sheet is used. */
  content: PlanContent | null;
  errors: CellError[];
}

/** A plan from the cells of a sheet; conversions are those given there. Everything that is wrong is told by cell. */
export function planOfCells(cells: Cells, indicators: ReadonlySet<string>): ImportedPlan {
  const { values, errors, cellOf } = readSheet(cells, layout);
  const { breakEven = null, breakEvenBasis = null, sellers = [], steps = [], ...rest } = values;
  if (errors.length > 0) return { content: null, errors };
  const told = {
    ...{ statedSales: null, marginKopecks: null, rounding: 'final', split: 'up', steps, ...rest },
    breakEven: breakEven === null ? null : { kopecks: breakEven, basis: breakEvenBasis },
    base: { method: 'given', from: null, to: null, horizonDays: null, pooling: 'pooled' },
    sellers: (sellers as Record<string, JsonValue>[]).map((seller) => ({ weight: 1, ...seller })),
  };
  const parsed = planBody.shape.content.safeParse(told);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      errors.push({
        cell: cellOf.get(path.join('.')) ?? 'A1',
        code: 'VALUE_INVALID',
        value: path.join('.'),
        expected: message,
      });
    return { content: null, errors };
  }
  const content = parsed.data;
  content.steps.forEach(({ indicatorId }, place) => {
    if (indicators.has(indicatorId)) return;
    const cell = cellOf.get(`steps.${place}.indicatorId`) ?? 'A1';
    errors.push({ cell, code: 'VALUE_INVALID', value: indicatorId, expected: 'INDICATOR_UNKNOWN' });
  });
  for (const { severity, code, indicatorId } of lintPlan(draftOf(content))) {
    if (severity !== 'fault') continue;
    const place = content.steps.findIndex((step) => step.indicatorId === indicatorId);
    const cell = cellOf.get(place < 0 ? 'targetKopecks' : `steps.${place}.converted`) ?? 'A1';
    errors.push({ cell, code: 'VALUE_INVALID', value: indicatorId ?? '', expected: code });
  }
  return { content: errors.length === 0 ? content : null, errors };
}

/** The cells of a plan, as `planOfCells` reads them. */
export const cellsOfPlan = (content: PlanContent): CellValue[][] => writeSheet(valuesOf(content), layout);

const valuesOf = (content: PlanContent): Record<string, JsonValue> => ({
  name: content.name,
  ...{ targetKopecks: content.targetKopecks, averageSaleKopecks: content.averageSaleKopecks },
  ...{ statedSales: content.statedSales, marginKopecks: content.marginKopecks },
  breakEven: content.breakEven?.kopecks ?? null,
  breakEvenBasis: content.breakEven?.basis ?? null,
  ...{ rounding: content.rounding, split: content.split, steps: content.steps },
  sellers: content.sellers.map(({ userId, weight }) => ({ userId, weight })),
});

/** What an imported plan changes in one that is known. */
export const changesOfPlan = (before: PlanContent | null, after: PlanContent): SheetChange[] =>
  changesBetween(before && valuesOf(before), valuesOf(after), layout);
