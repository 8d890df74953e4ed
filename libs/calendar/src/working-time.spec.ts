import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { noProductionCalendar } from './production/production-calendar.js';
import { russianProductionCalendar } from './production/russia.js';
import { type Absence, type Interval, type WeeklySchedule, WorkingTime } from './working-time.js';

const hour = 3_600_000;
const minute = 60_000;
const fiveDays = (...intervals: Interval[]): WeeklySchedule =>
  Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, intervals]));
const nineToFive = fiveDays([540, 1020]);

const moscow = (text: string) => DateTime.fromISO(text, { zone: 'Europe/Moscow' }).toJSDate();
const inMoscow = (schedule: WeeklySchedule, absences: Absence[] = []) =>
  new WorkingTime({ zone: 'Europe/Moscow', schedule, production: russianProductionCalendar, absences });

test.each([
  ['eight hours from the end of a Friday end with the Monday', '2026-03-13T17:00', 8 * hour, '2026-03-16T17:00'],
  ['two hours from Friday 16:00 end on Monday 10:00', '2026-03-13T16:00', 2 * hour, '2026-03-16T10:00'],
  ['what begins at night begins with the day', '2026-03-16T03:00', hour, '2026-03-16T10:00'],
  ['nothing ends at once', '2026-03-14T12:00', 0, '2026-03-14T12:00'],
])('%s', (_title, start, workingMs, end) => {
  expect(inMoscow(nineToFive).add(moscow(start), workingMs)).toEqual(moscow(end));
});

test('lunch is not worked', () => {
  const withLunch = inMoscow(fiveDays([540, 780], [840, 1080]));
  expect(withLunch.add(moscow('2026-03-16T12:50'), 30 * minute)).toEqual(moscow('2026-03-16T14:20'));
  expect(withLunch.between(moscow('2026-03-16T12:50'), moscow('2026-03-16T14:20'))).toBe(30 * minute);
});

test('holidays are not worked, the day before one ends an hour earlier', () => {
  const time = inMoscow(nineToFive);
  // 30 April 2026 is short, 1 to 3 May are free.
  expect(time.add(moscow('2026-04-30T15:00'), 2 * hour)).toEqual(moscow('2026-05-04T10:00'));
  expect(time.ofDay('2026-04-30')).toEqual([{ from: moscow('2026-04-30T09:00'), to: moscow('2026-04-30T16:00') }]);
  expect(time.ofDay('2026-01-08')).toEqual([]);
});

test('a Saturday that is worked for a Monday has its hours, an hour less before a holiday', () => {
  const time = inMoscow(nineToFive);
  expect(time.ofDay('2025-11-01')).toEqual([{ from: moscow('2025-11-01T09:00'), to: moscow('2025-11-01T16:00') }]);
  expect(time.ofDay('2025-11-03')).toEqual([]);
});

test('the last hour goes over a lunch that lies in it', () => {
  const time = inMoscow(fiveDays([540, 960], [990, 1020]));
  expect(time.ofDay('2026-04-30')).toEqual([{ from: moscow('2026-04-30T09:00'), to: moscow('2026-04-30T15:30') }]);
});

test('an absence takes its time out, and work goes on after it', () => {
  const time = inMoscow(nineToFive, [
    { from: moscow('2026-03-16T10:00'), to: moscow('2026-03-17T12:00') },
    { from: moscow('2026-03-16T11:00'), to: moscow('2026-03-16T12:00') },
  ]);
  expect(time.add(moscow('2026-03-16T09:30'), hour)).toEqual(moscow('2026-03-17T12:30'));
  expect(time.isWorking(moscow('2026-03-17T11:59'))).toBe(false);
  expect(time.isWorking(moscow('2026-03-17T12:00'))).toBe(true);
});

test.each([
  ['loses an hour', '2026-03-29', 23],
  ['gains an hour', '2026-10-25', 25],
  ['is a common one', '2026-10-26', 24],
])('a whole day in Berlin that %s counts as it was', (_title, day, hours) => {
  const around = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((each) => [each, [[0, 1440]] as Interval[]]));
  const time = new WorkingTime({ zone: 'Europe/Berlin', schedule: around, production: noProductionCalendar });
  const start = DateTime.fromISO(day, { zone: 'Europe/Berlin' });
  expect(time.between(start.toJSDate(), start.plus({ days: 1 }).toJSDate())).toBe(hours * hour);
});

test('hours of the wall clock stay the same when clocks are changed', () => {
  const time = new WorkingTime({ zone: 'Europe/Berlin', schedule: nineToFive, production: noProductionCalendar });
  const berlin = (text: string) => DateTime.fromISO(text, { zone: 'Europe/Berlin' }).toJSDate();
  expect(time.add(berlin('2026-03-27T16:00'), 2 * hour)).toEqual(berlin('2026-03-30T10:00'));
  expect(time.add(berlin('2026-10-23T16:00'), 2 * hour)).toEqual(berlin('2026-10-26T10:00'));
});

