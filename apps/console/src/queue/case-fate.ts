import type { CaseCommand, CaseRow } from '../api/schema.js';
import type { QueueFilter } from './queue-search.js';

const after = (row: CaseRow, verdict: NonNullable<CaseRow['verdict']>): CaseRow => {
  const status =
    verdict === 'need-info' ? 'open' : verdict === 'real' && row.resolvedAt === null ? 'waiting' : 'closed';
  return { ...row, verdict, status, isSnoozed: false, snoozedUntil: null };
};

/** What a case will look like once the API has carried out a command; shown before it has. */
export function afterCommand(row: CaseRow, command: CaseCommand, accountId: string): CaseRow {
  switch (command.type) {
    case 'verdict':
    case 'decide-dispute':
      return after(row, command.verdict);
    case 'undo-verdict':
      return { ...row, verdict: null, status: 'open' };
    case 'snooze': {
      const { until } = command;
      return { ...row, isSnoozed: true, snoozedUntil: until.kind === 'time' ? until.at : null };
    }
    case 'wake':
      return { ...row, isSnoozed: false, snoozedUntil: null };
    case 'assign':
      return { ...row, assignee: command.to === 'me' ? accountId : command.to };
    case 'merge':
    case 'close':
      return { ...row, status: 'closed', isSnoozed: false, snoozedUntil: null };
    case 'reopen':
      return { ...row, status: row.verdict === 'real' ? 'waiting' : 'open' };
    case 'review-blindly':
      return row;
  }
}

/** Whether a case stands in the list that a filter asks for. */
export function belongsTo(row: CaseRow, filter: QueueFilter, accountId: string): boolean {
  const { rule, person, severity, mine, about } = filter;
  return (
    isInLane(row, filter.lane) &&
    (rule === undefined || row.ruleId === rule) &&
    // Whose violation a case is in figures is not told by its line.
    (person === undefined || filter.lane === 'violations' || row.responsible?.userId === person) &&
    (severity === undefined || row.severity === severity) &&
    (mine === undefined || row.assignee === accountId) &&
    (about === undefined || row.about === about)
  );
}

function isInLane({ mode, status, verdict, isSnoozed }: CaseRow, lane: QueueFilter['lane']): boolean {
  if (lane === 'violations') {
    return mode !== 'shadow' && status !== 'void' && verdict !== 'false' && verdict !== 'acceptable';
  }
  if (lane === 'baseline' || lane === 'shadow') return mode === lane && status !== 'void';
  if (mode !== 'active') return false;
  switch (lane) {
    case 'queue':
      return status === 'open' && !isSnoozed;
    case 'inhibited':
      return status === 'open';
    case 'snoozed':
      return (status === 'open' || status === 'waiting') && isSnoozed;
    case 'waiting':
      return status === 'waiting' && !isSnoozed;
    case 'disputed':
      return status === 'disputed';
    case 'resolved':
      return status === 'closed' && verdict === null;
    case 'done':
      return status === 'closed' && verdict !== null;
  }
}

/** The command that takes another one back, from what the case was before; null where nothing does. */
export function compensationOf(command: CaseCommand, before: CaseRow): CaseCommand | null {
  switch (command.type) {
    case 'verdict':
      return before.verdict === null
        ? { type: 'undo-verdict' }
        : { type: 'verdict', verdict: before.verdict, seconds: null, template: '' };
    case 'snooze':
      return { type: 'wake' };
    case 'assign':
      return { type: 'assign', to: before.assignee };
    case 'merge':
    case 'close':
      return { type: 'reopen' };
    case 'undo-verdict':
    case 'wake':
    case 'reopen':
    case 'decide-dispute':
    case 'review-blindly':
      return null;
  }
}

/** Whether one goes on to the next case after a command. */
export function movesOn({ type }: CaseCommand): boolean {
  return type !== 'assign' && type !== 'undo-verdict' && type !== 'wake' && type !== 'reopen';
}
