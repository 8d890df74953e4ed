import type { Threshold, ThresholdsConfig } from '@grafana/grafana-foundation-sdk/dashboard';
import { ThresholdsMode } from '@grafana/grafana-foundation-sdk/dashboard';
import { AuthoringError } from './authoring-error.js';

/**
 * When a figure asks for attention, in its own unit. At or beyond `warnAt` it is orange, at or beyond `criticalAt` red, where
 * `worse` says in which direction beyond lies; on the good side it is green. Below `floor` (0 unless given) and without
 * data it is neutral: give a floor of its own to a figure that can be negative.
 */
export interface Limits {
  worse: 'higher' | 'lower';
  warnAt?: number;
  criticalAt?: number;
  floor?: number;
}

const NEUTRAL = 'text';

/** What alarms, from the lowest value up. */
function stepsOf({ worse, warnAt, criticalAt, floor = 0 }: Limits): Threshold[] {
  const step = (value: number | undefined, color: string): Threshold[] =>
    value === undefined ? [] : [{ value, color }];
  if (worse === 'higher') return [...step(floor, 'green'), ...step(warnAt, 'orange'), ...step(criticalAt, 'red')];
  const first = criticalAt === undefined ? 'orange' : 'red';
  const last = warnAt ?? criticalAt;
  const middle = warnAt === undefined ? undefined : criticalAt;
  return [...step(floor, first), ...step(middle, 'orange'), ...step(last, 'green')];
}

/**
 * Grafana's steps for some limits; without limits the neutral base alone, because Grafana's own default is green below 80.
 * The base is what a missing value takes, so it is never a colour that means something (`transparent` for backgrounds).
 *
 * @throws AuthoringError LIMITS_MISSING, LIMITS_UNORDERED
 */
export function thresholdsOf(limits?: Limits, base: 'text' | 'transparent' = NEUTRAL): ThresholdsConfig {
  const steps = limits ? stepsOf(limits) : [];
  if (limits && steps.length < 2) throw new AuthoringError('LIMITS_MISSING', 'Give warnAt, criticalAt or both.');
  for (const [index, { value }] of steps.entries()) {
    const before = steps[index - 1]?.value ?? -Infinity;
    if (value === null || value <= before) {
      throw new AuthoringError('LIMITS_UNORDERED', `Limits do not ascend: ${JSON.stringify(limits)}.`);
    }
  }
  return { mode: ThresholdsMode.Absolute, steps: [{ value: null, color: base }, ...steps] };
}
