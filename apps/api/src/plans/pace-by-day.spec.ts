import type { DoneOnDay } from '@funnelwatch/motivation';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MonthTime } from './month-time.js';
import { paceByDay } from './pace-by-day.js';
import { paceOf } from './plan-pace.js';
import type { PlanWork } from './plan-work.js';

const moscow = { zone: 'Europe/Moscow', workingHours: { days: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' } };
const at = (asOf: string, portal = moscow) => new MonthTime(portal, '2026-03', new Date(asOf));

const did = (day: number, actions: number, kopecks: bigint | null = null): DoneOnDay => ({
  ...{ doer: '4', measure: 'any', day: `2026-03-${String(day).padStart(2, '0')}`, actions, kopecks, currency: 'RUB' },
});

/** A plan of one indicator and sales for two sellers. */
function planOf(sellers: { calls: DoneOnDay[]; sales: DoneOnDay[] }[], calls = 400n, sales = 20n): PlanWork {
  return {
    ...{ planId: 'p', name: 'March', version: 1, currency: 'RUB', targetKopecks: 80_000_001n },
    subject: { month: '2026-03', pipelineId: null, teamId: '1' },
    figures: [
      { indicatorId: 'calls', team: calls },
      { indicatorId: null, team: sales },
    ],
    sellers: sellers.map((seller, index) => ({
      ...{ userId: String(index + 4), targetKopecks: 40_000_000n, norms: [calls, sales] },
      ...{ done: [seller.calls, seller.sales], sales: seller.sales },
    })),
  };
}

test('a month day by day: what is due grows with the working time, what was done with the work', () => {
  const work = planOf([
    { calls: [did(2, 10), did(4, 5)], sales: [did(3, 1, 4_000_000n)] },
    { calls: [did(4, 7)], sales: [did(4, 1, 1_000_050n)] },
  ]);
  const days = paceByDay(work, at('2026-03-05T12:00:00+03:00'));
  const shown = (place: number) =>
    days
      .filter((one) => one.place === place)
      .slice(0, 6)
      .map(({ day, due, done, dueKopecks, soldKopecks }) => [
        ...[day.slice(8), Number(due.toFixed(3)), done],
        ...[dueKopecks, soldKopecks].map((kopecks) => kopecks?.toString() ?? null),
      ]);
  // The 1st is a Sunday; March of 2026 has 21 working days.
  expect(shown(0)).toEqual([
    ['01', 0, 0, null, null],
    ['02', 19.048, 10, null, null],
    ['03', 38.095, 10, null, null],
    ['04', 57.143, 22, null, null],
    ['05', 76.19, 22, null, null],
    ['06', 95.238, null, null, null],
  ]);
  expect(shown(1)).toEqual([
    ['01', 0, 0, '0', '0'],
    ['02', 0.952, 0, '3809524', '0'],
    ['03', 1.905, 1, '7619048', '4000000'],
    ['04', 2.857, 2, '11428572', '5000050'],
    ['05', 3.81, 2, '15238095', '5000050'],
    ['06', 4.762, null, '19047619', null],
  ]);
});

test.each([
  ['before the month nothing is known', '2026-02-20T12:00:00Z', 0],
  ['on its first day one day', '2026-03-01T00:00:00+03:00', 1],
  ['on its last day all of it', '2026-03-31T23:00:00+03:00', 31],
  ['after it all of it', '2026-07-01T12:00:00Z', 31],
])('%s', (_title, asOf, known) => {
  const days = paceByDay(planOf([{ calls: [], sales: [] }]), at(asOf)).filter(({ place }) => place === 0);
  expect(days).toHaveLength(31);
  expect(days.filter(({ done }) => done !== null)).toHaveLength(known);
});

test('what was entered for a later day is known through that day', () => {
  const days = paceByDay(planOf([{ calls: [did(9, 3)], sales: [] }]), at('2026-03-05T12:00:00Z'));
  expect(days.findLast(({ place, done }) => place === 0 && done !== null)).toMatchObject({
    day: '2026-03-09',
    done: 3,
  });
});

test('without working time all of it is due from the beginning, as in the pace', () => {
  const time = at('2026-03-05T12:00:00Z', { ...moscow, workingHours: { ...moscow.workingHours, days: [] } });
  expect(time.elapsed).toBe(1);
  expect(paceByDay(planOf([]), time)[0]?.due).toBe(400);
});

test('the last day asks for the whole norm, and what is known of days comes to what the pace says', () => {
  const entry = fc.record({
    day: fc.integer({ min: 1, max: 31 }),
    actions: fc.integer({ min: -3, max: 30 }),
    kopecks: fc.bigInt({ min: -5_000n, max: 9_000_000n }),
  });
  const entries = fc
    .array(entry, { maxLength: 25 })
    .map((all) => all.map(({ day, actions, kopecks }) => did(day, actions, kopecks)));
  const sellers = fc.array(fc.record({ calls: entries, sales: entries }), { minLength: 1, maxLength: 4 });
  const norm = fc.bigInt({ min: 1n, max: 10n ** 12n });
  const portals = fc.record({
    zone: fc.constantFrom('Europe/Moscow', 'America/New_York', 'Asia/Kamchatka', 'UTC'),
    workingHours: fc.record({
      days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      from: fc.constantFrom('00:00', '09:00', '10:30'),
      to: fc.constantFrom('18:00', '23:59'),
    }),
  });
  const asOfs = fc.date({
    min: new Date('2026-03-01T05:00:00Z'),
    max: new Date('2026-05-01T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(sellers, norm, norm, portals, asOfs, (worked, calls, sales, portal, asOf) => {
      const work = planOf(worked, calls, sales);
      const time = new MonthTime(portal, '2026-03', asOf);
      const pace = paceOf(work, time);
      const days = paceByDay(work, time);
      work.figures.forEach(({ indicatorId, team }, place) => {
        const mine = days.filter((one) => one.place === place);
        expect(mine.map(({ due }) => due)).toEqual(mine.map(({ due }) => due).toSorted((one, other) => one - other));
        expect(mine.at(-1)?.due).toBe(Number(team));
        const known = mine.findLast(({ done }) => done !== null);
        expect(known?.done).toBe(pace.team[place]?.done);
        if (indicatorId !== null) return;
        expect(mine.at(-1)?.dueKopecks).toBe(work.targetKopecks);
        expect(known?.soldKopecks?.toString()).toBe(pace.sold);
      });
    }),
    { numRuns: 60 },
  );
});
