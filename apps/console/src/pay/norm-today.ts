import type { Pace } from '../api/schema.js';

type PaceCell = Pace['plans'][number]['team'][number];

/** What is asked of a day: what is left of the norm, with what was done today, over the working days left, rounded up. */
export function normToday({ toGo, today }: Pick<PaceCell, 'toGo' | 'today'>, daysLeft: number): number {
  return daysLeft === 0 ? today : Math.ceil((Number(toGo) + today) / daysLeft);
}
