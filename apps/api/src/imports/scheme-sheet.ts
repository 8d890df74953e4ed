import type { JsonObject, JsonValue } from '@funnelwatch/kernel';
import { lintScheme, type MotivationScheme, schemeSchema } from '@funnelwatch/motivation';
import {
  amountCell,
  amountOr,
  choiceCell,
  dayCell,
  idCell,
  indicatorCell,
  shareCell,
  textCell,
  wholeCell,
} from './cell-readers.js';
import { changesBetween, type SheetChange } from './changes.js';
import { type CellError, type Cells, type CellValue, readSheet, type SheetLayout, writeSheet } from './cells.js';

const yesNo = choiceCell({ true: ['да', 'yes'], false: ['нет', 'no'] });
const many = wholeCell(1, 1_000_000);

/** How a scheme stands in a sheet: labels in Russian, those in English are read too. */
const layout: SheetLayout = {
  fields: [
    { path: 'name', labels: ['Схема', 'Scheme'], reader: textCell(120), isRequired: true },
    { path: 'currency', labels: ['Валюта', 'Currency'], reader: textCell(3) },
    { path: 'sellerIds', labels: ['Кому платит', 'Whom it pays'], reader: idCell, isList: true },
    { path: 'salary.amount', labels: ['Оклад', 'Salary'], reader: amountCell, isRequired: true },
    { path: 'salary.points.target', labels: ['Цель, баллов', 'Target, points'], reader: wholeCell(1, 10_000_000) },
    {
      path: 'salary.points.shape',
      labels: ['Часть оклада', 'Part of the salary'],
      reader: choiceCell({ steps: ['ступени', 'in steps'], linear: ['плавно', 'in proportion'] }),
    },
    { path: 'commission.quota', labels: ['Норма продаж', 'Quota'], reader: amountOr('plan', ['план']) },
    {
      path: 'commission.counted',
      labels: ['Считаем', 'Counted'],
      reader: choiceCell({ won: ['выигранные сделки', 'deals won'], paid: ['оплаченные счета', 'invoices paid'] }),
    },
    {
      path: 'commission.mode',
      labels: ['Ставка действует', 'Rate holds'],
      reader: choiceCell({
        cliff: ['на всё', 'на все', 'for everything'],
        marginal: ['на превышение', 'for the part above'],
      }),
    },
    { path: 'teamBonus.amount', labels: ['Премия команды', 'Team bonus'], reader: amountCell },
    { path: 'teamBonus.from', labels: ['Премия команды от', 'Team bonus from'], reader: shareCell },
    { path: 'floor', labels: ['Не меньше', 'No less than'], reader: amountCell },
    { path: 'cap', labels: ['Не больше', 'No more than'], reader: amountCell },
    { path: 'draw.amount', labels: ['Аванс', 'Advance'], reader: amountCell },
    { path: 'draw.recoverable', labels: ['Аванс возвращается', 'Advance taken back'], reader: yesNo },
  ],
  tables: [
    {
      path: 'salary.points.indicators',
      columns: [
        { name: 'indicator', labels: ['Показатель', 'Indicator'], reader: indicatorCell, isRequired: true },
        { name: 'weight', labels: ['Баллов', 'Points'], reader: wholeCell(1, 100_000), isRequired: true },
        { name: 'dailyCap', labels: ['В день не больше', 'Most a day'], reader: many },
        { name: 'periodCap', labels: ['В месяц не больше', 'Most a month'], reader: many },
        { name: 'largestShare', labels: ['До доли цели', 'Largest share of target'], reader: shareCell },
      ],
    },
    {
      path: 'salary.points.table',
      columns: [
        { name: 'from', labels: ['От доли цели', 'From share of target'], reader: shareCell, isRequired: true },
        { name: 'part', labels: ['Доля оклада', 'Share of salary'], reader: shareCell, isRequired: true },
      ],
    },
    {
      path: 'commission.tiers',
      columns: [
        { name: 'from', labels: ['От доли нормы', 'From share of quota'], reader: shareCell, isRequired: true },
        { name: 'rate', labels: ['Ставка', 'Rate'], reader: shareCell, isRequired: true },
      ],
    },
    {
      path: 'spiffs',
      columns: [
        { name: 'id', labels: ['Доплата', 'Extra'], reader: indicatorCell, isRequired: true },
        { name: 'indicator', labels: ['За показатель', 'For indicator'], reader: indicatorCell, isRequired: true },
        { name: 'amount', labels: ['Сумма', 'Amount'], reader: amountCell, isRequired: true },
        { name: 'from', labels: ['С дня', 'From day'], reader: dayCell, isRequired: true },
        { name: 'to', labels: ['По день', 'To day'], reader: dayCell, isRequired: true },
        { name: 'budget', labels: ['Бюджет', 'Budget'], reader: amountCell },
      ],
    },
  ],
};

