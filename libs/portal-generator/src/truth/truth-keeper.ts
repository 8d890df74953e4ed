import type { PortalOperation } from '../script.js';
import { Months } from './months.js';
import { visitsUntil } from './object-path.js';
import { type CountedObject, PipelineFigures } from './pipeline-figures.js';
import { type ConfiguredStage, PortalState, valueAt } from './portal-state.js';
import type { PipelineTruth, StageTruth, Truth } from './truth.js';

export interface TruthQuestion {
  /** T, milliseconds since the epoch. */
  asOfMs: number;
  /** Days, or null for "to date". */
  horizonsDays: (number | null)[];
}

/**
 * Follows a script operation by operation and answers with every figure at any moment T so far. As the definitions
 * have it, the configuration and who has vanished are those known now, whatever T.
 */
export class TruthKeeper {
  private readonly state = new PortalState();

  constructor(private readonly zone: string) {}

  apply(operation: PortalOperation): void {
    this.state.apply(operation);
  }

  at({ asOfMs, horizonsDays }: TruthQuestion): Truth {
    const counted: CountedObject[] = [];
    const gone = { deleted: new Map<string, number>(), merged: new Map<string, number>() };
    const visited = new Set<string>();
    let earliestMs = asOfMs;
    for (const object of this.state.objects.values()) {
      if (object.gone) {
        const last = `${object.kind}:${object.categoryId}`;
        gone[object.gone].set(last, (gone[object.gone].get(last) ?? 0) + 1);
        continue;
      }
      for (const move of object.moves) visited.add(`${move.pipelineId} ${move.stageId}`);
      const visits = visitsUntil(object, asOfMs);
      const first = visits[0];
      if (!first) continue;
      earliestMs = Math.min(earliestMs, first.at);
      const currency = valueAt(object.currency, asOfMs);
      counted.push({
        visits,
        seller: valueAt(object.owner, asOfMs) ?? 'unknown',
        amountKopecks: valueAt(object.amountKopecks, asOfMs),
        otherCurrency: currency === this.state.baseCurrency ? null : currency,
      });
    }
    const months = new Months(earliestMs, asOfMs, this.zone);
    const figures = new Map<string, PipelineFigures>();
    for (const [pipelineId, stages] of this.stagesByPipeline(visited)) {
      figures.set(pipelineId, new PipelineFigures(pipelineId, stages, months, horizonsDays, asOfMs));
    }
    for (const object of counted) {
      for (const id of new Set(object.visits.map((visit) => visit.pipelineId))) figures.get(id)?.add(object);
    }
    const pipelines: Record<string, PipelineTruth> = {};
    for (const [id, one] of figures) {
      pipelines[id] = one.result(gone.deleted.get(id) ?? 0, gone.merged.get(id) ?? 0);
    }
    return {
      asOf: new Date(asOfMs).toISOString(),
      zone: this.zone,
      baseCurrency: this.state.baseCurrency,
      horizonsDays,
      months: months.names,
      pipelines,
    };
  }

  /** Present stages, and removed ones that an object which counts has stood in, each pipeline's in its order. */
  private stagesByPipeline(visited: Set<string>): Map<string, StageTruth[]> {
    const byPipeline = new Map<string, ConfiguredStage[]>();
    for (const [key, stage] of this.state.stages) {
      if (stage.removed && !visited.has(key)) continue;
      const stages = byPipeline.get(stage.pipelineId) ?? [];
      stages.push(stage);
      byPipeline.set(stage.pipelineId, stages);
    }
    return new Map([...byPipeline].map(([pipelineId, stages]) => [pipelineId, inOrder(stages)]));
  }
}

/** Every figure of a script (the set-up included) at T. */
export function truthOf(
  operations: Iterable<PortalOperation>,
  question: { asOf: Date; zone: string; horizonsDays: (number | null)[] },
): Truth {
  const keeper = new TruthKeeper(question.zone);
  for (const operation of operations) keeper.apply(operation);
  return keeper.at({ asOfMs: question.asOf.getTime(), horizonsDays: question.horizonsDays });
}

function inOrder(stages: ConfiguredStage[]): StageTruth[] {
  const places = { P: 0, S: 1, F: 2 } as const;
  const sorted = [...stages].sort(
    (one, other) =>
      places[one.semantics] - places[other.semantics] ||
      one.sort - other.sort ||
      Number(one.removed) - Number(other.removed) ||
      (one.id < other.id ? -1 : 1),
  );
  return sorted.map(({ id, name, semantics, sort, removed }, place) => ({
    id,
    name,
    semantics,
    sort,
    rank: semantics === 'F' ? null : place,
    removed,
  }));
}
