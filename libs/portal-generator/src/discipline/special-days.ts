/** A day, `YYYY-MM-DD`, on which the weekly hours do not hold as they stand. */
export type SpecialDays = Readonly<
  Record<
    string,
    | { kind: 'off' }
    /** One hour less. */
    | { kind: 'short' }
    /** A weekend that is worked with the hours of another ISO weekday. */
    | { kind: 'worked'; worksAs: number; isShort: boolean }
  >
>;

const off = { kind: 'off' } as const;
const short = { kind: 'short' } as const;

const holidays = [
  ...['01-01', '01-02', '01-03', '01-04', '01-05', '01-06', '01-07', '01-08'],
  ...['02-23', '03-08', '05-01', '05-09', '06-12', '11-04'],
];

/** Holidays and transferred days of Russia, years 2025 to 2027. */
export const RUSSIAN_SPECIAL_DAYS: SpecialDays = {
  ...Object.fromEntries(['2025', '2026', '2027'].flatMap((year) => holidays.map((day) => [`${year}-${day}`, off]))),
  '2025-05-02': off,
  '2025-05-08': off,
  '2025-06-13': off,
  '2025-11-03': off,
  '2025-12-31': off,
  '2025-03-07': short,
  '2025-04-30': short,
  '2025-06-11': short,
  '2025-11-01': { kind: 'worked', worksAs: 1, isShort: true },
  '2026-01-09': off,
  '2026-03-09': off,
  '2026-05-11': off,
  '2026-12-31': off,
  '2026-04-30': short,
  '2026-05-08': short,
  '2026-06-11': short,
  '2026-11-03': short,
  '2027-05-03': off,
  '2027-05-10': off,
  '2027-06-14': off,
  '2027-02-22': short,
  '2027-04-30': short,
  '2027-06-11': short,
  '2027-11-03': short,
  '2027-12-31': short,
};
