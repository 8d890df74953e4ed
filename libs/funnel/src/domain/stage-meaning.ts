import { type DomainEvent, Rejection } from '@funnelwatch/kernel';

/** Meanings the product has words for; an integrator may use others. */
export const stageMeanings = ['contact', 'qualification', 'meeting', 'proposal', 'contract', 'payment'] as const;
/** What a stage means to the business: a word of `stageMeanings` or one of the integrator's. */
export type StageMeaning = string;
const wording = /^\p{L}[\p{L}\p{N} _-]{0,39}$/u;

export type StageMeaningEvent = DomainEvent<
  'StageMeaningMapped',
  {
    pipelineId: string;
    stageId: string;
    meaning: StageMeaning | null;
    /** From this instant on, ISO 8601 UTC; figures asked for an earlier moment keep the older meaning. */
    validFrom: string;
  }
>;

export interface MapStageMeaning {
  type: 'MapStageMeaning';
  pipelineId: string;
  stageId: string;
  meaning: StageMeaning | null;
  validFrom: string;
}

/** Decided meanings of one pipeline: stage → instant → meaning. */
export type StageMeaningState = ReadonlyMap<string, ReadonlyMap<string, StageMeaning | null>>;

export const noMeanings: StageMeaningState = new Map();

/** Stream of one pipeline's decisions. */
export const stageMeaningStream = (pipelineId: string): string => `stage-meaning:${pipelineId}`;

/** Repeating a decision is harmless. Throws `Rejection` FUNNEL_MEANING_INVALID, FUNNEL_MEANING_TIME_INVALID. */
export function decideStageMeaning(command: MapStageMeaning, state: StageMeaningState): StageMeaningEvent[] {
  const { type: _, ...decision } = command;
  if (decision.meaning !== null && !wording.test(decision.meaning)) {
    throw new Rejection(
      'FUNNEL_MEANING_INVALID',
      `A meaning is a word of at most 40 letters, such as ${stageMeanings.join(', ')}.`,
    );
  }
  const validFrom = new Date(decision.validFrom);
  if (Number.isNaN(validFrom.getTime()) || validFrom.getUTCFullYear() < 1990 || validFrom.getUTCFullYear() > 2100) {
    throw new Rejection('FUNNEL_MEANING_TIME_INVALID', 'The meaning must begin at a time between 1990 and 2100.');
  }
  const from = validFrom.toISOString();
  const decided = state.get(decision.stageId);
  const isRepeated = decided?.has(from)
    ? decided.get(from) === decision.meaning
    : meaningAt(decided, from) === decision.meaning;
  if (isRepeated) return [];
  return [{ type: 'StageMeaningMapped', data: { ...decision, validFrom: from } }];
}

export function evolveStageMeaning(state: StageMeaningState, event: StageMeaningEvent): StageMeaningState {
  const { stageId, validFrom, meaning } = event.data;
  return new Map(state).set(stageId, new Map(state.get(stageId)).set(validFrom, meaning));
}

function meaningAt(decided: ReadonlyMap<string, StageMeaning | null> | undefined, at: string): StageMeaning | null {
  let latest: string | null = null;
  for (const from of decided?.keys() ?? []) if (from <= at && (latest === null || from > latest)) latest = from;
  return latest === null ? null : (decided?.get(latest) ?? null);
}
