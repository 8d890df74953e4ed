import { say } from '../authoring/language.js';
import { of, wilson } from './conditions.js';

/** Grafana cannot make columns from stages, so paths have so many; stages beyond are left out. */
export const mostRanks = 12;
const ranks = Array.from({ length: mostRanks + 1 }, (_, rank) => rank);

const inWindow = (column: string): string => of.range(column);

/**
 * Cohorts by the definition "reached", of first entries alone, as the first time in any of several stages is one: an object reaches a rank when it first enters a stage of that rank or a later one. The
 * population of a step is who reached its first stage within the range. `chain` goes from the first stage to each; `steps`
 * from each stage to the next.
 */
export function cohortSql(shape: 'chain' | 'steps'): string {
  const reached = ranks.map((rank) => `min(entered_at) FILTER (WHERE rank >= ${rank}) AS r${rank}`);
  const counts = ranks
    .slice(0, -1)
    .map((rank) =>
      shape === 'chain'
        ? `count(r${rank}) FILTER (WHERE ${inWindow('r0')}) AS hits${rank}`
        : `count(*) FILTER (WHERE ${inWindow(`r${rank}`)}) AS n${rank}, count(r${rank + 1}) FILTER (WHERE ${inWindow(`r${rank}`)}) AS hits${rank}`,
    );
  const values = ranks
    .slice(0, -1)
    .map((rank) => (shape === 'chain' ? `(${rank}, hits${rank}, hits${rank})` : `(${rank}, n${rank}, hits${rank})`));
  return `
    WITH ranked AS MATERIALIZED (
      SELECT stage_id, rank FROM grafana.stage WHERE ${of.portal()} AND ${of.pipeline()} AND rank IS NOT NULL
    ), path AS (
      SELECT object_id, ${reached.join(',\n             ')}
      FROM grafana.entry JOIN ranked USING (stage_id)
      WHERE ${of.portal()} AND ${of.pipeline()} AND ${of.seller()} AND is_first_entry
      GROUP BY object_id
    ), total AS (
      SELECT ${counts.join(',\n             ')} FROM path
    ), step AS (
      SELECT listed.rank, listed.n, listed.hits FROM total CROSS JOIN LATERAL (VALUES ${values.join(', ')}) AS listed (rank, n, hits)
    ), stage AS (
      SELECT DISTINCT ON (rank) rank, name FROM grafana.stage
      WHERE ${of.portal()} AND ${of.pipeline()} AND rank IS NOT NULL
      ORDER BY rank, is_removed, place
    )
    ${shape === 'chain' ? chain : stepsSelect()}`;
}

const chain = `SELECT stage.name AS "stage", step.hits AS "objects"
    FROM stage JOIN step USING (rank)
    ORDER BY rank LIMIT ${mostRanks}`;

const stepsSelect =
  (): string => `SELECT stage.name AS "from", following.name AS "to", step.n AS "n", step.hits AS "converted",
           step.hits::float8 / nullif(step.n, 0) AS "share", ${wilson('low', 'step.hits', 'step.n')} AS "low",
           ${wilson('high', 'step.hits', 'step.n')} AS "high",
           CASE WHEN step.n < 5 THEN '${say('too few', 'слишком мало')}' ELSE '' END AS "said"
    FROM stage JOIN step USING (rank) JOIN stage following ON following.rank = stage.rank + 1
    ORDER BY stage.rank LIMIT ${mostRanks}`;
