import type { StageSemantics } from '@funnelwatch/capture-contracts';
import type { FunnelNow, NowTotals } from '../answers.js';
import { AmountTally } from '../read/amounts.js';
import { totalsOf } from '../read/by-seller.js';
import type { OpenQuestion } from '../read/question.js';
import { Parameters } from '../read/parameters.js';
import { countGone } from '../gone/gone.js';
import { nowRows } from './now-rows.js';

interface StandingRow {
  stageId: string;
  semantics: StageSemantics;
  sellerId: string;
  currency: string;
  count: number;
  kopecks: string;
}

/** Where the objects of a pipeline stand. */
export async function funnelNow(question: OpenQuestion): Promise<FunnelNow> {
  const parameters = new Parameters();
  const { rows } = await question.client.query<StandingRow>(
    `WITH ${nowRows(question, parameters).text}
     SELECT stage_id AS "stageId", semantics, seller_id AS "sellerId", currency, count(*) AS count,
            coalesce(sum(amount_kopecks), 0)::text AS kopecks
       FROM counted_row GROUP BY stage_id, semantics, seller_id, currency`,
    parameters.values,
  );
  return {
    definition: 'now',
    asOf: question.asOf,
    pipeline: question.pipeline,
    ...totalsOf(rows, (own) => nowTotals(question, own)),
    gone: await countGone(question),
  };
}

function nowTotals(question: OpenQuestion, rows: readonly StandingRow[]): NowTotals {
  const sum = (counts: (row: StandingRow) => boolean) => {
    const amount = new AmountTally(question.currency);
    let count = 0;
    for (const row of rows) {
      if (!counts(row)) continue;
      count += row.count;
      amount.add(row.currency, row.count, BigInt(row.kopecks));
    }
    return { count, amount: amount.amounts() };
  };
  return {
    stages: question.pipeline.stages.map(({ stageId }) => ({ stageId, ...sum((row) => row.stageId === stageId) })),
    ...sum(() => true),
    open: sum((row) => row.semantics === 'P'),
    won: sum((row) => row.semantics === 'S'),
    lost: sum((row) => row.semantics === 'F'),
  };
}
