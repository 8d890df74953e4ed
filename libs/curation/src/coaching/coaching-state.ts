import { assertNever, Rejection } from '@funnelwatch/kernel';
import type { Reviewer } from '../cases/reviewer.js';
import type { CoachingEvent, CoachingOpenedData } from './coaching-events.js';

/** `withdrawn`: too few cases are left. */
type CoachingStatus = 'open' | 'done' | 'withdrawn';

export interface CoachingState extends CoachingOpenedData {
  status: CoachingStatus;
  /** Account of whoever held the talk. */
  doneBy: string | null;
}

export function evolveCoaching(state: CoachingState | null, event: CoachingEvent): CoachingState | null {
  if (event.type === 'CoachingOpened') return state ?? { ...event.data, status: 'open', doneBy: null };
  if (state === null) return null;
  switch (event.type) {
    case 'CoachingCasesChanged':
      // What was withdrawn comes back with its cases.
      return { ...state, caseIds: event.data.caseIds, status: state.status === 'withdrawn' ? 'open' : state.status };
    case 'CoachingWithdrawn':
      return { ...state, caseIds: event.data.caseIds, status: 'withdrawn' };
    case 'CoachingDone':
      return { ...state, status: 'done', doneBy: event.data.by };
    case 'CoachingReopened':
      return { ...state, status: 'open', doneBy: null };
    default:
      return assertNever(event);
  }
}

/** What the cases of a person and rule make of their coaching; `found` is what every coaching would begin with. */
export function followRepeats(state: CoachingState | null, found: CoachingOpenedData): CoachingEvent[] {
  const { caseIds } = found;
  if (state === null) return caseIds.length === 0 ? [] : [{ type: 'CoachingOpened', data: found }];
  if (state.status === 'done') return [];
  if (caseIds.length === 0) {
    return state.status === 'withdrawn' ? [] : [{ type: 'CoachingWithdrawn', data: { caseIds } }];
  }
  const isSame = state.status === 'open' && state.caseIds.join() === caseIds.join();
  return isSame ? [] : [{ type: 'CoachingCasesChanged', data: { caseIds } }];
}

/**
 * Says that the talk was held, or takes that back. Repeating it is harmless. Throws `Rejection` COACHING_UNKNOWN,
 * COACHING_OWN, COACHING_OVER.
 */
export function decideCoaching(
  command: 'finish' | 'reopen',
  state: CoachingState | null,
  { accountId: by, ownUserIds }: Pick<Reviewer, 'accountId' | 'ownUserIds'>,
): CoachingEvent[] {
  if (state === null) throw new Rejection('COACHING_UNKNOWN', 'There is no such coaching.');
  if (ownUserIds.includes(state.person)) {
    throw new Rejection('COACHING_OWN', 'Nobody finishes a coaching about their own work: leave it to a colleague.');
  }
  if (command === 'reopen') return state.status === 'done' ? [{ type: 'CoachingReopened', data: { by } }] : [];
  if (state.status === 'withdrawn') {
    throw new Rejection('COACHING_OVER', 'Too few of its cases are left: there is nothing to talk about.');
  }
  return state.status === 'done' ? [] : [{ type: 'CoachingDone', data: { by } }];
}
