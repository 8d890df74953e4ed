import type { CohortFigure } from '../figure.js';
import { baseRows, type FigureRows } from '../read/figure-rows.js';
import type { OpenQuestion } from '../read/question.js';
import type { Parameters } from '../read/statement.js';
import type { CohortDefinition, Period } from '../scope.js';

/** A step between two ranks under one definition. */
export interface RankStep {
  definition: CohortDefinition;
  from: number;
  to: number;
}

export interface CohortWindow {
  period: Period;
  /** Null is "to date". */
  horizonDays: number | null;
}

/**
 * One row for each object of a step's population: t₀ is `counted_at`, the instant of the step is `converted_at`.
 * Ranks are integers of ours and stand in the text; everything else is a parameter.
 */
export function cohortRows(
  question: OpenQuestion,
  window: CohortWindow,
  steps: readonly RankStep[],
  parameters: Parameters,
): FigureRows {
  const base = baseRows(question, parameters);
  const from = parameters.add(window.period.from, 'timestamptz');
  const to = parameters.add(window.period.to, 'timestamptz');
  const at = parameters.add(question.at, 'timestamptz');
  const horizon = window.horizonDays === null ? null : parameters.add(`${window.horizonDays * 24} hours`, 'interval');
  const ranks = [...new Set(steps.flatMap((step) => [step.from, step.to]))].sort((left, right) => left - right);
  const uses = (definition: CohortDefinition) => steps.some((step) => step.definition === definition);
  const columns = [
    ...(uses('reached') ? ranks.map((rank) => `min(entered_at) FILTER (WHERE rank >= ${rank}) AS reach_${rank}`) : []),
    ...(uses('touched') || uses('strict')
      ? ranks.map((rank) => `min(entered_at) FILTER (WHERE rank = ${rank}) AS enter_${rank}`)
      : []),
    ...(uses('strict')
      ? [
          'array_agg(rank ORDER BY sequence) FILTER (WHERE rank IS NOT NULL) AS ranks',
          'array_agg(entered_at ORDER BY sequence) FILTER (WHERE rank IS NOT NULL) AS entries',
        ]
      : []),
  ];
  const rows = steps.map((step, index) => `(${index}, ${startOf(step)}, ${successOf(step)})`);
  return {
    text: `${base.text},
    path AS (
      SELECT object_id,
             -- Followed until T, or until it left for another pipeline.
             CASE WHEN bool_or(left_at IS NULL) THEN ${at} ELSE max(left_at) END AS end_at,
             NOT bool_or(left_at IS NULL) AS has_left,
             ${columns.join(',\n             ')}
        FROM visit
       GROUP BY object_id
    ),
    member AS (
      SELECT path.object_id, path.has_left, step.step, step.start_at, step.success_at,
             ${horizon ? `end_at >= start_at + ${horizon}` : 'true'} AS is_matured,
             ${horizon ? `success_at <= start_at + ${horizon}` : 'success_at IS NOT NULL'} AS is_in_time
        FROM path CROSS JOIN LATERAL (VALUES ${rows.join(', ')}) AS step (step, start_at, success_at)
       WHERE step.start_at >= ${from} AND step.start_at < ${to}
    ),
    counted_row AS (
      SELECT object_id, seller_id, amount_kopecks, currency, 0 AS sequence, NULL::int AS event_sequence, step,
             NULL::text AS stage_id, start_at AS counted_at,
             CASE WHEN is_in_time THEN success_at END AS converted_at,
             is_matured, coalesce(is_matured AND is_in_time, false) AS is_converted,
             NOT is_matured AND has_left AS is_censored
        FROM member JOIN object USING (object_id)
    )`,
  };
}

export const cohortConditions: Record<CohortFigure, string> = {
  population: 'true',
  counted: 'is_matured',
  converted: 'is_converted',
  immature: 'NOT is_matured',
  censored: 'is_censored',
};

const startOf = ({ definition, from }: RankStep) => (definition === 'reached' ? `reach_${from}` : `enter_${from}`);

function successOf({ definition, from, to }: RankStep): string {
  if (definition === 'reached') return `reach_${to}`;
  if (definition === 'touched') return `enter_${to}`;
  return `entries[${arrivalOf(from, to)}]`;
}

/** Index of the entry that ends the straight path: each next rank the first one after the one before. */
function arrivalOf(from: number, to: number): string {
  let index = `array_position(ranks, ${from})`;
  for (let rank = from + 1; rank <= to; rank++) {
    // array_position refuses an unknown start; beyond the end it finds nothing.
    index = `array_position(ranks, ${rank}, coalesce(${index}, 1000000) + 1)`;
  }
  return index;
}
