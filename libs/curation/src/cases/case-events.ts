import type { DomainEvent, EventDeclaration, JsonObject } from '@funnelwatch/kernel';
import type { Severity } from '../rules/rule.js';

export type Verdict = 'real' | 'acceptable' | 'false' | 'need-info';
export const verdicts: readonly Verdict[] = ['real', 'acceptable', 'false', 'need-info'];

/** A verdict that decides: asking for more is none. */
export type Judgement = Exclude<Verdict, 'need-info'>;

/** `active`: for curators. `baseline`: began before its rule was switched on, never sent. `shadow`: the rule runs silently. */
export type CaseMode = 'active' | 'baseline' | 'shadow';

/** Who was what when the episode began; null where nobody is known. */
export interface CasePeople {
  doer: string | null;
  owner: string | null;
  creator: string | null;
  assignee: string | null;
  editor: string | null;
  head: string | null;
  /** Whom the case is about: the first of the rule's targets that is known. */
  responsible: string | null;
}

export interface CaseItem {
  ref: string;
  eventId: string;
  at: string;
}

export interface CaseOpenedData {
  caseId: string;
  ruleId: string;
  ruleVersion: number;
  severity: Severity;
  mode: CaseMode;
  /** In whose life it was found, and the record it is about. */
  subject: string;
  about: string;
  startAt: string;
  startEventId: string;
  /** CRM time at which limit and grace had run out. */
  opensAt: string;
  /** Wall time by which a curator is to have looked at it. */
  dueAt: string;
  people: CasePeople;
  items: CaseItem[];
  evidence: JsonObject;
  parameters: JsonObject;
  /** Position of the portal's bucket as of which it was judged. */
  asAt: number;
  /** The case of the same rule about the same record that was closed before, null for none. */
  regressedFrom: string | null;
}

export type FeedbackChannel = 'task' | 'notification' | 'timeline-comment';

/** What an employee says to a case of theirs, by one press. */
export type CaseAnswer = 'fixed' | 'disagree' | 'not-mine';

/** Until when a case sleeps. */
export type SnoozeUntil = { kind: 'time'; at: string } | { kind: 'event' } | { kind: 'count'; count: number };

export type CaseEvent =
  | DomainEvent<'CaseOpened', CaseOpenedData>
  /** Another episode of the same rule about the same record while the case was open. */
  | DomainEvent<'CaseRecurred', { startAt: string; startEventId: string; opensAt: string; items: CaseItem[] }>
  | DomainEvent<'CaseItemsChanged', { items: CaseItem[] }>
  | DomainEvent<'CaseReassigned', { owner: string | null }>
  | DomainEvent<'CaseResolved', { startAt: string; at: string; eventId: string | null }>
  | DomainEvent<'CaseResolutionWithdrawn', { startAt: string }>
  | DomainEvent<'CaseVoided', { startAt: string; reason: VoidReason; at: string; into?: string | null }>
  /** What it was about is there after all, or the episode ended before it vanished. */
  | DomainEvent<'CaseRestored', { startAt: string }>
  | DomainEvent<'CaseInhibited', { by: string }>
  | DomainEvent<'CaseReleased', { by: string }>
  | DomainEvent<'VerdictGiven', VerdictData>
  | DomainEvent<'VerdictWithdrawn', { by: string }>
  | DomainEvent<'CaseSnoozed', { until: SnoozeUntil; reason: string; by: string }>
  | DomainEvent<'CaseWoken', { why: 'time' | 'event' | 'count' | 'person'; by: string | null }>
  | DomainEvent<'CaseAssigned', { to: string | null; by: string }>
  | DomainEvent<'CaseMerged', { into: string; by: string }>
  | DomainEvent<'CaseClosed', { by: string }>
  | DomainEvent<'CaseReopened', { by: string }>
  | DomainEvent<'FeedbackRequested', { messageId: string; channel: FeedbackChannel; to: string; by: string }>
  | DomainEvent<'FeedbackCancelled', { messageId: string; by: string }>
  | DomainEvent<'FeedbackSent', { messageId: string; at: string }>
  | DomainEvent<'FeedbackFailed', { messageId: string; code: string }>
  | DomainEvent<'FeedbackSeen', { messageId: string; at: string }>
  /** What was said beside it is sealed under the key of whoever answered. */
  | DomainEvent<'CaseAnswered', { answer: CaseAnswer; by: string; messageId: string | null; hasComment?: boolean }>
  | DomainEvent<'DisputeDecided', { verdict: Verdict; by: string }>
  /** The draw, or the training of whoever gave the verdict, asks for a second one that does not know the first. */
  | DomainEvent<'SecondReviewDrawn', { reason: ReviewReason; of: string; at: string }>
  | DomainEvent<'BlindReviewed', { verdict: Verdict; by: string }>;

