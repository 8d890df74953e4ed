import type { PayslipContent } from '@funnelwatch/motivation';
import writeXlsxFile, { type Row } from 'write-excel-file/node';

export type PayrollLanguage = 'ru' | 'en';

/** What a payroll file is made of. */
export interface Payroll {
  portalName: string;
  month: string;
  closedAt: string;
  /** Position of the log up to which facts counted. */
  asAt: string;
  slips: readonly (PayslipContent & { name: string | null; hash: string })[];
}

const kinds = ['salary', 'commission', 'spiff', 'team-bonus', 'floor', 'cap', 'advance', 'advance-recovery'] as const;

const words = {
  ru: {
    payroll: 'Начисления',
    lines: 'Строки',
    about: 'О файле',
    employee: 'ID сотрудника',
    name: 'Сотрудник',
    month: 'Месяц',
    currency: 'Валюта',
    salary: 'Оклад',
    commission: 'Процент с продаж',
    spiff: 'Доплаты',
    'team-bonus': 'Премия команды',
    floor: 'До минимума',
    cap: 'Сверх максимума',
    advance: 'Аванс',
    'advance-recovery': 'Зачёт аванса',
    adjustments: 'Корректировки прошлых месяцев',
    corrections: 'По оспариваниям',
    total: 'Итого',
    hash: 'Контрольная сумма листа',
    kind: 'За что',
    ofMonth: 'За месяц',
    amount: 'Сумма',
    portal: 'Портал',
    closedAt: 'Месяц закрыт (UTC)',
    asAt: 'Факты до позиции журнала',
    people: 'Сотрудников',
    definitions:
      'Ключ сотрудника — его ID в Битрикс24. Строки листа «Строки» в сумме равны колонке «Итого»; итоги считаются формулами.',
  },
  en: {
    payroll: 'Payroll',
    lines: 'Lines',
    about: 'About',
    employee: 'Employee id',
    name: 'Employee',
    month: 'Month',
    currency: 'Currency',
    salary: 'Salary',
    commission: 'Commission',
    spiff: 'Extras',
    'team-bonus': 'Team bonus',
    floor: 'Up to the floor',
    cap: 'Beyond the cap',
    advance: 'Advance',
    'advance-recovery': 'Advance taken back',
    adjustments: 'Adjustments of earlier months',
    corrections: 'By objections',
    total: 'Total',
    hash: 'Hash of the payslip',
    kind: 'For what',
    ofMonth: 'For the month',
    amount: 'Amount',
    portal: 'Portal',
    closedAt: 'Month closed (UTC)',
    asAt: 'Facts up to log position',
    people: 'Employees',
    definitions:
      'An employee’s key is their id in Bitrix24. Lines of the sheet “Lines” add up to the column “Total”; totals are formulas.',
  },
} as const;

const columns = [
  'employee',
  'name',
  'month',
  'currency',
  ...kinds,
  'adjustments',
  'corrections',
  'total',
  'hash',
] as const;

/** Text that a spreadsheet would take for a formula is kept a text. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const sumOf = (kopecks: readonly string[]): bigint => kopecks.reduce((sum, each) => sum + BigInt(each), 0n);

/** Amounts of a payslip in whole kopecks, in the order of the columns of amounts but the total. */
function amountsOf({ lines, adjustments, corrections }: PayslipContent): bigint[] {
  const own = kinds.map((kind) => sumOf(lines.filter((line) => line.kind === kind).map(({ kopecks }) => kopecks)));
  const adjusted = sumOf(adjustments.flatMap((adjustment) => adjustment.lines.map(({ kopecks }) => kopecks)));
  return [...own, adjusted, sumOf(corrections.map(({ kopecks }) => kopecks))];
}

