import type { CohortFigure } from '../figure.js';
import { baseRows, type FigureRows } from '../read/figure-rows.js';
import type { OpenQuestion } from '../read/question.js';
import type { Parameters } from '../read/parameters.js';
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

const longWindowMs = 120 * 86_400_000;

/** Conditions under which an object of `followed` counts in a step, and the instants that a record shows. */
interface StepText {
  conditions: Record<CohortFigure, string>;
  startAt: string;
  convertedAt: string;
}

export interface FollowedObjects {
  /** Common table expressions; `followed` has one row for each object with an entry in the window. */
  text: string;
  steps: StepText[];
}

/**
 * The paths of all objects that could be in a population, and how each step reads them. Ranks are integers of ours and
 * stand in the text; everything else is a parameter.
 */
export function followedObjects(
  question: OpenQuestion,
  window: CohortWindow,
  steps: readonly RankStep[],
  parameters: Parameters,
): FollowedObjects {
  const base = baseRows(question, parameters);
  const from = parameters.add(window.period.from, 'timestamptz');
  const to = parameters.add(window.period.to, 'timestamptz');
  const at = parameters.add(question.at, 'timestamptz');
  const horizon = window.horizonDays === null ? null : parameters.add(`${window.horizonDays * 24} hours`, 'interval');
  const starts = [...new Set(steps.map(startOf))];
  const straight = steps.filter((step) => step.definition === 'strict');
  // True and false: in the population, matured or not; null: not in the population.
  const flags = starts.map(
    (start) =>
      `CASE WHEN ${start} >= ${from} AND ${start} < ${to} THEN ${horizon ? `end_at >= ${start} + ${horizon}` : 'true'} END
                AS in_${start}`,
  );
  const arrivals = straight.map((step) => `entries[${arrivalOf(step.from, step.to)}] AS ${successOf(step)}`);
  const narrowed = [
    // A start is an entry: who entered nothing in the window is in no population. In a long window that is nobody.
    ...(window.period.to.getTime() - window.period.from.getTime() < longWindowMs
      ? [`object_id IN (SELECT object_id FROM visit WHERE entered_at >= ${from} AND entered_at < ${to})`]
      : []),
    ...(question.sellerId === undefined ? [] : ['object_id IN (SELECT object_id FROM object)']),
  ];
  const text = `${base.text},
    path AS (
      SELECT object_id,
             -- Followed until T, or until it left for another pipeline.
             CASE WHEN bool_or(left_at IS NULL) THEN ${at} ELSE max(left_at) END AS end_at,
             NOT bool_or(left_at IS NULL) AS has_left,
             ${instantsOf(steps).join(',\n             ')}
        FROM visit
       ${narrowed.length > 0 ? `WHERE ${narrowed.join(' AND ')}` : ''}
       GROUP BY object_id
    ),
    followed AS (
      SELECT path.*, ${[...flags, ...arrivals].join(',\n             ')}
        FROM path
      -- A fence: without it every use of a flag would compute it again.
      OFFSET 0
    )`;
  return { text, steps: steps.map((step) => stepText(step, horizon)) };
}

/** The population of one step, one row each: t₀ is `counted_at`, the instant of the step is `converted_at`. */
export function cohortRows(
  question: OpenQuestion,
  window: CohortWindow,
  step: RankStep,
  parameters: Parameters,
): FigureRows & { conditions: Record<CohortFigure, string> } {
  const { text, steps } = followedObjects(question, window, [step], parameters);
  const { conditions, startAt, convertedAt } = steps[0]!;
  return {
    text: `${text},
    counted_row AS (
      SELECT followed.*, seller_id, amount_kopecks, currency, 0 AS sequence, NULL::int AS event_sequence,
             NULL::text AS stage_id, ${startAt} AS counted_at, ${convertedAt} AS converted_at
        FROM followed JOIN object USING (object_id)
       WHERE ${conditions.population}
    )`,
    conditions,
  };
}

function stepText(step: RankStep, horizon: string | null): StepText {
  const start = startOf(step);
  const success = successOf(step);
  const isInTime = horizon ? `${success} <= ${start} + ${horizon}` : `${success} IS NOT NULL`;
  return {
    conditions: {
      population: `in_${start} IS NOT NULL`,
      counted: `in_${start}`,
      converted: `in_${start} AND ${isInTime}`,
      immature: `NOT in_${start}`,
      censored: `NOT in_${start} AND has_left`,
    },
    startAt: start,
    convertedAt: `CASE WHEN ${isInTime} THEN ${success} END`,
  };
}

/** Columns of a path: reach(d, r), enter(d, s), and for straight paths all entries in order. */
function instantsOf(steps: readonly RankStep[]): string[] {
  const reached = new Set<number>();
  const entered = new Set<number>();
  for (const step of steps) {
    const ranks = step.definition === 'reached' ? reached : entered;
    ranks.add(step.from);
    if (step.definition !== 'strict') ranks.add(step.to);
  }
  const columns = [
    ...[...reached].map((rank) => `min(entered_at) FILTER (WHERE rank >= ${rank}) AS reach_${rank}`),
    ...[...entered].map((rank) => `min(entered_at) FILTER (WHERE rank = ${rank}) AS enter_${rank}`),
  ];
  if (!steps.some((step) => step.definition === 'strict')) return columns;
  return [
    ...columns,
    'array_agg(rank ORDER BY sequence) FILTER (WHERE rank IS NOT NULL) AS ranks',
    'array_agg(entered_at ORDER BY sequence) FILTER (WHERE rank IS NOT NULL) AS entries',
  ];
}

/** Column of t₀. */
export const startOf = ({ definition, from }: RankStep) =>
  definition === 'reached' ? `reach_${from}` : `enter_${from}`;

function successOf({ definition, from, to }: RankStep): string {
  if (definition === 'reached') return `reach_${to}`;
  return definition === 'touched' ? `enter_${to}` : `straight_${from}_${to}`;
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
