import type { PipelineConfiguration } from '@funnelwatch/capture-contracts';
import type { CohortDefinition } from './scope.js';

/**
 * docs/funnel-definitions.md in plain loops over one small world, one object at a time. It shares no code with the
 * product, so that the two can be compared.
 */
export interface OracleDeal {
  id: string;
  /** In the portal's order. */
  moves: { at: number; pipelineId: string; stageId: string }[];
  /** Responsible person and amount from an instant on; the first holds since ever. */
  versions: { from: number; owner: string | null; kopecks: number; currency: string }[];
  gone: 'deleted' | 'merged' | null;
}

interface OracleVisit {
  pipelineId: string;
  stageId: string;
  enteredAt: number;
  leftAt: number | null;
}

export interface OracleStep {
  population: number;
  counted: number;
  converted: number;
  immature: number;
  censored: number;
}

const dayMs = 86_400_000;

export class FunnelOracle {
  private readonly ranked: string[];
  private readonly deals: { deal: OracleDeal; visits: OracleVisit[]; seller: string }[];

  constructor(
    deals: readonly OracleDeal[],
    private readonly pipeline: PipelineConfiguration,
    private readonly at: number,
    seller: string | null,
  ) {
    const inProcess = pipeline.stages.filter((stage) => stage.semantics === 'P').map((stage) => stage.stageId);
    const won = pipeline.stages.filter((stage) => stage.semantics === 'S').map((stage) => stage.stageId);
    this.ranked = [...inProcess, ...won];
    this.deals = deals
      .filter((deal) => deal.gone === null)
      .map((deal) => ({ deal, visits: this.visitsOf(deal), seller: this.versionOf(deal).owner ?? 'unknown' }))
      .filter((row) => seller === null || row.seller === seller);
  }

  private visitsOf(deal: OracleDeal): OracleVisit[] {
    const visits: OracleVisit[] = [];
    for (const move of deal.moves) {
      if (move.at > this.at) break;
      const last = visits.at(-1);
      if (last?.pipelineId === move.pipelineId && last.stageId === move.stageId) continue;
      if (last) last.leftAt = move.at;
      visits.push({ pipelineId: move.pipelineId, stageId: move.stageId, enteredAt: move.at, leftAt: null });
    }
    return visits;
  }

  private versionOf(deal: OracleDeal) {
    return deal.versions.filter((version, index) => index === 0 || version.from <= this.at).at(-1)!;
  }

  private semanticsOf(stageId: string) {
    return this.pipeline.stages.find((stage) => stage.stageId === stageId)?.semantics;
  }

  private inPipeline = (visit: OracleVisit) => visit.pipelineId === this.pipeline.pipelineId;

  now() {
    const stages = Object.fromEntries(this.pipeline.stages.map(({ stageId }) => [stageId, 0]));
    const money: Record<string, number> = {};
    for (const { deal, visits } of this.deals) {
      const last = visits.at(-1);
      if (!last || !this.inPipeline(last)) continue;
      stages[last.stageId]! += 1;
      const { currency, kopecks } = this.versionOf(deal);
      money[currency] = (money[currency] ?? 0) + kopecks;
    }
    return { stages, money };
  }

