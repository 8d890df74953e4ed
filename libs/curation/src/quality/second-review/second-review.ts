import type { CaseState } from '../../cases/case-state.js';
import type { Reviewer } from '../../cases/reviewer.js';

/** For so many days a drawn case is offered; after that nobody is kept from it any more. Training has no such end. */
export const reviewOfferedDays = 14;

/** Whether somebody is one of those whom a case is about: the head alone is not. */
export function isOwnWork(
  { people }: Pick<CaseState, 'people'>,
  { ownUserIds }: Pick<Reviewer, 'ownUserIds'>,
): boolean {
  const { doer, owner, creator, assignee, editor, responsible } = people;
  return [doer, owner, creator, assignee, editor, responsible].some((id) => id !== null && ownUserIds.includes(id));
}

/**
 * Whether a case waits for the second verdict of this reviewer: then they are not to know the first, wherever they look.
 * Heads do not review: it is their own people whom the cases are about.
 */
export function awaitsReviewBy(state: CaseState, who: Reviewer, nowMs: number): boolean {
  const review = state.secondReview;
  if (review?.state !== 'pending' || state.verdict === null || who.isHead) return false;
  if (state.verdictBy.includes(who.accountId) || state.blindReviewers.includes(who.accountId)) return false;
  if (isOwnWork(state, who)) return false;
  if (review.reason === 'training') return !who.isInTraining;
  return nowMs < Date.parse(review.drawnAt) + reviewOfferedDays * 86_400_000;
}