export interface ImportedScheme {
  /** Null while anything is wrong: nothing of a faulty sheet is used. */
  scheme: MotivationScheme | null;
  sellerIds: string[];
  errors: CellError[];
}

/** A scheme from the cells of a sheet, with everything that is wrong by cell: labels, values, and contradictions of the whole. */
export function schemeOfCells(cells: Cells, indicators: ReadonlySet<string>): ImportedScheme {
  const { values, errors, cellOf } = readSheet(cells, layout);
  const { sellerIds = [], ...rest } = values;
  const told = nested({ currency: 'RUB', ...rest });
  const place = (path: string): string => cellOf.get(path) ?? cellOf.get(path.slice(0, path.lastIndexOf('.'))) ?? 'A1';
  if (errors.length === 0) {
    const parsed = schemeSchema.safeParse(told);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues)
        errors.push({ cell: place(path.join('.')), code: 'VALUE_INVALID', value: path.join('.'), expected: message });
    } else {
      for (const { severity, code, path } of lintScheme(parsed.data, indicators))
        if (severity === 'fault')
          errors.push({ cell: place(path), code: 'VALUE_INVALID', value: path, expected: code });
      if (errors.length === 0) return { scheme: parsed.data, sellerIds: sellerIds as string[], errors };
    }
  }
  return { scheme: null, sellerIds: [], errors };
}

/** The cells of a scheme, as `schemeOfCells` reads them. */
export const cellsOfScheme = (known: WrittenScheme): CellValue[][] => writeSheet(valuesOf(known), layout);

/** What an imported scheme changes in one that is known. */
export const changesOfScheme = (before: WrittenScheme | null, after: WrittenScheme): SheetChange[] =>
  changesBetween(before && valuesOf(before), valuesOf(after), layout);

interface WrittenScheme {
  scheme: MotivationScheme;
  sellerIds: readonly string[];
}

const valuesOf = ({ scheme, sellerIds }: WrittenScheme): Record<string, JsonValue> => ({
  ...flat(scheme),
  sellerIds: [...sellerIds],
});

/** `{ 'a.b': 1 }` → `{ a: { b: 1 } }`; yes and no become what they are. */
function nested(values: Readonly<Record<string, JsonValue>>): JsonObject {
  const result: Record<string, JsonValue> = {};
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.');
    let at = result;
    for (const name of names.slice(0, -1)) at = (at[name] ??= {}) as Record<string, JsonValue>;
    at[names.at(-1) ?? ''] = value === 'true' ? true : value === 'false' ? false : value;
  }
  return result;
}

/** `{ a: { b: 1 } }` → `{ 'a.b': 1 }`; lists stay whole. */
function flat(value: JsonObject, before = ''): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]): [string, JsonValue][] => {
      const path = `${before}${name}`;
      const isObject = typeof each === 'object' && each !== null && !Array.isArray(each);
      return isObject ? Object.entries(flat(each, `${path}.`)) : [[path, each]];
    }),
  );
}