/** `-5050` kopecks → `-50.50`. */
function decimalOf(kopecks: bigint): string {
  const digits = (kopecks < 0n ? -kopecks : kopecks).toString().padStart(3, '0');
  return `${kopecks < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The payroll as CSV for accounting programs: UTF-8 with a mark, semicolons, amounts with a point. */
export function payrollCsv({ slips }: Payroll, language: PayrollLanguage): string {
  const quoted = (text: string) => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = slips.map((slip) => [
    ...[slip.userId, quoted(harmless(slip.name ?? '')), slip.month, slip.currency],
    ...amountsOf(slip).map(decimalOf),
    ...[decimalOf(BigInt(slip.totalKopecks)), slip.hash],
  ]);
  const head = columns.map((column) => quoted(words[language][column]));
  return `\uFEFF${[head, ...rows].map((row) => row.join(';')).join('\r\n')}\r\n`;
}

const bold = (value: string) => ({ value, fontWeight: 'bold' as const });
/** Kopecks as a number with two decimals: cells of a sheet are floats, which hold so much exactly enough to show. */
const amount = (kopecks: bigint) => ({ value: Number(decimalOf(kopecks)), format: '#,##0.00' });
const letter = (index: number) => String.fromCharCode(65 + index);

/** The payroll as a workbook: what it is, one row for each person with totals as formulas, and every line. */
export function payrollXlsx(payroll: Payroll, language: PayrollLanguage): Promise<Buffer> {
  const say = words[language];
  const first = 4;
  const total = first + kinds.length + 2;
  const rows = payroll.slips.map((slip, index): Row => [
    ...[slip.userId, harmless(slip.name ?? ''), slip.month, slip.currency],
    ...amountsOf(slip).map(amount),
    {
      type: 'Formula',
      value: `=SUM(${letter(first)}${index + 2}:${letter(total - 1)}${index + 2})`,
      format: '#,##0.00',
      fontWeight: 'bold',
    },
    slip.hash,
  ]);
  const sums = Array.from({ length: total - first + 1 }, (_, index) => ({
    type: 'Formula' as const,
    value: `=SUM(${letter(first + index)}2:${letter(first + index)}${rows.length + 1})`,
    ...{ format: '#,##0.00', fontWeight: 'bold' as const },
  }));
  const about: Row[] = [
    [bold(say.portal), harmless(payroll.portalName)],
    [bold(say.month), payroll.month],
    [bold(say.closedAt), payroll.closedAt],
    [bold(say.asAt), payroll.asAt],
    [bold(say.people), payroll.slips.length],
    [null, say.definitions],
  ];
  return writeXlsxFile([
    { data: about, sheet: say.about, columns: [{ width: 28 }, { width: 80 }] },
    {
      sheet: say.payroll,
      data: [
        columns.map((column) => bold(say[column])),
        ...rows,
        ...(rows.length > 0 ? [[bold(say.total), null, null, null, ...sums]] : []),
      ],
      columns: columns.map((column) => ({ width: column === 'name' ? 28 : column === 'hash' ? 66 : 16 })),
      stickyRowsCount: 1,
      stickyColumnsCount: 2,
    },
    {
      sheet: say.lines,
      data: [
        [say.employee, say.name, say.kind, say.ofMonth, say.amount].map(bold),
        ...payroll.slips.flatMap((slip) => linesOf(slip, say)),
      ],
      columns: [{ width: 14 }, { width: 28 }, { width: 34 }, { width: 12 }, { width: 16 }],
      stickyRowsCount: 1,
    },
  ]).toBuffer();
}

function linesOf(slip: Payroll['slips'][number], say: (typeof words)[PayrollLanguage]): Row[] {
  const row = (what: string, month: string, kopecks: string): Row => [
    ...[slip.userId, harmless(slip.name ?? ''), what, month],
    amount(BigInt(kopecks)),
  ];
  const named = ({ kind, id }: { kind: (typeof kinds)[number]; id: string | null }) =>
    [say[kind], id].filter((part) => part !== null).join(' ');
  return [
    ...slip.lines.map((line) => row(named(line), slip.month, line.kopecks)),
    ...slip.adjustments.flatMap(({ month, lines }) => lines.map((line) => row(named(line), month, line.kopecks))),
    ...slip.corrections.map(({ month, kopecks }) => row(say.corrections, month, kopecks)),
  ];
}
