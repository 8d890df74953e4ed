import { DAY_MS } from '../world/portal-calendar.js';
import type { Months } from './months.js';
import { PathInPipeline, type Visit } from './object-path.js';
import {
  COHORT_DEFINITIONS,
  type CohortCell,
  type CohortDefinition,
  type FlowTruth,
  type PipelineTruth,
  type SellerTruth,
  type StageTruth,
} from './truth.js';

/** An object that counts, as it was at T. */
export interface CountedObject {
  visits: Visit[];
  seller: string;
  amountKopecks: bigint;
  /** Null for the base currency. */
  otherCurrency: string | null;
}

const horizonKey = (horizonDays: number | null) => (horizonDays === null ? 'none' : String(horizonDays));

/** Adds objects one by one to every figure of one pipeline, for their seller and for all. */
export class PipelineFigures {
  private readonly ranked: string[];
  private readonly lostStages: Set<string>;
  private readonly wonStageId: string | undefined;
  private readonly steps: { key: string; from: number; to: number }[] = [];
  private readonly sellers = new Map<string, SellerTruth>();

  constructor(
    private readonly pipelineId: string,
    private readonly stages: StageTruth[],
    private readonly months: Months,
    private readonly horizonsDays: (number | null)[],
    private readonly asOfMs: number,
  ) {
    this.ranked = stages.filter((stage) => stage.rank !== null).map((stage) => stage.id);
    this.lostStages = new Set(stages.filter((stage) => stage.semantics === 'F').map((stage) => stage.id));
    this.wonStageId = stages.find((stage) => stage.semantics === 'S')?.id;
    const last = this.ranked.length - 1;
    for (let rank = 0; rank < last; rank += 1) this.addStep(rank, rank + 1);
    if (last > 1) this.addStep(0, last);
    this.sellers.set('all', this.emptySeller());
  }

  private addStep(from: number, to: number): void {
    this.steps.push({ key: `${this.ranked[from]}>${this.ranked[to]}`, from, to });
  }

  add(object: CountedObject): void {
    const path = new PathInPipeline(object.visits, this.pipelineId, this.ranked, this.asOfMs);
    let own = this.sellers.get(object.seller);
    if (!own) this.sellers.set(object.seller, (own = this.emptySeller()));
    for (const seller of [own, this.sellers.get('all')]) {
      if (!seller) continue;
      this.addStanding(seller, object);
      this.addFlow(seller, object, path);
      this.addTransitions(seller, object);
      this.addCohorts(seller, path);
      this.addChain(seller, path);
    }
  }

  result(deletedCount: number, mergedCount: number): PipelineTruth {
    for (const seller of this.sellers.values()) {
      for (const flow of Object.values(seller.flow)) this.fillPeriodRatios(flow);
    }
    const steps = this.steps.map((step) => step.key);
    return { stages: this.stages, steps, deletedCount, mergedCount, sellers: Object.fromEntries(this.sellers) };
  }

  private addStanding(seller: SellerTruth, object: CountedObject): void {
    const last = object.visits.at(-1);
    if (!last || last.pipelineId !== this.pipelineId) return;
    const standing = seller.now[last.stageId];
    if (!standing) return;
    standing.count += 1;
    if (object.otherCurrency === null) standing.amountKopecks += object.amountKopecks;
    else addTo(standing.otherKopecks, object.otherCurrency, object.amountKopecks);
  }

  private addFlow(seller: SellerTruth, object: CountedObject, path: PathInPipeline): void {
    const { visits } = object;
    const flowAt = (atMs: number) => required(seller.flow[this.months.of(atMs)]);
    for (const stage of this.stages) {
      const entered = path.enter(stage.id);
      if (entered !== null) increase(flowAt(entered).entries, stage.id);
    }
    const first = visits.find((visit) => visit.pipelineId === this.pipelineId);
    if (first) flowAt(first.at).created += 1;
    visits.forEach((visit, index) => {
      const before = index > 0 ? visits[index - 1] : undefined;
      if (visit.pipelineId === this.pipelineId) increase(flowAt(visit.at).visits, visit.stageId);
      if (before?.pipelineId !== this.pipelineId) return;
      if (visit.pipelineId !== this.pipelineId) flowAt(visit.at).left += 1;
      else this.addBackwardMove(flowAt(visit.at), before.stageId, visit.stageId);
    });
    const last = visits.at(-1);
    if (last?.pipelineId === this.pipelineId) this.addEnd(flowAt(last.at), last.stageId, object);
  }

  private addBackwardMove(flow: FlowTruth, fromId: string, toId: string): void {
    const to = this.ranked.indexOf(toId);
    const isInProcess = to >= 0 && toId !== this.wonStageId;
    if (!isInProcess) return;
    if (this.ranked.indexOf(fromId) > to) flow.rollbacks += 1;
    if (fromId === this.wonStageId || this.lostStages.has(fromId)) flow.reopened += 1;
  }

  private addEnd(flow: FlowTruth, stageId: string, object: CountedObject): void {
    if (stageId === this.wonStageId) {
      flow.won += 1;
      if (object.otherCurrency === null) flow.wonAmountKopecks += object.amountKopecks;
      else addTo(flow.wonOtherKopecks, object.otherCurrency, object.amountKopecks);
    } else if (this.lostStages.has(stageId)) {
      flow.lost += 1;
      if (object.otherCurrency === null) flow.lostAmountKopecks += object.amountKopecks;
      else addTo(flow.lostOtherKopecks, object.otherCurrency, object.amountKopecks);
    }
  }