/** `sample`: drawn. `training`: the first reviewer has not been calibrated. */
export type ReviewReason = 'sample' | 'training';

/** `merged`: what it was about lives on in another record, which the event names. */
export type VoidReason = 'deleted' | 'merged' | 'late-facts' | 'rule-changed';

interface VerdictData {
  verdict: Verdict;
  /** Account of the curator. */
  by: string;
  /** Seconds the card was in view before the verdict; null where unknown. */
  seconds: number | null;
  /** Name of the template that was used, empty for none. */
  template: string;
}

const aboutCase = { caseId: 'text' } as const;

/** Every event type that curation appends about cases. A new shape is a new version with an upcaster. */
export const caseEvents: readonly EventDeclaration[] = [
  {
    type: 'CaseOpened',
    schemaVersion: 1,
    fields: {
      ...aboutCase,
      ...{ ruleId: 'text', ruleVersion: 'number', severity: 'text', mode: 'text', subject: 'text', about: 'text' },
      ...{ startAt: 'text', startEventId: 'text', opensAt: 'text', dueAt: 'text', people: 'object', items: 'list' },
      ...{ evidence: 'object', parameters: 'object', asAt: 'number' },
    },
  },
  ...simple({
    CaseRecurred: { startAt: 'text', startEventId: 'text', opensAt: 'text', items: 'list' },
    CaseItemsChanged: { items: 'list' },
    CaseReassigned: {},
    CaseResolved: { startAt: 'text', at: 'text' },
    CaseResolutionWithdrawn: { startAt: 'text' },
    CaseVoided: { startAt: 'text', reason: 'text', at: 'text' },
    CaseRestored: { startAt: 'text' },
    CaseInhibited: { by: 'text' },
    CaseReleased: { by: 'text' },
    VerdictGiven: { verdict: 'text', by: 'text', template: 'text' },
    VerdictWithdrawn: { by: 'text' },
    CaseSnoozed: { until: 'object', reason: 'text', by: 'text' },
    CaseWoken: { why: 'text' },
    CaseAssigned: { by: 'text' },
    CaseMerged: { into: 'text', by: 'text' },
    CaseClosed: { by: 'text' },
    CaseReopened: { by: 'text' },
    FeedbackRequested: { messageId: 'text', channel: 'text', to: 'text', by: 'text' },
    FeedbackCancelled: { messageId: 'text', by: 'text' },
    FeedbackSent: { messageId: 'text', at: 'text' },
    FeedbackFailed: { messageId: 'text', code: 'text' },
    FeedbackSeen: { messageId: 'text', at: 'text' },
    CaseAnswered: { answer: 'text', by: 'text' },
    DisputeDecided: { verdict: 'text', by: 'text' },
    SecondReviewDrawn: { reason: 'text', of: 'text', at: 'text' },
    BlindReviewed: { verdict: 'text', by: 'text' },
  }),
];

function simple(types: Record<string, EventDeclaration['fields']>): EventDeclaration[] {
  return Object.entries(types).map(([type, fields]) => ({ type, schemaVersion: 1, fields }));
}

export const caseStream = (caseId: string): string => `case:${caseId}`;

/** Id of a case of a stream, null for other streams. */
export const caseOf = (streamId: string): string | null =>
  streamId.startsWith('case:') ? streamId.slice('case:'.length) : null;
