import { type Signal, type SignalBounds, signals } from '@funnelwatch/reporting-contracts';
import type { Limits } from './thresholds.js';

/** The least that is above nothing: a colour begins at its value, a signal is raised above its bound. */
const LEAST: Record<SignalBounds['unit'], number> = { seconds: 0.001, times: 0.001, count: 1, yes: 1 };

/** Limits of what is watched, so that a figure turns orange and red where its alert is raised. */
export function limitsOf(signal: Signal): Limits {
  const { unit, warnAt, criticalAt }: SignalBounds = signals[signal];
  const from = (bound: number | null): number | undefined => (bound === null ? undefined : bound || LEAST[unit]);
  return { worse: 'higher', warnAt: from(warnAt), criticalAt: from(criticalAt) };
}
