import type { FlowTotals, FunnelFlow, FunnelMonths } from '../answers.js';
import { type FlowFigure, flowFigures } from '../figure.js';
import { monthsOf } from '../periods/period.js';
import { AmountTally } from '../read/amounts.js';
import { totalsOf } from '../read/by-seller.js';
import { rankedStages } from '../read/pipeline-views.js';
import { assertPeriod, type OpenQuestion } from '../read/question.js';
import { Parameters } from '../read/parameters.js';
import type { Period } from '../scope.js';
import { flowConditions, flowRows } from './flow-rows.js';

type Counts = Record<FlowFigure, number>;
interface MovedRow extends Counts {
  /** Which of the periods, from 1. */
  part: number;
  stageId: string;
  sellerId: string;
  currency: string;
  wonKopecks: string;
  lostKopecks: string;
}

/** What happened in a period. Throws `Rejection` FUNNEL_PERIOD_INVALID. */
export async function funnelFlow(question: OpenQuestion, period: Period): Promise<FunnelFlow> {
  const rows = await countMoves(question, [period]);
  return {
    definition: 'flow',
    asOf: question.asOf,
    pipeline: question.pipeline,
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    ...totalsOf(rows, (own) => flowTotals(question, own)),
  };
}

/** What happened in each of several months of the portal's zone. Throws `Rejection` FUNNEL_PERIOD_INVALID. */
export async function funnelMonths(question: OpenQuestion, fromMonth: string, toMonth: string): Promise<FunnelMonths> {
  const months = monthsOf(question.scope.zone, fromMonth, toMonth);
  const rows = await countMoves(question, months);
  return {
    definition: 'flow',
    asOf: question.asOf,
    pipeline: question.pipeline,
    months: months.map(({ month, from, to }, index) => ({
      month,
      from: from.toISOString(),
      to: to.toISOString(),
      ...totalsOf(
        rows.filter((row) => row.part === index + 1),
        (own) => flowTotals(question, own),
      ),
    })),
  };
}

/** Counts every figure at once for periods that follow each other without a gap. */
async function countMoves(question: OpenQuestion, periods: readonly Period[]): Promise<MovedRow[]> {
  const whole = { from: periods[0]!.from, to: periods.at(-1)!.to };
  assertPeriod(whole);
  const parameters = new Parameters();
  const rows = flowRows(question, whole, parameters);
  const starts = periods.map((period) => period.from);
  const part = periods.length === 1 ? '1' : `width_bucket(counted_at, ${parameters.add(starts, 'timestamptz[]')})`;
  const counts = flowFigures.map((figure) => `count(*) FILTER (WHERE ${flowConditions[figure]}) AS "${figure}"`);
  const amount = (figure: FlowFigure) =>
    `coalesce(sum(amount_kopecks) FILTER (WHERE ${flowConditions[figure]}), 0)::text`;
  const counted = await question.client.query<MovedRow>(
    `WITH ${rows.text}
     SELECT ${part} AS part, stage_id AS "stageId", seller_id AS "sellerId", currency,
            ${counts.join(', ')}, ${amount('won')} AS "wonKopecks", ${amount('lost')} AS "lostKopecks"
       FROM counted_row GROUP BY part, stage_id, seller_id, currency`,
    parameters.values,
  );
  return counted.rows;
}

function flowTotals(question: OpenQuestion, rows: readonly MovedRow[]): FlowTotals {
  const sum = (figure: FlowFigure, stageId?: string) =>
    rows.reduce((total, row) => (stageId === undefined || row.stageId === stageId ? total + row[figure] : total), 0);
  const won = new AmountTally(question.currency);
  const lost = new AmountTally(question.currency);
  for (const row of rows) {
    won.add(row.currency, row.won, BigInt(row.wonKopecks));
    lost.add(row.currency, row.lost, BigInt(row.lostKopecks));
  }
  const ranked = rankedStages(question.pipeline);
  return {
    stages: question.pipeline.stages.map(({ stageId }) => ({
      stageId,
      entries: sum('entries', stageId),
      visits: sum('visits', stageId),
    })),
    created: sum('created'),
    won: sum('won'),
    wonAmount: won.amounts(),
    lost: sum('lost'),
    lostAmount: lost.amounts(),
    rollbacks: sum('rollbacks'),
    reopened: sum('reopened'),
    left: sum('left'),
    periodRatios: ranked.slice(1).map((stage, index) => ({
      fromStageId: ranked[index]!.stageId,
      toStageId: stage.stageId,
      from: sum('entries', ranked[index]!.stageId),
      to: sum('entries', stage.stageId),
    })),
  };
}
