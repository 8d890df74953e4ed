import { expect, test } from '@jest/globals';
import { ticksOf } from './ticks.js';

const rangeOf = (days: number) => {
  const to = new Date(2026, 10, 30, 14, 20);
  return { name: '7d' as const, from: new Date(to.getTime() - days * 86_400_000), to, intervalMs: 1 };
};
const written = (instants: number[]): string[] =>
  instants.map((at) => {
    const { length } = 'Mon Nov 30 2026 14:20';
    return new Date(at).toString().slice(0, length);
  });

test('a day has full hours, as many as there is room for', () => {
  const { instants, isByDay } = ticksOf(rangeOf(1), 8);
  expect(isByDay).toBe(false);
  expect(written(instants).slice(0, 2)).toEqual(['Sun Nov 29 2026 15:00', 'Sun Nov 29 2026 18:00']);
  expect(instants).toHaveLength(8);
});

test('weeks have midnights, months have Mondays', () => {
  expect(written(ticksOf(rangeOf(7), 10).instants)[0]).toBe('Tue Nov 24 2026 00:00');
  expect(ticksOf(rangeOf(7), 10).instants).toHaveLength(7);
  expect(written(ticksOf(rangeOf(90), 15).instants).slice(0, 2)).toEqual([
    'Mon Sep 07 2026 00:00',
    'Mon Sep 14 2026 00:00',
  ]);
});

test('there are no more than there is room for', () => {
  for (const days of [1, 7, 30, 90]) expect(ticksOf(rangeOf(days), 5).instants.length).toBeLessThanOrEqual(6);
});
