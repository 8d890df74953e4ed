import { leastObservations } from '@funnelwatch/statistics';

/** What somebody did as a curator within a period, as counts. How many violations they found is not among them. */
export interface CuratorWork {
  accountId: string;
  /** First verdicts on cases, and cases of theirs that went past their deadline without one. */
  deadlines: { n: number; kept: number };
  /** Verdicts given, and those that an appeal or a blind second review overturned. */
  verdicts: { n: number; overturned: number };
  /** Cases judged twice blindly with them on one side, and those judged alike. */
  doubleReviews: { n: number; alike: number };
  /** Cases with feedback of theirs at least 14 days ago, and those followed by the same violation of the same person. */
  feedback: { n: number; repeated: number };
}

/** One factor of the score, in [0, 1], with the number it rests on. */
interface ScorePart {
  n: number;
  /** What was measured; null without anything to measure. */
  measured: number | null;
  /** What enters the score: 1 while there is too little to go by. */
  value: number;
  isNeutral: boolean;
}

export interface CuratorScore {
  accountId: string;
  sla: ScorePart;
  precision: ScorePart;
  agreement: ScorePart;
  effect: ScorePart;
  /** Product of the four. */
  score: number;
}

const bounded = (value: number): number => Math.min(1, Math.max(0, value));

function part(n: number, measured: number): ScorePart {
  const isNeutral = n < leastObservations;
  return { n, measured: n === 0 ? null : bounded(measured), value: isNeutral ? 1 : bounded(measured), isNeutral };
}

/**
 * Score of a curator: deadlines kept × verdicts not overturned × agreement × cases not repeated after feedback, each in
 * [0, 1]. Agreement is PABAK, no less than 0. Below five observations a factor is neutral: no evidence, no effect.
 */
export function curatorScore({ accountId, deadlines, verdicts, doubleReviews, feedback }: CuratorWork): CuratorScore {
  const sla = part(deadlines.n, deadlines.kept / deadlines.n);
  const precision = part(verdicts.n, 1 - verdicts.overturned / verdicts.n);
  const agreement = part(doubleReviews.n, 2 * (doubleReviews.alike / doubleReviews.n) - 1);
  const effect = part(feedback.n, 1 - feedback.repeated / feedback.n);
  const score = sla.value * precision.value * agreement.value * effect.value;
  return { accountId, sla, precision, agreement, effect, score };
}
