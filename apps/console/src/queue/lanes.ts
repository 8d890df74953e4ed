import type { CaseLane } from '../api/schema.js';

/** Parts of the queue: those worked in every day first, the others stand in a menu. */
export const mainLanes = ['queue', 'waiting', 'disputed', 'snoozed'] as const satisfies readonly CaseLane[];
export const furtherLanes = [
  'resolved',
  'done',
  'inhibited',
  'baseline',
  'shadow',
  'violations',
] as const satisfies readonly CaseLane[];
export const laneNames: readonly CaseLane[] = [...mainLanes, ...furtherLanes];

/** The letter after `g` that opens a lane, as a physical key. Letters of other pages are left free. */
export const laneLetters: Readonly<Record<CaseLane, string>> = {
  queue: 'Q',
  waiting: 'W',
  disputed: 'D',
  snoozed: 'S',
  resolved: 'C',
  done: 'E',
  inhibited: 'I',
  baseline: 'B',
  shadow: 'X',
  violations: 'N',
};
