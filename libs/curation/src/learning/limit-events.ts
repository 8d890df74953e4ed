import type { DomainEvent, EventDeclaration } from '@funnelwatch/kernel';

/** How long won deals stood in a stage. */
export interface StageLimit {
  stage: string;
  /** Whole working days by which 80 % had left it. */
  days: number;
  /** Stays that ended, by which that is known. */
  stays: number;
}

/** How much won deals of a pipeline bring, in one currency. */
export interface AmountLimit {
  pipeline: string;
  currency: string;
  /** Five times what 95 % of them stay below, in hundredths of the currency. */
  limit: number;
  deals: number;
}

/** How long a channel usually is silent at most. */
export interface SilenceLimit {
  /** Id of a source, or `calls`, `mail`, `messages`. */
  channel: string;
  /** Whole working hours. */
  hours: number;
  /** Silences by which that is known. */
  silences: number;
}

/** What the past of a portal says is usual, once a week. Stream: `learned:limits`. Holds from when it occurred. */
export type LimitEvent = DomainEvent<
  'LimitsLearned',
  {
    /** Monday of the week in which it was learned, in the portal's zone, `YYYY-MM-DD`. */
    week: string;
    /** The rule clock up to which the past was looked at; ISO 8601. */
    asOf: string;
    stages: StageLimit[];
    amounts: AmountLimit[];
    channels: SilenceLimit[];
  }
>;

/** As kept of events that were folded before channels were learned of. */
export type EarlierLimits = Omit<LimitEvent['data'], 'channels'> & Partial<Pick<LimitEvent['data'], 'channels'>>;

export const limitStream = 'learned:limits';

export const limitEvents: readonly EventDeclaration[] = [
  {
    type: 'LimitsLearned',
    schemaVersion: 2,
    upcasters: [(data) => ({ ...data, channels: [] })],
    fields: { week: 'text', asOf: 'text', stages: 'list', amounts: 'list', channels: 'list' },
  },
];
