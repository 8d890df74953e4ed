import type { JsonValue } from '@funnelwatch/kernel';
import type { Pipelines } from '../world/pipelines.js';
import type { MoveState, RecordState } from '../world/record-state.js';

const dayOf = (date: JsonValue): number => Date.parse(`${typeof date === 'string' ? date : ''}T00:00:00Z`) / 86_400_000;

/** By how many days the expected close was moved later each time, while the record was open. */
export function laterCloses({ changes, moves }: RecordState): number[] {
  const wasOpenAt = (at: number) => moves.findLast((move) => move.at <= at)?.semantics === 'P';
  return changes
    .filter(({ field, at }) => field === 'expectedCloseDate' && wasOpenAt(at))
    .map(({ before, after }) => (before === null || after === null ? 0 : dayOf(after) - dayOf(before)))
    .filter((days) => days > 0);
}

/** How many moves from an instant on went forward; those known to be another person's are left out. */
export function forwardMoves({ moves }: RecordState, pipelines: Pipelines, fromMs: number, by: string): number {
  const rankAt = ({ pipelineId, stageId }: MoveState, at: number) => pipelines.rankOf(pipelineId, stageId, at);
  const isForward = (before: MoveState | undefined, move: MoveState): boolean => {
    if (!before || before.pipelineId !== move.pipelineId) return false;
    const rank = rankAt(before, move.at);
    return rank >= 0 && rankAt(move, move.at) > rank;
  };
  const isBy = (move: MoveState): boolean => by === '' || move.by === null || move.by === by;
  return moves.filter((move, index) => move.at >= fromMs && isBy(move) && isForward(moves[index - 1], move)).length;
}
