import { assertNever, type DomainEvent, Rejection } from '@funnelwatch/kernel';

/** Which line of a month somebody objects to: its kind and id, as in pay; or the month as a whole. */
export interface DisputedLine {
  kind: string;
  id: string | null;
}

export type PayDisputeEvent =
  | DomainEvent<'PayDisputed', { disputeId: string; month: string; userId: string; line: DisputedLine | null }>
  | DomainEvent<
      'PayDisputeDecided',
      { disputeId: string; outcome: DisputeOutcome; correctionKopecks: string; by: string }
    >
  | DomainEvent<'PayDisputeWithdrawn', { disputeId: string }>;

export type DisputeOutcome = 'upheld' | 'declined';

export type PayDisputeState =
  | { status: 'absent' }
  | {
      status: 'open' | 'upheld' | 'declined' | 'withdrawn';
      disputeId: string;
      month: string;
      userId: string;
      line: DisputedLine | null;
      /** Granted to the person, whole kopecks; `0` unless it was upheld with a sum. */
      correctionKopecks: string;
      decidedBy: string | null;
    };

export const noDispute: PayDisputeState = { status: 'absent' };
export const payDisputeStream = (disputeId: string): string => `pay-dispute:${disputeId}`;

export type PayDisputeCommand =
  | { type: 'Dispute'; disputeId: string; month: string; userId: string; line: DisputedLine | null }
  | { type: 'DecideDispute'; outcome: DisputeOutcome; correctionKopecks: string; by: string; closedBy: string | null }
  | { type: 'WithdrawDispute'; userId: string };

export function evolvePayDispute(state: PayDisputeState, event: PayDisputeEvent): PayDisputeState {
  switch (event.type) {
    case 'PayDisputed':
      return { status: 'open', ...event.data, correctionKopecks: '0', decidedBy: null };
    case 'PayDisputeDecided': {
      if (state.status === 'absent') return state;
      const { outcome, correctionKopecks, by } = event.data;
      return { ...state, status: outcome, correctionKopecks, decidedBy: by };
    }
    case 'PayDisputeWithdrawn':
      return state.status === 'absent' ? state : { ...state, status: 'withdrawn' };
    default:
      return assertNever(event);
  }
}

/**
 * What follows from a command. Repeating one is harmless. Throws `Rejection` DISPUTE_UNKNOWN, DISPUTE_DECIDED,
 * DISPUTE_OWN_CLOSING (who closed the month does not decide on it), DISPUTE_CORRECTION_INVALID.
 */
export function decidePayDispute(command: PayDisputeCommand, state: PayDisputeState): PayDisputeEvent[] {
  if (command.type === 'Dispute') {
    if (state.status !== 'absent') return [];
    const { disputeId, month, userId, line } = command;
    return [{ type: 'PayDisputed', data: { disputeId, month, userId, line } }];
  }
  if (state.status === 'absent') throw unknown();
  const { disputeId } = state;
  if (command.type === 'WithdrawDispute') {
    if (state.userId !== command.userId) throw unknown();
    if (state.status === 'withdrawn') return [];
    if (state.status !== 'open') throw decided();
    return [{ type: 'PayDisputeWithdrawn', data: { disputeId } }];
  }
  const { outcome, correctionKopecks, by, closedBy } = command;
  if (state.status === outcome && state.correctionKopecks === correctionKopecks) return [];
  if (state.status !== 'open') throw decided();
  if (closedBy === by)
    throw new Rejection(
      'DISPUTE_OWN_CLOSING',
      'Somebody else than who closed the month decides on an objection to it.',
    );
  if (outcome === 'declined' && correctionKopecks !== '0')
    throw new Rejection('DISPUTE_CORRECTION_INVALID', 'An objection that is declined grants nothing.');
  return [{ type: 'PayDisputeDecided', data: { disputeId, outcome, correctionKopecks, by } }];
}

const unknown = () => new Rejection('DISPUTE_UNKNOWN', 'There is no such objection.');
const decided = () => new Rejection('DISPUTE_DECIDED', 'The objection was decided already.');