test('who never works is said to', () => {
  expect(() => inMoscow({}).add(moscow('2026-03-16T09:00'), 1)).toThrow('no working hours');
  const away = [{ from: moscow('2020-01-01'), to: moscow('2040-01-01') }];
  expect(() => inMoscow(nineToFive, away).add(moscow('2026-03-16T09:00'), 1)).toThrow('no working hours');
});

test.each([
  [{ 0: [[0, 60]] as Interval[] }],
  [{ 1: [[60, 60]] as Interval[] }],
  [
    {
      1: [
        [0, 60],
        [30, 90],
      ] as Interval[],
    },
  ],
  [{ 1: [[0, 1441]] as Interval[] }],
])('a schedule that is none is refused: %j', (schedule) => {
  expect(() => inMoscow(schedule)).toThrow(expect.objectContaining({ code: 'SCHEDULE_INVALID' }));
});

/** Minute by minute, by what the wall clock shows: slow, and obvious. */
function workedSlowly(options: { zone: string; schedule: WeeklySchedule; absences: Absence[] }, from: Date, to: Date) {
  let worked = 0;
  for (let at = from.getTime(); at < to.getTime(); at += minute) {
    const local = DateTime.fromMillis(at, { zone: options.zone });
    const special = russianProductionCalendar.special(local.toFormat('yyyy-MM-dd'));
    if (special?.kind === 'off') continue;
    const own = options.schedule[local.weekday] ?? [];
    const intervals = special?.kind === 'worked' && own.length === 0 ? (options.schedule[special.worksAs] ?? []) : own;
    const ofDay = local.hour * 60 + local.minute;
    if (!intervals.some(([start, end]) => start <= ofDay && ofDay < end)) continue;
    const isShort = special?.kind === 'short' || (special?.kind === 'worked' && special.isShort);
    const later = intervals.reduce((sum, [start, end]) => sum + Math.max(0, end - Math.max(start, ofDay)), 0);
    if (isShort && later <= 60) continue;
    if (options.absences.some((absence) => absence.from.getTime() <= at && at < absence.to.getTime())) continue;
    worked += minute;
  }
  return worked;
}

/** Whole minutes, and no edge in the hours of the night in which clocks are changed. */
const intervals = fc
  .uniqueArray(fc.integer({ min: 240, max: 1440 }), { minLength: 0, maxLength: 6 })
  .map((edges) => edges.sort((left, right) => left - right))
  .map((edges) => edges.flatMap((edge, at): Interval[] => (at % 2 === 1 ? [[edges[at - 1] ?? 0, edge]] : [])));
const schedules = fc
  .array(intervals, { minLength: 7, maxLength: 7 })
  .map((days): WeeklySchedule => Object.fromEntries(days.map((each, index) => [index + 1, each])));
const zones = fc.constantFrom('Europe/Moscow', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Omsk');
const starts = fc.integer({ min: 0, max: 3 * 365 * 1440 }).map((at) => Date.UTC(2025, 0, 1) + at * minute);

test('any schedule, zone and absence: counted as minute by minute, and adding is the inverse of measuring', () => {
  fc.assert(
    fc.property(
      fc.record({
        zone: zones,
        schedule: schedules,
        startMs: starts,
        minutes: fc.integer({ min: 1, max: 4 * 1440 }),
        away: fc.array(fc.tuple(fc.integer({ min: -1440, max: 6000 }), fc.integer({ min: 1, max: 3000 })), {
          maxLength: 3,
        }),
      }),
      ({ zone, schedule, startMs, minutes, away }) => {
        const absences = away.map(([after, lasting]) => ({
          from: new Date(startMs + after * minute),
          to: new Date(startMs + (after + lasting) * minute),
        }));
        const time = new WorkingTime({ zone, schedule, production: russianProductionCalendar, absences });
        const [from, to] = [new Date(startMs), new Date(startMs + minutes * minute)];
        const worked = time.between(from, to);
        expect(worked).toBe(workedSlowly({ zone, schedule, absences }, from, to));
        if (worked === 0) return;
        const end = time.add(from, worked);
        expect(end.getTime()).toBeLessThanOrEqual(to.getTime());
        expect(time.between(from, end)).toBe(worked);
        expect(time.between(from, new Date(end.getTime() - 1))).toBe(worked - 1);
      },
    ),
    { numRuns: 150 },
  );
});

test('the working days between two instants are the fewest that lead from one to the other', () => {
  const time = inMoscow(nineToFive);
  const at = fc.integer({ min: moscow('2026-01-01T00:00').getTime(), max: moscow('2026-12-31T00:00').getTime() });
  fc.assert(
    fc.property(at, fc.integer({ min: -60, max: 200 * 24 * 60 }), (fromMs, minutes) => {
      const [from, to] = [new Date(fromMs), new Date(fromMs + minutes * minute)];
      const days = time.daysBetween(from, to);
      expect(time.addDays(from, days) >= to || minutes <= 0).toBe(true);
      if (days > 0) expect(time.addDays(from, days - 1) < to).toBe(true);
    }),
  );
  expect(time.daysBetween(moscow('2026-03-13T12:00'), moscow('2026-03-16T12:00'))).toBe(1);
  expect(time.daysBetween(moscow('2026-03-13T12:00'), moscow('2026-03-16T12:01'))).toBe(2);
});
