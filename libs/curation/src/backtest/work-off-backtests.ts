import { type Clock, Rejection } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { JudgedPortal } from '../judge/judge-portal.js';
import type { RuleScope } from '../rules/rule-scope.js';
import type { ParameterValues } from '../rules/rule.js';
import { runBacktest } from './run-backtest.js';

class Cancelled extends Error {}

/** Held longer than this without a sign of life, a backtest is taken up by another program. */
const abandonedAfter = '1 minute';
const usualSecondsPerVerdict = 90;

/** Works off one backtest that waits; returns whether there was one. Several programs share the work. */
export async function workOffBacktest(
  pool: Pool,
  clock: Clock,
  portals: ReadonlyMap<string, JudgedPortal>,
): Promise<boolean> {
  const { rows } = await pool.query<{
    backtest_id: string;
    portal_id: string;
    rule_id: string;
    rule: unknown;
    parameters: ParameterValues;
    scope: RuleScope;
    from_day: string | null;
    to_day: string | null;
  }>(
    `UPDATE desk.backtest SET state = 'running', seen_at = now(), done = 0
      WHERE backtest_id = (SELECT backtest_id FROM desk.backtest
                            WHERE state = 'waiting' OR (state = 'running' AND seen_at < now() - interval '${abandonedAfter}')
                            ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING backtest_id, portal_id, rule_id, rule, parameters, scope, from_day::text, to_day::text`,
  );
  const [order] = rows;
  if (!order) return false;
  const { backtest_id: backtestId } = order;
  const portal = portals.get(order.portal_id);
  if (!portal) {
    await finish(pool, clock, backtestId, { state: 'failed', errorCode: 'PORTAL_UNKNOWN' });
    return true;
  }
  try {
    const [precision, secondsPerVerdict] = await pastVerdicts(pool, portal, order.rule_id);
    const { rule, parameters, scope, from_day: from, to_day: to } = order;
    const period = from === null || to === null ? null : { from, to };
    const figures = await runBacktest(
      pool,
      clock,
      { portal, rule, parameters, scope, period, secondsPerVerdict },
      async (progress) => {
        const { rowCount } = await pool.query(
          `UPDATE desk.backtest SET done = $2, total = $3, seen_at = now() WHERE backtest_id = $1 AND state = 'running'`,
          [backtestId, progress.done, progress.total],
        );
        if (rowCount === 0) throw new Cancelled();
      },
    );
    await finish(pool, clock, backtestId, { state: 'done', figures, precision });
  } catch (error) {
    if (error instanceof Cancelled) return true;
    if (!(error instanceof Rejection)) throw error;
    await finish(pool, clock, backtestId, { state: 'failed', errorCode: error.code });
  }
  return true;
}

async function pastVerdicts(
  pool: Pool,
  { portalId, bucket }: JudgedPortal,
  ruleId: string,
): Promise<[{ falsePositives: number; verdicts: number }, number]> {
  const { rows } = await pool.query<{ falsePositives: number; verdicts: number; seconds: number | null }>(
    `SELECT count(*) FILTER (WHERE verdict = 'false')::int AS "falsePositives",
            count(*) FILTER (WHERE verdict IN ('real', 'acceptable', 'false'))::int AS verdicts,
            (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY (entry.data ->> 'seconds')::float8)
               FROM read.case_entry entry
              WHERE entry.bucket = $1 AND entry.portal_id = $2 AND entry.type = 'VerdictGiven') AS seconds
       FROM read.violation_case WHERE bucket = $1 AND portal_id = $2 AND rule_id = $3`,
    [bucket, portalId, ruleId],
  );
  const { falsePositives = 0, verdicts = 0, seconds } = rows[0] ?? {};
  return [{ falsePositives, verdicts }, seconds ?? usualSecondsPerVerdict];
}

async function finish(
  pool: Pool,
  clock: Clock,
  backtestId: string,
  outcome: { state: 'done' | 'failed'; figures?: unknown; precision?: unknown; errorCode?: string },
): Promise<void> {
  const { state, figures = null, precision = null, errorCode = null } = outcome;
  await pool.query(
    `UPDATE desk.backtest SET state = $2, figures = $3, precision = $4, error_code = $5, finished_at = $6
      WHERE backtest_id = $1 AND state = 'running'`,
    [backtestId, state, JSON.stringify(figures), JSON.stringify(precision), errorCode, clock.now()],
  );
}
