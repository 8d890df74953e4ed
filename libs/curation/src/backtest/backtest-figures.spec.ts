import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Episode } from '../episodes/episode.js';
import { BacktestSum } from './backtest-figures.js';

const zone = 'Europe/Moscow';
const at = (instant: string): number => Date.parse(instant);
const episode = (opensAt: number, change: Partial<Episode> = {}): Episode => ({
  ...{ ruleId: 'L01', subject: 'lead:1', about: 'lead:1', startAt: opensAt, startEventId: 'e', startPosition: 1 },
  ...{ by: '4', opensAt, resolvedAt: null, resolvedByEventId: null, gone: null, items: [], evidence: {} },
  people: { doer: '4', owner: '4', creator: '', assignee: '', editor: '' },
  ...change,
});

test('a period counts what opened and was checked within it, by the days of the portal', () => {
  const sum = new BacktestSum(zone, { from: '2026-03-02', to: '2026-03-16' });
  const first = at('2026-03-01T21:00:00.000Z');
  const beyond = at('2026-03-15T21:00:00.000Z');
  const moments = [first - 1, first, beyond - 1, beyond];
  sum.add(
    moments.map((moment) => episode(moment)),
    moments.map((moment) => ({ person: '4', at: moment })),
  );
  const figures = sum.figures(1800);
  expect([figures.cases, figures.checks]).toEqual([2, 2]);
  expect(figures.byWeek).toEqual([
    { week: '2026-03-02', cases: 1 },
    { week: '2026-03-09', cases: 1 },
  ]);
  expect(figures.byPerson).toEqual([{ person: '4', cases: 2, checks: 2 }]);
  // Two cases of half an hour in two weeks.
  expect(figures.curatorHoursPerWeek).toBe(0.5);
});

test('weeks without a case are weeks of curators, too', () => {
  const sum = new BacktestSum(zone, { from: '2026-03-02', to: '2026-03-30' });
  sum.add([episode(at('2026-03-10T09:00:00.000Z'))], []);
  expect(sum.figures(3600).curatorHoursPerWeek).toBe(0.25);
});

test('two neighbouring periods add up to the whole history', () => {
  const day = fc.integer({ min: 0, max: 120 }).map((days) => at('2026-01-01T09:00:00.000Z') + days * 86_400_000);
  fc.assert(
    fc.property(fc.array(day), fc.array(day), (opened, checked) => {
      const count = (period: { from: string; to: string } | null) => {
        const sum = new BacktestSum(zone, period);
        sum.add(
          opened.map((moment) => episode(moment)),
          checked.map((moment) => ({ person: '4', at: moment })),
        );
        const { cases, checks } = sum.figures(90);
        return { cases, checks };
      };
      const [early, late] = [
        count({ from: '2026-01-01', to: '2026-03-01' }),
        count({ from: '2026-03-01', to: '2026-06-01' }),
      ];
      expect({ cases: early.cases + late.cases, checks: early.checks + late.checks }).toEqual(count(null));
    }),
  );
});
