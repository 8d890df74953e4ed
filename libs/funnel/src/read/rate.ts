import { tooFew, wilson } from '@funnelwatch/statistics';
import type { Rate } from '../answers.js';

/** A rate of integers with its interval. */
export function rateOf(converted: number, counted: number): Rate {
  return { counted, converted, interval: wilson(converted, counted), tooFew: tooFew(counted) };
}
