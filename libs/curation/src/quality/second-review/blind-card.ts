import type { CaseState } from '../../cases/case-state.js';
import type { CaseCard, QueueRow } from '../../queue/queue-reader.js';

/** What the rules engine says of a case. Nothing of it depends on a verdict. */
const saidByTheEngine = new Set([
  'CaseOpened',
  'CaseRecurred',
  'CaseItemsChanged',
  'CaseReassigned',
  'CaseResolved',
  'CaseResolutionWithdrawn',
  'CaseVoided',
  'CaseRestored',
  'CaseInhibited',
  'CaseReleased',
]);

/** A line of the queue as if nobody had looked at the case: no verdict, nor what follows from one. */
export const blindRow = (row: QueueRow): QueueRow => ({
  ...row,
  status: 'open',
  verdict: null,
  assignee: null,
  snoozedUntil: null,
  isSnoozed: false,
  // A case that was judged to be no breach leaves its coaching.
  coachingId: null,
  version: 1,
});

/** A card for somebody who is to give a verdict without knowing of another one. */
export function blindCard(card: CaseCard): CaseCard {
  const entries = card.entries
    .filter(({ type }) => saidByTheEngine.has(type))
    // Numbers that are missing would tell how much was done.
    .map((entry, index) => ({ ...entry, version: index + 1 }));
  return {
    ...card,
    row: { ...blindRow(card.row), version: entries.length },
    state: blindState(card.state),
    entries,
  };
}

const blindState = (state: CaseState): CaseState => ({
  ...state,
  ...{ status: 'open', verdict: null, statusBeforeVerdict: null, assignee: null, snooze: null, mergedInto: null },
  ...{ feedback: [], answer: null, blindReviewers: [], verdictBy: [], secondReview: null },
});