  flow(from: number, to: number) {
    const isInside = (time: number) => time >= from && time < to;
    const answer = {
      entries: {} as Record<string, number>,
      visits: {} as Record<string, number>,
      created: 0,
      won: 0,
      lost: 0,
      rollbacks: 0,
      reopened: 0,
      left: 0,
      wonMoney: {} as Record<string, number>,
    };
    for (const { stageId } of this.pipeline.stages) answer.entries[stageId] = answer.visits[stageId] = 0;
    for (const { deal, visits } of this.deals) {
      const own = visits.filter(this.inPipeline);
      if (own[0] && isInside(own[0].enteredAt)) answer.created += 1;
      for (const { stageId } of this.pipeline.stages) {
        const inStage = own.filter((visit) => visit.stageId === stageId);
        if (inStage[0] && isInside(inStage[0].enteredAt)) answer.entries[stageId]! += 1;
        answer.visits[stageId]! += inStage.filter((visit) => isInside(visit.enteredAt)).length;
      }
      const last = visits.at(-1);
      if (last && this.inPipeline(last) && isInside(last.enteredAt)) {
        if (this.semanticsOf(last.stageId) === 'F') answer.lost += 1;
        if (this.semanticsOf(last.stageId) === 'S') {
          answer.won += 1;
          const { currency, kopecks } = this.versionOf(deal);
          answer.wonMoney[currency] = (answer.wonMoney[currency] ?? 0) + kopecks;
        }
      }
      visits.forEach((visit, index) => {
        const before = visits[index - 1];
        if (!before || !isInside(visit.enteredAt) || !this.inPipeline(before)) return;
        if (!this.inPipeline(visit)) {
          answer.left += 1;
          return;
        }
        if (this.semanticsOf(visit.stageId) !== 'P') return;
        const rankBefore = this.ranked.indexOf(before.stageId);
        if (rankBefore >= 0 && this.ranked.indexOf(visit.stageId) < rankBefore) answer.rollbacks += 1;
        if (this.semanticsOf(before.stageId) !== 'P') answer.reopened += 1;
      });
    }
    return answer;
  }

  private reach(visits: OracleVisit[], rank: number): number | null {
    const own = visits.find((visit) => this.inPipeline(visit) && this.ranked.indexOf(visit.stageId) >= rank);
    return own?.enteredAt ?? null;
  }

  private enter(visits: OracleVisit[], rank: number): number | null {
    const own = visits.find((visit) => this.inPipeline(visit) && visit.stageId === this.ranked[rank]);
    return own?.enteredAt ?? null;
  }

  private straightArrival(visits: OracleVisit[], from: number, to: number): number | null {
    const own = visits.filter(this.inPipeline);
    let index = own.findIndex((visit) => visit.stageId === this.ranked[from]);
    for (let rank = from + 1; rank <= to && index >= 0; rank++) {
      const next = own.findIndex((visit, place) => place > index && visit.stageId === this.ranked[rank]);
      index = next;
    }
    return index < 0 ? null : own[index]!.enteredAt;
  }

  step(
    definition: CohortDefinition,
    i: number,
    j: number,
    from: number,
    to: number,
    horizonDays: number | null,
  ): OracleStep {
    const answer: OracleStep = { population: 0, counted: 0, converted: 0, immature: 0, censored: 0 };
    for (const { visits } of this.deals) {
      const start = definition === 'reached' ? this.reach(visits, i) : this.enter(visits, i);
      if (start === null || start < from || start >= to) continue;
      answer.population += 1;
      const last = visits.at(-1)!;
      const hasLeft = !this.inPipeline(last);
      const end = hasLeft ? visits.filter(this.inPipeline).at(-1)!.leftAt! : this.at;
      if (horizonDays !== null && end - start < horizonDays * dayMs) {
        answer.immature += 1;
        if (hasLeft) answer.censored += 1;
        continue;
      }
      answer.counted += 1;
      const success =
        definition === 'reached'
          ? this.reach(visits, j)
          : definition === 'touched'
            ? this.enter(visits, j)
            : this.straightArrival(visits, i, j);
      if (success !== null && (horizonDays === null || success <= start + horizonDays * dayMs)) answer.converted += 1;
    }
    return answer;
  }

  exits(from: number, to: number): Record<string, number> {
    const answer: Record<string, number> = {};
    for (const { visits } of this.deals) {
      visits.forEach((visit, index) => {
        const next = visits[index + 1];
        if (!next || !this.inPipeline(visit) || visit.leftAt! < from || visit.leftAt! >= to) return;
        const key = `${visit.stageId} → ${this.inPipeline(next) ? next.stageId : 'left'}`;
        answer[key] = (answer[key] ?? 0) + 1;
      });
    }
    return answer;
  }
}
