import type { KeptFact } from '../facts/kept-fact.js';
import type { EarlierLimits } from '../learning/limit-events.js';

interface Learned {
  from: number;
  days: ReadonlyMap<string, number>;
  amounts: ReadonlyMap<string, number>;
  silences: ReadonlyMap<string, number>;
}

/** What was learned to be usual in a portal, by the instant from which it holds. */
export class LearnedLimits {
  private readonly learned: readonly Learned[];

  /** Facts of other kinds are passed over. */
  constructor(facts: readonly KeptFact[]) {
    this.learned = facts
      .filter(({ kind }) => kind === 'learned')
      .sort((left, right) => left.at - right.at || left.position - right.position)
      .map(({ at, data }) => {
        const { stages, amounts, channels = [] } = data as unknown as EarlierLimits;
        return {
          from: at,
          days: new Map(stages.map(({ stage, days }) => [stage, days])),
          silences: new Map(channels.map(({ channel, hours }) => [channel, hours])),
          amounts: new Map(amounts.map(({ pipeline, currency, limit }) => [`${pipeline} ${currency}`, limit])),
        };
      });
  }

  private at(atMs: number): Learned | undefined {
    return this.learned.findLast(({ from }) => from <= atMs);
  }

  /** Working days by which won deals usually have left a stage; 0 where that is not known. */
  daysOf(stage: string, atMs: number): number {
    return this.at(atMs)?.days.get(stage) ?? 0;
  }

  /** Working hours for which a channel usually is silent at most; 0 where that is not known. */
  silenceOf(channel: string, atMs: number): number {
    return this.at(atMs)?.silences.get(channel) ?? 0;
  }

  /** Hundredths of the currency above which an amount is odd in a pipeline; 0 where that is not known. */
  amountOf(pipeline: string, currency: string, atMs: number): number {
    return this.at(atMs)?.amounts.get(`${pipeline} ${currency}`) ?? 0;
  }
}
