import type { TrackedObject } from './portal-state.js';

export interface Visit {
  at: number;
  leftAt: number | null;
  pipelineId: string;
  stageId: string;
}

/** The visits of an object up to and including T, in order; equal neighbours are one. */
export function visitsUntil(object: TrackedObject, asOfMs: number): Visit[] {
  const moves = object.moves
    .filter((move) => move.at <= asOfMs)
    .sort((one, other) => one.at - other.at || one.order - other.order);
  const visits: Visit[] = [];
  for (const { at, pipelineId, stageId } of moves) {
    const last = visits.at(-1);
    if (last && last.pipelineId === pipelineId && last.stageId === stageId) continue;
    if (last) last.leftAt = at;
    visits.push({ at, leftAt: null, pipelineId, stageId });
  }
  return visits;
}

/** One object's way through one pipeline: what every cohort definition is made of. */
export class PathInPipeline {
  /** Index of the first visit of each stage. */
  private readonly firstVisits = new Map<string, number>();
  /** Index of the first visit of the stage of a rank, or of any later one. */
  private readonly firstReaches: (number | null)[];
  readonly endsAt: number;
  readonly hasLeft: boolean;

  constructor(
    private readonly visits: Visit[],
    private readonly pipelineId: string,
    private readonly ranked: string[],
    asOfMs: number,
  ) {
    visits.forEach((visit, index) => {
      if (visit.pipelineId === pipelineId && !this.firstVisits.has(visit.stageId)) {
        this.firstVisits.set(visit.stageId, index);
      }
    });
    this.firstReaches = ranked.map(() => null);
    let earliest: number | null = null;
    for (let rank = ranked.length - 1; rank >= 0; rank -= 1) {
      const entered = this.firstVisits.get(ranked[rank] ?? '');
      if (entered !== undefined && (earliest === null || entered < earliest)) earliest = entered;
      this.firstReaches[rank] = earliest;
    }
    const last = visits.at(-1);
    this.hasLeft = last !== undefined && last.pipelineId !== pipelineId;
    const lastHere = visits.findLast((visit) => visit.pipelineId === pipelineId);
    this.endsAt = this.hasLeft ? (lastHere?.leftAt ?? asOfMs) : asOfMs;
  }

  private atOf(index: number | null | undefined): number | null {
    return index === null || index === undefined ? null : (this.visits[index]?.at ?? null);
  }

  reach(rank: number): number | null {
    return this.atOf(this.firstReaches[rank]);
  }

  enter(stageId: string): number | null {
    return this.atOf(this.firstVisits.get(stageId));
  }

  /** When the stages from one rank to another had been entered one after the other, from the first entry on. */
  passedInOrder(fromRank: number, toRank: number): number | null {
    let index = this.firstVisits.get(this.ranked[fromRank] ?? '');
    for (let rank = fromRank + 1; rank <= toRank && index !== undefined; rank += 1) {
      const after: number = index;
      const found = this.visits.findIndex(
        (visit, place) => place > after && visit.pipelineId === this.pipelineId && visit.stageId === this.ranked[rank],
      );
      index = found < 0 ? undefined : found;
    }
    return this.atOf(index);
  }
}
