import { canonicalJson, type DomainEvent, Rejection } from '@funnelwatch/kernel';

/**
 * What is counted as one action of an indicator. A stage counts once for each record, when it is first reached or passed; an
 * activity when it is done; a deal when it is won; an invoice when it is paid.
 */
export type Measure =
  | { kind: 'stage'; pipelineId: string; stageId: string }
  | {
      kind: 'activity';
      activity: 'call' | 'meeting' | 'letter' | 'message';
      direction: 'incoming' | 'outgoing' | 'any';
    }
  | { kind: 'won'; pipelineId: string | null }
  | { kind: 'paid' };

export interface Indicator {
  indicatorId: string;
  name: { ru: string; en: string };
  measure: Measure;
  /** How long one action takes, for what a plan asks of people's time; null where nobody said. */
  minutes: number | null;
  /** Off: kept for what was counted by it, offered no more. */
  isOffered: boolean;
}

export type IndicatorEvent = DomainEvent<'IndicatorDefined', Indicator & { by: string }>;

/** All indicators of a portal are one stream: they are few, and read together. */
export const indicatorStream = 'indicators';

export type Indicators = ReadonlyMap<string, Indicator>;
export const noIndicators: Indicators = new Map();

const mostIndicators = 60;
const identifier = /^[a-z][a-z0-9-]{0,39}$/;

export function evolveIndicators(known: Indicators, { data }: IndicatorEvent): Indicators {
  const { by: _, ...indicator } = data;
  return new Map(known).set(indicator.indicatorId, indicator);
}

/**
 * Defines an indicator, or gives a known one other words. What it measures stays: figures that were counted by it would mean
 * something else. Repeating it is harmless. Throws `Rejection` INDICATOR_INVALID, INDICATOR_MEASURE_FIXED, INDICATORS_TOO_MANY.
 */
export function decideIndicator(indicator: Indicator, known: Indicators, by: string): IndicatorEvent[] {
  const { indicatorId, name, minutes } = indicator;
  const isNamed = [name.ru, name.en].every((text) => text.trim().length > 0 && text.length <= 60);
  if (!identifier.test(indicatorId) || !isNamed)
    throw new Rejection('INDICATOR_INVALID', 'An indicator has an id of small letters and a name in both languages.');
  if (minutes !== null && !(Number.isInteger(minutes) && minutes > 0 && minutes <= 1440))
    throw new Rejection('INDICATOR_INVALID', 'An action takes whole minutes, a day at most.');
  const before = known.get(indicatorId);
  if (before && !isSame(before.measure, indicator.measure))
    throw new Rejection(
      'INDICATOR_MEASURE_FIXED',
      'What an indicator measures cannot change. Define another one and take this one off.',
    );
  if (!before && known.size >= mostIndicators)
    throw new Rejection('INDICATORS_TOO_MANY', `A portal has at most ${mostIndicators} indicators.`);
  if (before && isSame(before, indicator)) return [];
  return [{ type: 'IndicatorDefined', data: { ...indicator, by } }];
}

/** What was stored comes back with its keys in another order. */
const isSame = (one: object, other: object): boolean => canonicalJson(one) === canonicalJson(other);
