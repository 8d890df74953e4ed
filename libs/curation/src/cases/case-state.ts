import type {
  CaseEvent,
  CaseItem,
  CaseMode,
  CasePeople,
  FeedbackChannel,
  SnoozeUntil,
  Verdict,
} from './case-events.js';
import type { Severity } from '../rules/rule.js';

/**
 * `open`: waits for a verdict. `waiting`: confirmed, waits for the fix. `disputed`: waits for another reviewer. `closed`,
 * `void`: nothing more is to be done.
 */
export type CaseStatus = 'open' | 'waiting' | 'disputed' | 'closed' | 'void';

export interface FeedbackState {
  messageId: string;
  channel: FeedbackChannel;
  to: string;
  by: string;
  state: 'requested' | 'cancelled' | 'sent' | 'failed' | 'seen';
}

/** An episode of a case: one beginning of the breach. */
export interface CaseEpisode {
  startAt: string;
  resolvedAt: string | null;
  voidReason: string | null;
}

export interface CaseState {
  caseId: string;
  ruleId: string;
  severity: Severity;
  mode: CaseMode;
  about: string;
  status: CaseStatus;
  people: CasePeople;
  items: CaseItem[];
  episodes: CaseEpisode[];
  verdict: { verdict: Verdict; by: string } | null;
  /** The state before the verdict, for undoing it. */
  statusBeforeVerdict: CaseStatus | null;
  assignee: string | null;
  snooze: { until: SnoozeUntil; reason: string; by: string; recurrences: number } | null;
  inhibitedBy: string[];
  mergedInto: string | null;
  feedback: FeedbackState[];
  answer: { answer: 'fixed' | 'disagree' | 'not-mine'; by: string } | null;
  blindReviewers: string[];
}

const isResolved = (state: CaseState): boolean =>
  state.episodes.every(({ resolvedAt, voidReason }) => resolvedAt !== null || voidReason !== null);

/** What curation knows of a case after its events; null before the first. */
export function evolveCase(state: CaseState | null, event: CaseEvent): CaseState | null {
  if (event.type === 'CaseOpened') {
    const { caseId, ruleId, severity, mode, about, people, items, startAt } = event.data;
    return {
      ...{ caseId, ruleId, severity, mode, about, people, items, status: 'open', verdict: null, assignee: null },
      episodes: [{ startAt, resolvedAt: null, voidReason: null }],
      ...{ statusBeforeVerdict: null, snooze: null, inhibitedBy: [], mergedInto: null, feedback: [], answer: null },
      blindReviewers: [],
    };
  }
  if (state === null) return null;
  switch (event.type) {
    case 'CaseRecurred':
      return {
        ...state,
        items: event.data.items,
        episodes: [...state.episodes, { startAt: event.data.startAt, resolvedAt: null, voidReason: null }],
        snooze: state.snooze && { ...state.snooze, recurrences: state.snooze.recurrences + 1 },
      };
    case 'CaseItemsChanged':
      return { ...state, items: event.data.items };
    case 'CaseReassigned':
      return { ...state, people: { ...state.people, owner: event.data.owner } };
    case 'CaseResolved':
      return settled(withEpisode(state, event.data.startAt, { resolvedAt: event.data.at }));
    case 'CaseResolutionWithdrawn': {
      const again = withEpisode(state, event.data.startAt, { resolvedAt: null });
      const isClosedByItself = again.status === 'closed' && again.verdict === null;
      const isWaitingAgain = again.status === 'closed' && again.verdict?.verdict === 'real';
      return { ...again, status: isClosedByItself ? 'open' : isWaitingAgain ? 'waiting' : again.status };
    }
    case 'CaseVoided': {
      const voided = withEpisode(state, event.data.startAt, { voidReason: event.data.reason });
      return voided.episodes.every(({ voidReason }) => voidReason !== null)
        ? { ...voided, status: 'void', snooze: null }
        : settled(voided);
    }
    case 'CaseRestored': {
      const restored = withEpisode(state, event.data.startAt, { voidReason: null });
      const status = restored.verdict?.verdict === 'real' ? 'waiting' : 'open';
      return settled(restored.status === 'void' ? { ...restored, status } : restored);
    }
    case 'CaseInhibited':
      return { ...state, inhibitedBy: [...new Set([...state.inhibitedBy, event.data.by])] };
    case 'CaseReleased':
      return { ...state, inhibitedBy: state.inhibitedBy.filter((by) => by !== event.data.by) };
    case 'VerdictGiven': {
      const { verdict, by } = event.data;
      const status = statusAfter(state, verdict);
      return { ...state, verdict: { verdict, by }, status, statusBeforeVerdict: state.status, snooze: null };
    }
    case 'VerdictWithdrawn':
      return { ...state, verdict: null, status: state.statusBeforeVerdict ?? 'open', statusBeforeVerdict: null };
    case 'CaseSnoozed':
      return { ...state, snooze: { ...event.data, recurrences: 0 } };
    case 'CaseWoken':
      return { ...state, snooze: null };
    case 'CaseAssigned':
      return { ...state, assignee: event.data.to };
    case 'CaseMerged':
      return { ...state, mergedInto: event.data.into, status: 'closed', snooze: null };
    case 'CaseClosed':
      return { ...state, status: 'closed', snooze: null };
    case 'CaseReopened':
      return { ...state, status: state.verdict?.verdict === 'real' ? 'waiting' : 'open', mergedInto: null };
    case 'FeedbackRequested':
      return { ...state, feedback: [...state.feedback, { ...event.data, state: 'requested' }] };
    case 'FeedbackCancelled':
      return withFeedback(state, event.data.messageId, 'cancelled');
    case 'FeedbackSent':
      return withFeedback(state, event.data.messageId, 'sent');
    case 'FeedbackFailed':
      return withFeedback(state, event.data.messageId, 'failed');
    case 'FeedbackSeen':
      return withFeedback(state, event.data.messageId, 'seen');
    case 'CaseAnswered': {
      const { answer, by } = event.data;
      return { ...state, answer: { answer, by }, status: answer === 'fixed' ? state.status : 'disputed' };
    }
    case 'DisputeDecided': {
      const { verdict, by } = event.data;
      return { ...state, verdict: { verdict, by }, status: statusAfter(state, verdict) };
    }
    case 'BlindReviewed':
      return { ...state, blindReviewers: [...state.blindReviewers, event.data.by] };
  }
}

function statusAfter(state: CaseState, verdict: Verdict): CaseStatus {
  switch (verdict) {
    case 'acceptable':
    case 'false':
      return 'closed';
    case 'need-info':
      return 'open';
    case 'real':
      return isResolved(state) ? 'closed' : 'waiting';
  }
}

/** A case whose breach is over: an S1 still wants its verdict, what was confirmed or is lighter is closed. */
function settled(state: CaseState): CaseState {
  if (!isResolved(state)) return state;
  const isWanted = state.status === 'disputed' || (state.status === 'open' && state.severity === 'S1');
  return isWanted || state.status === 'void' ? state : { ...state, status: 'closed', snooze: null };
}

function withEpisode(state: CaseState, startAt: string, change: Partial<CaseEpisode>): CaseState {
  return {
    ...state,
    episodes: state.episodes.map((episode) => (episode.startAt === startAt ? { ...episode, ...change } : episode)),
  };
}

function withFeedback(state: CaseState, messageId: string, became: FeedbackState['state']): CaseState {
  return {
    ...state,
    feedback: state.feedback.map((one) => (one.messageId === messageId ? { ...one, state: became } : one)),
  };
}
