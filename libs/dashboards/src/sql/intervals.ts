const SECOND = 1_000;
const DAY = 86_400 * SECOND;

const clockUnits: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: SECOND,
  m: 60 * SECOND,
  h: 3_600 * SECOND,
};
const dayUnits: Readonly<Record<string, number>> = { d: DAY, w: 7 * DAY };

/**
 * Milliseconds of an interval as Grafana writes it: one of `d`, `w`, or any of `ms`, `s`, `m`, `h` in a row (`1h30m`).
 * Throws for `M` and `y`, which Grafana measures from today, and for anything else.
 */
export function parseInterval(text: string): number {
  const calendar = /^(\d+)([dwMy])$/.exec(text);
  if (calendar) {
    const unit = dayUnits[calendar[2] ?? ''];
    if (unit === undefined) {
      throw new Error(`The width of "${text}" changes with the day it is asked on: use date_trunc`);
    }
    return Number(calendar[1]) * unit;
  }
  if (!/^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+$/.test(text)) throw new Error(`"${text}" is not an interval`);
  let milliseconds = 0;
  for (const [, amount, unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)) {
    milliseconds += Number(amount) * (clockUnits[unit] ?? 0);
  }
  return milliseconds;
}

const written: readonly (readonly [string, number])[] = [
  ['y', 365 * DAY],
  ['d', DAY],
  ['h', 3_600 * SECOND],
  ['m', 60 * SECOND],
  ['s', SECOND],
  ['ms', 1],
];

/** An interval as `$__interval` shows it: the largest unit that fits, cut to a whole number (90 s is `1m`). */
export function formatInterval(milliseconds: number): string {
  const [unit, length] = written.find(([, size]) => milliseconds >= size) ?? ['ms', 1];
  return `${Math.max(1, Math.floor(milliseconds / length))}${unit}`;
}
