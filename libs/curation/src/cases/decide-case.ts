import { assertNever, Rejection } from '@funnelwatch/kernel';
import { awaitsReviewBy, isOwnWork } from '../quality/second-review/second-review.js';
import type {
  CaseAnswer,
  CaseEvent,
  FeedbackChannel,
  Judgement,
  ReviewReason,
  SnoozeUntil,
  Verdict,
} from './case-events.js';
import { type CaseState, evolveCase } from './case-state.js';
import type { ReviewControl, Reviewer } from './reviewer.js';

export type CaseCommand =
  | { type: 'GiveVerdict'; verdict: Verdict; seconds: number | null; template: string }
  | { type: 'WithdrawVerdict' }
  | { type: 'Snooze'; until: SnoozeUntil; reason: string }
  | { type: 'Wake' }
  | { type: 'Assign'; to: string | null }
  | { type: 'Merge'; into: string }
  | { type: 'Close' }
  | { type: 'Reopen' }
  | { type: 'RequestFeedback'; messageId: string; channel: FeedbackChannel; to: string }
  | { type: 'CancelFeedback'; messageId: string }
  | { type: 'DecideDispute'; verdict: Verdict }
  | { type: 'ReviewBlindly'; verdict: Judgement };

const refuse = (code: string, sentence: string): never => {
  throw new Rejection(code, sentence);
};

/**
 * What a person's command on a case does. Repeating a command is harmless. Throws `Rejection`: CASE_UNKNOWN, CASE_OVER,
 * CASE_OWN (nobody reviews their own cases), CASE_HEAD_ALONE, CASE_SAME_REVIEWER, CASE_NO_VERDICT, CASE_DISPUTED,
 * CASE_NOT_DISPUTED, CASE_NOT_SENT, CASE_REASON_MISSING, CASE_REVIEW_PENDING (first the blind second verdict),
 * CASE_NOT_DRAWN, CASE_IN_TRAINING (feedback waits for a second review),
 * CASE_FEEDBACK_ON_ITS_WAY (the same person hears of it by the same channel already).
 */
export function decideCase(
  command: CaseCommand,
  state: CaseState | null,
  who: Reviewer,
  control: ReviewControl,
): CaseEvent[] {
  if (state === null) return refuse('CASE_UNKNOWN', 'There is no such case.');
  const by = who.accountId;
  if (!harmless.has(command.type) && isOwnWork(state, who)) {
    refuse('CASE_OWN', 'Nobody reviews a case about their own work: leave it to a colleague.');
  }
  // Whatever else were answered here would tell of the first verdict.
  if (command.type !== 'ReviewBlindly' && awaitsReviewBy(state, who, control.nowMs)) {
    refuse('CASE_REVIEW_PENDING', 'The case was drawn for a second review: give your verdict there first.');
  }
  switch (command.type) {
    case 'GiveVerdict': {
      if (state.status === 'void') refuse('CASE_OVER', 'The case is void: what it was about is gone.');
      if (state.status === 'disputed') refuse('CASE_DISPUTED', 'The case is disputed: another reviewer decides it.');
      if (state.verdict?.verdict === command.verdict && state.verdict.by === by) return [];
      const isDismissal = command.verdict === 'acceptable' || command.verdict === 'false';
      if (isDismissal && who.isHead) {
        refuse('CASE_HEAD_ALONE', 'A head of sales does not dismiss cases of their own people: ask a curator.');
      }
      const { verdict, seconds, template } = command;
      const given: CaseEvent = { type: 'VerdictGiven', data: { verdict, by, seconds, template } };
      const reason = reviewNeeded(evolveCase(state, given) ?? state, who, control);
      if (reason === null) return [given];
      const at = new Date(control.nowMs).toISOString();
      return [given, { type: 'SecondReviewDrawn', data: { reason, of: by, at } }];
    }
    case 'WithdrawVerdict': {
      if (!state.verdict) return [];
      if (who.isHead && state.verdict.by !== by) {
        refuse('CASE_HEAD_ALONE', 'A head of sales does not take back the verdict of a curator on their own people.');
      }
      const pending = state.feedback.filter(({ state: sent }) => sent === 'requested');
      return [
        ...pending.map(({ messageId }): CaseEvent => ({ type: 'FeedbackCancelled', data: { messageId, by } })),
        { type: 'VerdictWithdrawn', data: { by } },
      ];
    }
    case 'Snooze':
      if (state.status === 'closed' || state.status === 'void') refuse('CASE_OVER', 'The case is closed.');
      if (command.reason.trim() === '') refuse('CASE_REASON_MISSING', 'Say why the case is put off.');
      return [{ type: 'CaseSnoozed', data: { until: command.until, reason: command.reason, by } }];
    case 'Wake':
      return state.snooze ? [{ type: 'CaseWoken', data: { why: 'person', by } }] : [];
    case 'Assign':
      return state.assignee === command.to ? [] : [{ type: 'CaseAssigned', data: { to: command.to, by } }];
    case 'Merge':
      if (command.into === state.caseId) refuse('CASE_SAME', 'A case cannot be merged into itself.');
      if (state.mergedInto === command.into) return [];
      if (who.isHead) refuse('CASE_HEAD_ALONE', 'A head of sales does not put away cases of their own people alone.');
      return [{ type: 'CaseMerged', data: { into: command.into, by } }];
    case 'Close':
      if (state.status === 'closed' || state.status === 'void') return [];
      if (!state.verdict) refuse('CASE_NO_VERDICT', 'Give a verdict before closing the case.');
      if (who.isHead) refuse('CASE_HEAD_ALONE', 'A head of sales does not close cases of their own people alone.');
      return [{ type: 'CaseClosed', data: { by } }];
    case 'Reopen':
      if (state.status === 'void') refuse('CASE_OVER', 'The case is void: what it was about is gone.');
      return state.status === 'closed' ? [{ type: 'CaseReopened', data: { by } }] : [];
    case 'RequestFeedback': {
      const { messageId, channel, to } = command;
      if (state.mode !== 'active') refuse('CASE_NOT_SENT', 'Cases from before the rule was on are never sent.');
      if (state.feedback.some((one) => one.messageId === messageId)) return [];
      const isOnItsWay = state.feedback.some(
        (one) => one.state === 'requested' && one.to === to && one.channel === channel,
      );
      if (isOnItsWay) refuse('CASE_FEEDBACK_ON_ITS_WAY', 'Feedback to this person is on its way already.');
      if (isHeldBack(state, who)) {
        refuse('CASE_IN_TRAINING', 'The verdict needs a second review that confirms it before feedback is sent.');
      }
      return [{ type: 'FeedbackRequested', data: { messageId, channel, to, by } }];
    }
    case 'CancelFeedback': {
      const sent = state.feedback.find(({ messageId }) => messageId === command.messageId);
      if (who.isHead && sent && sent.by !== by) {
        refuse('CASE_HEAD_ALONE', 'A head of sales does not hold back the feedback of a curator to their own people.');
      }
      return sent?.state === 'requested'
        ? [{ type: 'FeedbackCancelled', data: { messageId: command.messageId, by } }]
        : [];
    }
    case 'DecideDispute':
      if (state.status !== 'disputed') refuse('CASE_NOT_DISPUTED', 'Nobody disputes this case.');
      if (state.verdictBy.includes(by)) refuse('CASE_SAME_REVIEWER', 'Another reviewer decides a dispute.');
      if (who.isHead) refuse('CASE_HEAD_ALONE', 'A head of sales does not decide disputes of their own people.');
      return [{ type: 'DisputeDecided', data: { verdict: command.verdict, by } }];
    case 'ReviewBlindly':
      if (state.blindReviewers.includes(by)) return [];
      if (state.verdictBy.includes(by)) {
        refuse('CASE_SAME_REVIEWER', 'A second review is made by another reviewer.');
      }
      if (who.isHead) refuse('CASE_HEAD_ALONE', 'A head of sales does not review cases of their own people alone.');
      if (!awaitsReviewBy(state, who, control.nowMs)) {
        refuse('CASE_NOT_DRAWN', 'The case is not drawn for a second review.');
      }
      return [{ type: 'BlindReviewed', data: { verdict: command.verdict, by } }];
    default:
      return assertNever(command);
  }
}

