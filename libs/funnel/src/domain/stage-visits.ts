import type { StageSemantics } from '@funnelwatch/capture-contracts';
import type { Provenance } from '@funnelwatch/kernel';

/** One entry of an object into a stage, as the captured facts tell it by now. */
export interface StageMove {
  moveId: string;
  /** Milliseconds since the epoch, CRM time. */
  occurredAtMs: number;
  /** Breaks ties of one instant. */
  order: number;
  pipelineId: string;
  stageId: string;
  semantics: StageSemantics;
  provenance: Provenance;
  isWithdrawn: boolean;
  /** The event that last spoke of this move. */
  eventId: string;
}

export interface DerivedVisit {
  /** 0 for the first visit of the object. */
  sequence: number;
  move: StageMove;
  leftAtMs: number | null;
  previous: { pipelineId: string; stageId: string } | null;
  next: { pipelineId: string; stageId: string } | null;
  /** The object's first entry into this stage of this pipeline. */
  isFirstEntry: boolean;
  isFirstInPipeline: boolean;
}

/** By time, then by the portal's order; the id only makes the order total. */
function byTimeAndOrder(left: StageMove, right: StageMove): number {
  return (
    left.occurredAtMs - right.occurredAtMs ||
    left.order - right.order ||
    (left.moveId < right.moveId ? -1 : left.moveId > right.moveId ? 1 : 0)
  );
}

const isSamePlace = (left: StageMove, right: StageMove) =>
  left.pipelineId === right.pipelineId && left.stageId === right.stageId;
const placeOf = (move: StageMove | undefined) => (move ? { pipelineId: move.pipelineId, stageId: move.stageId } : null);

/** Visits of one object from its moves in any order: withdrawn moves are left out, equal neighbours are one. */
export function visitsOf(moves: readonly StageMove[]): DerivedVisit[] {
  const ordered = moves.filter((move) => !move.isWithdrawn).sort(byTimeAndOrder);
  const entries = ordered.filter((move, index) => index === 0 || !isSamePlace(move, ordered[index - 1]!));
  const seenStages = new Set<string>();
  const seenPipelines = new Set<string>();
  return entries.map((move, sequence) => {
    const stage = `${move.pipelineId}\n${move.stageId}`;
    const next = entries[sequence + 1];
    const visit: DerivedVisit = {
      sequence,
      move,
      leftAtMs: next ? next.occurredAtMs : null,
      previous: placeOf(entries[sequence - 1]),
      next: placeOf(next),
      isFirstEntry: !seenStages.has(stage),
      isFirstInPipeline: !seenPipelines.has(move.pipelineId),
    };
    seenStages.add(stage);
    seenPipelines.add(move.pipelineId);
    return visit;
  });
}