  private addTransitions(seller: SellerTruth, object: CountedObject): void {
    object.visits.forEach((visit, index) => {
      const next = object.visits[index + 1];
      if (visit.pipelineId !== this.pipelineId || !next) return;
      const rows = required(seller.transitions[this.months.of(next.at)]);
      const row = (rows[visit.stageId] ??= {});
      increase(row, next.pipelineId === this.pipelineId ? next.stageId : 'left');
    });
  }

  private addCohorts(seller: SellerTruth, path: PathInPipeline): void {
    for (const step of this.steps) {
      const [from, to] = [this.ranked[step.from] ?? '', this.ranked[step.to] ?? ''];
      this.addToCohort(seller, 'reached', step.key, path, path.reach(step.from), path.reach(step.to));
      this.addToCohort(seller, 'strict', step.key, path, path.enter(from), path.passedInOrder(step.from, step.to));
      this.addToCohort(seller, 'touched', step.key, path, path.enter(from), path.enter(to));
    }
  }

  private addToCohort(
    seller: SellerTruth,
    definition: CohortDefinition,
    step: string,
    path: PathInPipeline,
    startsAt: number | null,
    convertsAt: number | null,
  ): void {
    if (startsAt === null) return;
    const cohort = required(seller.cohorts[this.months.of(startsAt)])[definition];
    for (const horizon of this.horizonsDays) {
      const cell = required(required(cohort[horizonKey(horizon)])[step]);
      if (!isMatured(path, startsAt, horizon)) {
        cell.immature += 1;
        if (path.hasLeft) cell.censored += 1;
        continue;
      }
      cell.population += 1;
      if (isInTime(convertsAt, startsAt, horizon)) cell.converted += 1;
    }
  }

  private addChain(seller: SellerTruth, path: PathInPipeline): void {
    const startsAt = path.reach(0);
    if (startsAt === null) return;
    for (const horizon of this.horizonsDays) {
      const chain = required(required(seller.chain[this.months.of(startsAt)])[horizonKey(horizon)]);
      if (!isMatured(path, startsAt, horizon)) {
        chain.immature += 1;
        if (path.hasLeft) chain.censored += 1;
        continue;
      }
      chain.population += 1;
      this.ranked.forEach((stageId, rank) => {
        if (isInTime(path.reach(rank), startsAt, horizon)) increase(chain.reached, stageId);
      });
    }
  }

  private fillPeriodRatios(flow: FlowTruth): void {
    for (const step of this.steps) {
      if (step.to !== step.from + 1) continue;
      const [from, to] = [this.ranked[step.from] ?? '', this.ranked[step.to] ?? ''];
      flow.periodRatios[step.key] = [flow.entries[to] ?? 0, flow.entries[from] ?? 0];
    }
  }

  private emptySeller(): SellerTruth {
    const byMonth = <T>(make: () => T) => Object.fromEntries(this.months.names.map((month) => [month, make()]));
    const byHorizon = <T>(make: () => T) =>
      Object.fromEntries(this.horizonsDays.map((horizon) => [horizonKey(horizon), make()]));
    const cell = (): CohortCell => ({ population: 0, converted: 0, immature: 0, censored: 0 });
    const cells = () => Object.fromEntries(this.steps.map((step) => [step.key, cell()]));
    const zeros = (ids: string[]) => Object.fromEntries(ids.map((id) => [id, 0]));
    const stageIds = this.stages.map((stage) => stage.id);
    return {
      now: Object.fromEntries(stageIds.map((id) => [id, { count: 0, amountKopecks: 0n, otherKopecks: {} }])),
      flow: byMonth(() => emptyFlow(zeros(stageIds), zeros(stageIds))),
      cohorts: byMonth(() => {
        const definitions = COHORT_DEFINITIONS.map((definition) => [definition, byHorizon(cells)] as const);
        return Object.fromEntries(definitions) as SellerTruth['cohorts'][string];
      }),
      transitions: byMonth(() => ({})),
      chain: byMonth(() => byHorizon(() => ({ population: 0, immature: 0, censored: 0, reached: zeros(this.ranked) }))),
    };
  }
}

function emptyFlow(entries: Record<string, number>, visits: Record<string, number>): FlowTruth {
  return {
    entries,
    visits,
    created: 0,
    won: 0,
    wonAmountKopecks: 0n,
    wonOtherKopecks: {},
    lost: 0,
    lostAmountKopecks: 0n,
    lostOtherKopecks: {},
    rollbacks: 0,
    reopened: 0,
    left: 0,
    periodRatios: {},
  };
}

function isMatured(path: PathInPipeline, startsAt: number, horizonDays: number | null): boolean {
  return horizonDays === null || path.endsAt - startsAt >= horizonDays * DAY_MS;
}

function isInTime(convertsAt: number | null, startsAt: number, horizonDays: number | null): boolean {
  return convertsAt !== null && (horizonDays === null || convertsAt <= startsAt + horizonDays * DAY_MS);
}

function increase(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function addTo(sums: Record<string, bigint>, key: string, amount: bigint): void {
  sums[key] = (sums[key] ?? 0n) + amount;
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A figure was asked for outside the span of the truth.');
  return value;
}