/** What somebody may do even where it is their own work. */
const harmless = new Set<CaseCommand['type']>(['Wake', 'Assign']);

/** Why a verdict that was just given is to be reviewed; null where it is not, or is already. */
function reviewNeeded(
  after: CaseState,
  { isInTraining }: Reviewer,
  { lot, share }: ReviewControl,
): ReviewReason | null {
  const { mode, verdict, secondReview: review, blindReviewers } = after;
  if (mode === 'shadow' || verdict === null || verdict.verdict === 'need-info') return null;
  if (isInTraining) return review?.reason === 'training' ? null : 'training';
  return review === null && blindReviewers.length === 0 && lot < share ? 'sample' : null;
}

/**
 * Whether feedback rests on a verdict given in training that no second one bears out, or is asked for by somebody in
 * training where nobody else has said anything yet.
 */
function isHeldBack({ verdict, secondReview: review }: CaseState, { accountId, isInTraining }: Reviewer): boolean {
  const isReviewed = review !== null && review.of === verdict?.by;
  if (isReviewed && review.state === 'confirmed') return false;
  if (isReviewed && review.reason === 'training') return true;
  return isInTraining && (verdict === null || verdict.by === accountId);
}

/**
 * What an employee says to a case of theirs. Throws `Rejection` CASE_UNKNOWN, CASE_NOT_YOURS, CASE_OVER, CASE_DECIDED (another
 * reviewer has decided their dispute).
 */
export function decideAnswer(
  { answer, hasComment }: { answer: CaseAnswer; hasComment: boolean },
  state: CaseState | null,
  userId: string,
): CaseEvent[] {
  if (state === null) return refuse('CASE_UNKNOWN', 'There is no such case.');
  const feedback = state.feedback.findLast(({ to }) => to === userId);
  const isTheirs = feedback !== undefined || state.people.responsible === userId || state.people.owner === userId;
  if (!isTheirs) refuse('CASE_NOT_YOURS', 'This case concerns somebody else.');
  if (state.status === 'void') refuse('CASE_OVER', 'The case is void: what it was about is gone.');
  const isSaid = state.answer?.answer === answer && state.answer.by === userId;
  // The same again changes nothing, unless it says why for the first time.
  if (isSaid && (!hasComment || state.answer?.hasComment === true)) return [];
  if (answer !== 'fixed' && state.disputeDecidedOf === userId) {
    refuse('CASE_DECIDED', 'Another reviewer has decided your dispute: talk to the head of your department.');
  }
  const data = { answer, by: userId, messageId: feedback?.messageId ?? null, ...(hasComment ? { hasComment } : {}) };
  return [{ type: 'CaseAnswered', data }];
}
