import type {
  CaseAnswer,
  CaseEvent,
  CaseItem,
  CaseMode,
  CasePeople,
  FeedbackChannel,
  ReviewReason,
  SnoozeUntil,
  Verdict,
  VoidReason,
} from './case-events.js';
import type { Severity } from '../rules/rule.js';

/**
 * `open`: waits for a verdict. `waiting`: confirmed, waits for the fix. `disputed`: waits for another reviewer. `closed`,
 * `void`: nothing more is to be done.
 */
export type CaseStatus = 'open' | 'waiting' | 'disputed' | 'closed' | 'void';

interface FeedbackState {
  messageId: string;
  channel: FeedbackChannel;
  to: string;
  by: string;
  state: 'requested' | 'cancelled' | 'sent' | 'failed' | 'seen';
}

/** A second verdict that is, or was, asked for beside the first. */
export interface SecondReview {
  reason: ReviewReason;
  /** Account whose verdict is looked at once more. */
  of: string;
  drawnAt: string;
  /** `confirmed`, `contradicted`: by the second verdict. `lapsed`: no longer asked for. */
  state: 'pending' | 'confirmed' | 'contradicted' | 'lapsed';
}

/** An episode of a case: one beginning of the breach. */
interface CaseEpisode {
  startAt: string;
  resolvedAt: string | null;
  voidReason: VoidReason | null;
  /** The record that took over what it was about; null unless that was merged. */
  voidInto: string | null;
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
  answer: { answer: CaseAnswer; by: string; hasComment?: boolean } | null;
  blindReviewers: string[];
  /** Everybody who has given a verdict, also one that was taken back. */
  verdictBy: string[];
  secondReview: SecondReview | null;
  /** Portal user whose dispute was decided, until there is another verdict, none any more, or a new episode. */
  disputeDecidedOf: string | null;
}

const freshEpisode = { resolvedAt: null, voidReason: null, voidInto: null };

const isResolved = (state: CaseState): boolean =>
  state.episodes.every(({ resolvedAt, voidReason }) => resolvedAt !== null || voidReason !== null);

/** What curation knows of a case after its events; null before the first. */
export function evolveCase(state: CaseState | null, event: CaseEvent): CaseState | null {
  if (event.type === 'CaseOpened') {
    const { caseId, ruleId, severity, mode, about, people, items, startAt } = event.data;
    return {
      ...{ caseId, ruleId, severity, mode, about, people, items, status: 'open', verdict: null, assignee: null },
      episodes: [{ startAt, ...freshEpisode }],
      ...{ statusBeforeVerdict: null, snooze: null, inhibitedBy: [], mergedInto: null, feedback: [], answer: null },
      ...{ blindReviewers: [], verdictBy: [], secondReview: null, disputeDecidedOf: null },
    };
  }
  if (state === null) return null;
  switch (event.type) {
    case 'CaseRecurred': {
      const { startAt, items } = event.data;
      // What was taken back and is found again takes its own place.
      const others = state.episodes.filter((episode) => episode.startAt !== startAt);
      const again = state.verdict?.verdict === 'real' ? 'waiting' : 'open';
      return {
        ...state,
        ...{ items, status: state.status === 'void' ? again : state.status },
        episodes: [...others, { startAt, ...freshEpisode }],
        disputeDecidedOf: null,
        snooze: state.snooze && { ...state.snooze, recurrences: state.snooze.recurrences + 1 },
      };
    }
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
      const { startAt, reason, into = null } = event.data;
      const voided = withEpisode(state, startAt, { voidReason: reason, voidInto: into });
      return voided.episodes.every(({ voidReason }) => voidReason !== null)
        ? withoutReview({ ...voided, status: 'void', snooze: null })
        : settled(voided);
    }
    case 'CaseRestored': {
      const restored = withEpisode(state, event.data.startAt, { voidReason: null, voidInto: null });
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
      const before = { statusBeforeVerdict: state.status, secondReview: reviewAfterVerdict(state, verdict, by) };
      return {
        ...givenBy(state, by),
        ...before,
        verdict: { verdict, by },
        status,
        snooze: null,
        disputeDecidedOf: null,
      };
    }
    case 'VerdictWithdrawn': {
      const { secondReview: review } = state;
      const isOver = review?.reason === 'sample' && review.state !== 'pending';
      const open = {
        verdict: null,
        statusBeforeVerdict: null,
        disputeDecidedOf: null,
        secondReview: isOver ? review : null,
      };
      return { ...state, ...open, status: state.statusBeforeVerdict ?? 'open' };
    }
    case 'CaseSnoozed':
      return { ...state, snooze: { ...event.data, recurrences: 0 } };
    case 'CaseWoken':
      return { ...state, snooze: null };
    case 'CaseAssigned':
      return { ...state, assignee: event.data.to };
    case 'CaseMerged':
      return withoutReview({ ...state, mergedInto: event.data.into, status: 'closed', snooze: null });
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
      const { answer, by, hasComment = false } = event.data;
      const answered = { ...state, answer: { answer, by, ...(hasComment ? { hasComment } : {}) } };
      // Whoever decides the dispute gives the second verdict, and knows that the first was a confirmation.
      return answer === 'fixed' ? answered : withoutReview({ ...answered, status: 'disputed' });
    }
    case 'DisputeDecided': {
      const { verdict, by } = event.data;
      const status = statusAfter(state, verdict);
      return { ...givenBy(state, by), verdict: { verdict, by }, status, disputeDecidedOf: state.answer?.by ?? null };
    }
    case 'SecondReviewDrawn': {
      const { reason, of, at } = event.data;
      return { ...state, secondReview: { reason, of, drawnAt: at, state: 'pending' } };
    }
    case 'BlindReviewed': {
      const { verdict, by } = event.data;
      const { secondReview: review, verdict: first } = state;
      const isAlike = first !== null && isBreach(first.verdict) === isBreach(verdict);
      return {
        ...state,
        blindReviewers: [...state.blindReviewers, by],
        secondReview: review && { ...review, state: isAlike ? 'confirmed' : 'contradicted' },
      };
    }
  }
}

/** Whether a verdict says that the rule was broken: the question on which two reviewers agree or not. */
export const isBreach = (verdict: Verdict): boolean => verdict === 'real';

const givenBy = (state: CaseState, by: string): CaseState => ({
  ...state,
  verdictBy: [...new Set([...state.verdictBy, by])],
});

const withoutReview = (state: CaseState): CaseState =>
  state.secondReview?.state === 'pending'
    ? { ...state, secondReview: { ...state.secondReview, state: 'lapsed' } }
    : state;

/** What is left of a second review when the first verdict is given anew. */
function reviewAfterVerdict({ secondReview: review }: CaseState, verdict: Verdict, by: string): SecondReview | null {
  if (review === null) return null;
  if (review.reason === 'sample') {
    if (review.state !== 'pending') return review;
    return verdict === 'need-info' ? null : { ...review, of: by };
  }
  return verdict === 'need-info' || review.of !== by ? null : { ...review, state: 'pending' };
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
