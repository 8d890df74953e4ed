import { quantileTime, survivalOf } from '@funnelwatch/statistics';
import type { AmountLimit, SilenceLimit, StageLimit } from './limit-events.js';

/** A deal that was won or is open, as far as limits are learned from it. */
export interface ObservedDeal {
  /** Stays in stages in process, in working days. */
  stays: readonly { stage: string; days: number; isOver: boolean }[];
  /** Of a deal that stands won. `amount`: hundredths of the currency. */
  won: { pipeline: string; currency: string; amount: number } | null;
}

/** Fewer say nothing. */
const leastObserved = 20;
const stagesLeftBy = 0.8;
const usualAmountShare = 0.95;
const oddTimesUsual = 5;
const usualSilenceShare = 0.99;
const oddTimesSilence = 2;
/** A channel that is never silent for long may rest for half a working day all the same. */
const leastSilenceHours = 4;

/**
 * What is usual by the deals of a portal, in the order of the ids. Of a stage: the working days by which 80 % of the stays
 * had ended, by Kaplan–Meier, with stays that go on as censored. Of a pipeline and currency: five times the 95th percentile
 * (nearest rank) of what was won. Where fewer than 20 ended or were won, nothing is usual yet.
 */
export function usualLimits(deals: Iterable<ObservedDeal>): { stages: StageLimit[]; amounts: AmountLimit[] } {
  const stays = new Map<string, { time: number; cause: 'left' | null }[]>();
  const amounts = new Map<string, { pipeline: string; currency: string; won: number[] }>();
  for (const { stays: own, won } of deals) {
    for (const { stage, days, isOver } of own) {
      const known = stays.get(stage) ?? [];
      known.push({ time: days, cause: isOver ? 'left' : null });
      stays.set(stage, known);
    }
    if (!won || won.amount <= 0) continue;
    const { pipeline, currency, amount } = won;
    const known = amounts.get(`${pipeline} ${currency}`) ?? { pipeline, currency, won: [] };
    known.won.push(amount);
    amounts.set(`${pipeline} ${currency}`, known);
  }
  return {
    stages: inOrder(stays).flatMap(([stage, followed]) => {
      const over = followed.filter(({ cause }) => cause !== null).length;
      const days = over < leastObserved ? null : quantileTime(survivalOf(['left'], followed), stagesLeftBy);
      return days === null ? [] : [{ stage, days, stays: over }];
    }),
    amounts: inOrder(amounts).flatMap(([, { pipeline, currency, won }]) => {
      if (won.length < leastObserved) return [];
      const usual = percentile(won, usualAmountShare);
      return [{ pipeline, currency, limit: oddTimesUsual * usual, deals: won.length }];
    }),
  };
}

/**
 * For how long each channel may be silent, in the order of their names: twice the 99th percentile (nearest rank) of its
 * silences, in whole working hours, and at least four. `silences`: working hours between what it brought, by channel; of
 * fewer than 20 nothing is known.
 */
export function usualSilences(silences: ReadonlyMap<string, readonly number[]>): SilenceLimit[] {
  return inOrder(silences).flatMap(([channel, hours]) => {
    if (hours.length < leastObserved) return [];
    const usual = percentile(hours, usualSilenceShare);
    return [
      { channel, hours: Math.max(leastSilenceHours, Math.ceil(oddTimesSilence * usual)), silences: hours.length },
    ];
  });
}

/** By the nearest rank. */
function percentile(values: readonly number[], share: number): number {
  return values.toSorted((left, right) => left - right)[Math.ceil(share * values.length) - 1] ?? 0;
}

const inOrder = <T>(map: ReadonlyMap<string, T>): [string, T][] =>
  [...map].sort(([left], [right]) => (left < right ? -1 : 1));
