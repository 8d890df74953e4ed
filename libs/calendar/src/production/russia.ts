import type { ProductionCalendar, SpecialDay } from './production-calendar.js';

/** Official holidays of the Labour Code, article 112, `MM-DD`. */
const holidays = [
  '01-01',
  '01-02',
  '01-03',
  '01-04',
  '01-05',
  '01-06',
  '01-07',
  '01-08',
  '02-23',
  '03-08',
  '05-01',
  '05-09',
  '06-12',
  '11-04',
];

interface Year {
  /** Days off beside weekends and official holidays: transfers of the government, and of article 112 itself. */
  off: readonly string[];
  /** Weekend days that are worked, with the ISO day whose hours they take. */
  worked?: Readonly<Record<string, number>>;
  /** Working days before a holiday: one hour shorter, article 95. */
  short: readonly string[];
  /** The transfers of the government were not known when this was written: those of the Labour Code alone stand here. */
  isProvisional?: true;
}

/**
 * 2025: decree 1335 of 4 October 2024. 2026: decree 1466 of 24 September 2025. 2027: article 112 alone, by which a holiday
 * on a weekend moves to the next working day, but for those of January, which the government places.
 */
const years: Readonly<Record<number, Year>> = {
  2025: {
    off: ['05-02', '05-08', '06-13', '11-03', '12-31'],
    worked: { '11-01': 1 },
    short: ['03-07', '04-30', '06-11', '11-01'],
  },
  2026: {
    off: ['01-09', '03-09', '05-11', '12-31'],
    short: ['04-30', '05-08', '06-11', '11-03'],
  },
  2027: {
    off: ['05-03', '05-10', '06-14'],
    short: ['02-22', '04-30', '06-11', '11-03', '12-31'],
    isProvisional: true,
  },
};

function special(day: string): SpecialDay | null {
  const year = years[Number(day.slice(0, 4))];
  const rest = day.slice(5);
  if (!year) return null;
  const isShort = year.short.includes(rest);
  const worksAs = year.worked?.[rest];
  if (worksAs !== undefined) return { kind: 'worked', worksAs, isShort };
  if (holidays.includes(rest) || year.off.includes(rest)) return { kind: 'off' };
  return isShort ? { kind: 'short' } : null;
}

/** Holidays, transferred and shortened days of Russia; years that are not here have weekends and nothing else. */
export const russianProductionCalendar: ProductionCalendar = {
  special,
  knows: (year) => year in years,
  isProvisional: (year) => !(year in years) || years[year]?.isProvisional === true,
};
