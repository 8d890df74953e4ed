import { assertNever, Rejection } from '@funnelwatch/kernel';
import type { CaseEvent, FeedbackChannel, SnoozeUntil, Verdict } from './case-events.js';
import type { CaseState } from './case-state.js';

/** Who acts: an account, and the portal's users it stands for. */
export interface Reviewer {
  accountId: string;
  /** Portal user of the account, null for people who are not in the portal. */
  userId: string | null;
  /** True for heads of sales, who may not dismiss cases of their own people alone. */
  isHead: boolean;
}

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
  | { type: 'ReviewBlindly'; verdict: Verdict };

const refuse = (code: string, sentence: string): never => {
  throw new Rejection(code, sentence);
};

/**
 * What a person's command on a case does. Repeating a command is harmless. Throws `Rejection`: CASE_UNKNOWN, CASE_OVER,
 * CASE_OWN (nobody reviews their own cases), CASE_HEAD_ALONE, CASE_SAME_REVIEWER, CASE_NO_VERDICT, CASE_NOT_DISPUTED,
 * CASE_NOT_SENT, CASE_REASON_MISSING.
 */
export function decideCase(command: CaseCommand, state: CaseState | null, who: Reviewer): CaseEvent[] {
  if (state === null) return refuse('CASE_UNKNOWN', 'There is no such case.');
  const by = who.accountId;
  if (judges.has(command.type)) refuseOwn(state, who);
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
      return [{ type: 'VerdictGiven', data: { verdict, by, seconds, template } }];
    }
    case 'WithdrawVerdict': {
      if (!state.verdict) return [];
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
      return [{ type: 'FeedbackRequested', data: { messageId, channel, to, by } }];
    }
    case 'CancelFeedback': {
      const sent = state.feedback.find(({ messageId }) => messageId === command.messageId);
      return sent?.state === 'requested'
        ? [{ type: 'FeedbackCancelled', data: { messageId: command.messageId, by } }]
        : [];
    }
    case 'DecideDispute':
      if (state.status !== 'disputed') refuse('CASE_NOT_DISPUTED', 'Nobody disputes this case.');
      if (state.verdict?.by === by) refuse('CASE_SAME_REVIEWER', 'Another reviewer decides a dispute.');
      if (who.isHead) refuse('CASE_HEAD_ALONE', 'A head of sales does not decide disputes of their own people.');
      return [{ type: 'DisputeDecided', data: { verdict: command.verdict, by } }];
    case 'ReviewBlindly':
      if (state.verdict?.by === by) refuse('CASE_SAME_REVIEWER', 'A second review is made by another reviewer.');
      if (state.blindReviewers.includes(by)) return [];
      return [{ type: 'BlindReviewed', data: { verdict: command.verdict, by } }];
    default:
      return assertNever(command);
  }
}

const judges = new Set<CaseCommand['type']>(['GiveVerdict', 'Close', 'Merge', 'DecideDispute', 'ReviewBlindly']);

function refuseOwn({ people }: CaseState, { userId }: Reviewer): void {
  const involved = [people.doer, people.owner, people.creator, people.assignee, people.editor, people.responsible];
  if (userId !== null && involved.includes(userId)) {
    refuse('CASE_OWN', 'Nobody reviews a case about their own work: leave it to a colleague.');
  }
}

/** What an employee says to a case of theirs. Throws `Rejection` CASE_UNKNOWN, CASE_NOT_YOURS, CASE_OVER. */
export function decideAnswer(
  answer: 'fixed' | 'disagree' | 'not-mine',
  state: CaseState | null,
  userId: string,
): CaseEvent[] {
  if (state === null) return refuse('CASE_UNKNOWN', 'There is no such case.');
  const feedback = state.feedback.findLast(({ to }) => to === userId);
  const isTheirs = feedback !== undefined || state.people.responsible === userId || state.people.owner === userId;
  if (!isTheirs) refuse('CASE_NOT_YOURS', 'This case concerns somebody else.');
  if (state.status === 'void') refuse('CASE_OVER', 'The case is void: what it was about is gone.');
  if (state.answer?.answer === answer && state.answer.by === userId) return [];
  return [{ type: 'CaseAnswered', data: { answer, by: userId, messageId: feedback?.messageId ?? null } }];
}
