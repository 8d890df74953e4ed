import { Rejection } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { RuleScope } from '../rules/rule-scope.js';
import type { ParameterValues } from '../rules/rule.js';
import type { BacktestFigures, BacktestPeriod } from './backtest-figures.js';

type BacktestState = 'waiting' | 'running' | 'done' | 'cancelled' | 'failed';

export interface Backtest {
  backtestId: string;
  ruleId: string;
  state: BacktestState;
  done: number;
  total: number | null;
  /** What was tried: values of the rule's parameters. */
  parameters: ParameterValues;
  /** Where the rule applied. */
  scope: RuleScope;
  /** The stretch of the history, null for all of it. */
  period: BacktestPeriod | null;
  figures: BacktestFigures | null;
  /** Past verdicts on the rule. */
  precision: { falsePositives: number; verdicts: number } | null;
  errorCode: string | null;
  requestedAt: string;
  finishedAt: string | null;
}

interface BacktestRow {
  backtest_id: string;
  rule_id: string;
  state: BacktestState;
  done: number;
  total: number | null;
  parameters: ParameterValues;
  scope: RuleScope;
  from_day: string | null;
  to_day: string | null;
  figures: BacktestFigures | null;
  precision: Backtest['precision'];
  error_code: string | null;
  requested_at: Date;
  finished_at: Date | null;
}

const columns = `backtest_id, rule_id, state, done, total, parameters, scope, from_day::text, to_day::text, figures, precision,
  error_code, requested_at, finished_at`;

const backtestOf = (row: BacktestRow): Backtest => ({
  backtestId: row.backtest_id,
  ruleId: row.rule_id,
  state: row.state,
  done: row.done,
  total: row.total,
  parameters: row.parameters,
  scope: row.scope,
  period: row.from_day === null || row.to_day === null ? null : { from: row.from_day, to: row.to_day },
  figures: row.figures,
  precision: row.precision,
  errorCode: row.error_code,
  requestedAt: row.requested_at.toISOString(),
  finishedAt: row.finished_at?.toISOString() ?? null,
});

/** Backtests that were asked for, and what came of them. Every question names its portal. */
export class Backtests {
  constructor(private readonly pool: Pool) {}

  /** Asks for a backtest; one of the same rule that waits is replaced. */
  async request(
    portalId: string,
    order: {
      backtestId: string;
      ruleId: string;
      rule: unknown;
      parameters: ParameterValues;
      scope: RuleScope;
      period: BacktestPeriod | null;
      by: string;
    },
    now: Date,
  ): Promise<void> {
    await this.pool.query(`DELETE FROM desk.backtest WHERE portal_id = $1 AND rule_id = $2 AND state = 'waiting'`, [
      portalId,
      order.ruleId,
    ]);
    await this.pool.query(
      `INSERT INTO desk.backtest (backtest_id, portal_id, rule_id, rule, parameters, scope, from_day, to_day, state, done,
                                  requested_by, requested_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', 0, $9, $10)`,
      [
        order.backtestId,
        portalId,
        order.ruleId,
        JSON.stringify(order.rule),
        JSON.stringify(order.parameters),
        JSON.stringify(order.scope),
        order.period?.from ?? null,
        order.period?.to ?? null,
        order.by,
        now,
      ],
    );
  }

  /** Throws `Rejection` BACKTEST_UNKNOWN. */
  async get(portalId: string, backtestId: string): Promise<Backtest> {
    const { rows } = await this.pool.query<BacktestRow>(
      `SELECT ${columns} FROM desk.backtest WHERE portal_id = $1 AND backtest_id = $2`,
      [portalId, backtestId],
    );
    if (!rows[0]) throw new Rejection('BACKTEST_UNKNOWN', 'There is no such backtest.');
    return backtestOf(rows[0]);
  }

  /** The last backtests of a portal, newest first. */
  async list(portalId: string, limit: number): Promise<Backtest[]> {
    const { rows } = await this.pool.query<BacktestRow>(
      `SELECT ${columns} FROM desk.backtest WHERE portal_id = $1 ORDER BY requested_at DESC, backtest_id LIMIT $2`,
      [portalId, limit],
    );
    return rows.map(backtestOf);
  }

  /** Ends a backtest that waits or runs; one that is over stays as it is. Throws `Rejection` BACKTEST_UNKNOWN. */
  async cancel(portalId: string, backtestId: string, now: Date): Promise<void> {
    await this.get(portalId, backtestId);
    await this.pool.query(
      `UPDATE desk.backtest SET state = 'cancelled', finished_at = $3
        WHERE portal_id = $1 AND backtest_id = $2 AND state IN ('waiting', 'running')`,
      [portalId, backtestId, now],
    );
  }
}
