/** A day on which a schedule does not hold as it stands. */
export type SpecialDay =
  | { kind: 'off' }
  /** A working day that ends an hour earlier, where it is one by the schedule. */
  | { kind: 'short' }
  /** Worked although it is a weekend: with the hours of this ISO day, where the schedule has none of its own. */
  | { kind: 'worked'; worksAs: number; isShort: boolean };

/** Official days of a country. */
export interface ProductionCalendar {
  /** What is special about a day, `YYYY-MM-DD`; null for nothing. */
  special(day: string): SpecialDay | null;
  /** Whether anything is known of a year. */
  knows(year: number): boolean;
  /** Whether a year may still change, or is not known. */
  isProvisional(year: number): boolean;
}

/** Weekly schedules without any official day. */
export const noProductionCalendar: ProductionCalendar = {
  special: () => null,
  knows: () => true,
  isProvisional: () => false,
};
