import type { Stack } from '../stack/stack.js';
import { FigureMap } from './figure-map.js';
import { ratio, type WrittenTruth } from './planted-figures.js';

interface Standing {
  count: number;
  amountKopecks: string;
  otherCurrencies: { currency: string; amountKopecks: string }[];
}
interface FlowTotals {
  created: number;
  won: number;
  lost: number;
  rollbacks: number;
  reopened: number;
  left: number;
  wonAmountKopecks: string;
  lostAmountKopecks: string;
  wonOtherCurrencies: { currency: string; amountKopecks: string }[];
  lostOtherCurrencies: { currency: string; amountKopecks: string }[];
}
interface StageEntries {
  stageId: string;
  entries: number;
  visits: number;
}
interface Step {
  fromStageId: string;
  toStageId: string;
  immature: number;
  censored: number;
  rate: { n: number; converted: number };
}
interface NowAnswer {
  stages: { stageId: string; rank: number | null; standing: Standing }[];
  sellers: { sellerId: string; stages: { stageId: string; standing: Standing }[] }[];
}
interface FlowAnswer {
  stages: (StageEntries & { rank: number | null; toNext: { numerator: number; denominator: number } | null })[];
  totals: FlowTotals;
  sellers: (FlowTotals & { sellerId: string; stages: StageEntries[] })[];
}
interface CohortAnswer {
  steps: Step[];
  overall: Step | null;
  sellers: { sellerId: string; steps: Step[]; overall: Step | null }[];
  chain: { n: number; immature: number; censored: number; stages: { stageId: string; reached: number }[] };
}
interface TransitionsAnswer {
  rows: { fromStageId: string; destinations: { toStageId: string | null; rate: { converted: number } }[] }[];
}

/** Asks the API for every figure that the truth names, over HTTP, as the console would. */
export async function shownFigures(
  { apiUrl, cookie }: Pick<Stack, 'apiUrl' | 'cookie'>,
  portalId: string,
  truth: WrittenTruth,
): Promise<FigureMap> {
  const map = new FigureMap();
  const ask = async <Answer>(view: string, query: Record<string, string>): Promise<Answer> => {
    const parameters = new URLSearchParams({ ...query, asOf: truth.asOf });
    const url = `${apiUrl}/api/v1/portals/${portalId}/funnel/${view}?${parameters.toString()}`;
    const answer = await fetch(url, { headers: { cookie } });
    if (!answer.ok) throw new Error(`${answer.status} ${view} ${JSON.stringify(query)}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
  for (const pipelineId of Object.keys(truth.pipelines)) {
    const sellers = Object.keys(truth.pipelines[pipelineId]?.sellers ?? {});
    const now = await ask<NowAnswer>('now', { pipeline: pipelineId });
    addNow(map, pipelineId, now);
    for (const month of truth.months) {
      const flow = await ask<FlowAnswer>('flow', { pipeline: pipelineId, month });
      addFlow(map, pipelineId, month, flow);
      for (const seller of sellers) {
        const where = { pipeline: pipelineId, month, seller };
        addTransitions(map, `${pipelineId} | ${seller}`, month, await ask<TransitionsAnswer>('transitions', where));
      }
      for (const horizon of truth.horizonsDays) {
        const horizonDays = horizon === null ? 'none' : String(horizon);
        for (const definition of ['reached', 'strict', 'touched']) {
          const where = { pipeline: pipelineId, month, horizonDays, definition };
          addCohort(
            map,
            pipelineId,
            `${definition} ${month} H${horizonDays}`,
            await ask<CohortAnswer>('cohort', where),
          );
        }
        for (const seller of sellers) {
          const where = { pipeline: pipelineId, month, horizonDays, definition: 'reached', seller };
          const { chain } = await ask<CohortAnswer>('cohort', where);
          const at = `${pipelineId} | ${seller} | chain ${month} H${horizonDays}`;
          map.set(`${at} n`, chain.n);
          map.set(`${at} immature`, chain.immature);
          map.set(`${at} censored`, chain.censored);
          for (const stage of chain.stages) map.set(`${at} reached ${stage.stageId}`, stage.reached);
        }
      }
    }
  }
  return map;
}

function addNow(map: FigureMap, pipelineId: string, now: NowAnswer): void {
  const ranked = now.stages.filter((stage) => stage.rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  map.set(`${pipelineId} | order`, ranked.map((stage) => stage.stageId).join(' > '));
  for (const { sellerId, stages } of [{ sellerId: 'all', stages: now.stages }, ...now.sellers]) {
    for (const { stageId, standing } of stages) {
      const at = `${pipelineId} | ${sellerId} | now ${stageId}`;
      map.set(`${at} count`, standing.count);
      map.set(`${at} amount`, standing.amountKopecks);
      for (const other of standing.otherCurrencies) map.set(`${at} ${other.currency}`, other.amountKopecks);
    }
  }
}

function addFlow(map: FigureMap, pipelineId: string, month: string, flow: FlowAnswer): void {
  for (const seller of [{ sellerId: 'all', ...flow.totals, stages: flow.stages }, ...flow.sellers]) {
    const at = `${pipelineId} | ${seller.sellerId} | flow ${month}`;
    for (const stage of seller.stages) {
      map.set(`${at} entries ${stage.stageId}`, stage.entries);
      map.set(`${at} visits ${stage.stageId}`, stage.visits);
    }
    for (const figure of ['created', 'won', 'lost', 'rollbacks', 'reopened', 'left'] as const) {
      map.set(`${at} ${figure}`, seller[figure]);
    }
    map.set(`${at} won amount`, seller.wonAmountKopecks);
    map.set(`${at} lost amount`, seller.lostAmountKopecks);
    for (const other of seller.wonOtherCurrencies) map.set(`${at} won ${other.currency}`, other.amountKopecks);
    for (const other of seller.lostOtherCurrencies) map.set(`${at} lost ${other.currency}`, other.amountKopecks);
  }
  const ranked = flow.stages.filter((stage) => stage.rank !== null).sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
  ranked.forEach((stage, index) => {
    const next = ranked[index + 1];
    if (!next || !stage.toNext) return;
    const value = ratio(stage.toNext.numerator, stage.toNext.denominator);
    map.set(`${pipelineId} | all | flow ${month} ratio ${stage.stageId}>${next.stageId}`, value);
  });
}

function addCohort(map: FigureMap, pipelineId: string, what: string, cohort: CohortAnswer): void {
  const whole = { sellerId: 'all', steps: cohort.steps, overall: cohort.overall };
  for (const { sellerId, steps, overall } of [whole, ...cohort.sellers]) {
    for (const step of overall ? [...steps, overall] : steps) {
      const at = `${pipelineId} | ${sellerId} | ${what} ${step.fromStageId}>${step.toStageId}`;
      map.set(`${at} n`, step.rate.n);
      map.set(`${at} converted`, step.rate.converted);
      map.set(`${at} immature`, step.immature);
      map.set(`${at} censored`, step.censored);
    }
  }
}

function addTransitions(map: FigureMap, place: string, month: string, answer: TransitionsAnswer): void {
  for (const row of answer.rows) {
    for (const { toStageId, rate } of row.destinations) {
      map.set(`${place} | transitions ${month} ${row.fromStageId}>${toStageId ?? 'left'}`, rate.converted);
    }
  }
}
