import type { Rational } from '@funnelwatch/kernel';
import {
  earnedIn,
  type Earnings,
  type MotivationScheme,
  type NextThreshold,
  nextThreshold,
  type Paying,
  reachedThreshold,
  type Score,
} from '@funnelwatch/motivation';

/** Points of somebody in a month, and the bounds of their scheme around them. */
export interface Standing {
  target: number;
  score: Score;
  /** The highest bound that is reached, as a share of the target; null below the first. */
  reached: Rational | null;
  /** The bound after it; null at the top. */
  next: NextThreshold | null;
}

/** Where points stand by what is earned; null for a scheme that does not go by points. */
export function standingOf({ salary }: MotivationScheme, { score }: Pick<Earnings, 'score'>): Standing | null {
  const { points } = salary;
  if (!points || !score) return null;
  return {
    ...{ target: points.target, score, reached: reachedThreshold(points, score.ratio) },
    next: nextThreshold(points, score.points),
  };
}

/** Where somebody's points of a month stand; null without points, and while their sales cannot be measured for want of a plan. */
export function standingInMonth({ scheme, days, inputs }: Paying): Standing | null {
  const earnings = earnedIn(scheme, days, inputs, 0n);
  return earnings && standingOf(scheme, earnings);
}
