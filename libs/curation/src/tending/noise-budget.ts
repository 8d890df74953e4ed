import type { EventLog } from '@funnelwatch/event-log';
import type { Clock } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import { decideDiscipline } from '../cases/decide-discipline.js';
import type { DisciplineSettings } from '../cases/discipline-state.js';

/** How much a rule may cost curators. */
export interface NoiseBudget {
  /** Most cases a day for each curator who works. */
  casesPerCuratorAndDay: number;
  /** Least share of verdicts that are no false positives, once there are enough. */
  leastPrecision: number;
  enoughVerdicts: number;
}

export const usualNoiseBudget: NoiseBudget = { casesPerCuratorAndDay: 20, leastPrecision: 0.7, enoughVerdicts: 50 };

/** What a rule has cost lately. */
export interface RuleNoise {
  ruleId: string;
  /** Cases of the last 24 hours. */
  casesOfDay: number;
  falsePositives: number;
  /** Verdicts real, acceptable or false since the rule was switched on. */
  verdicts: number;
}

/** Why a rule goes back to shadow: `noise` or `precision`; null while it keeps within the budget. */
export function overBudget(noise: RuleNoise, curators: number, budget: NoiseBudget): 'noise' | 'precision' | null {
  if (noise.casesOfDay > budget.casesPerCuratorAndDay * Math.max(curators, 1)) return 'noise';
  const isEnough = noise.verdicts >= budget.enoughVerdicts;
  if (isEnough && 1 - noise.falsePositives / noise.verdicts < budget.leastPrecision) return 'precision';
  return null;
}

/**
 * Puts rules that cost more than the budget back into shadow, with the reason for all to see. Returns those rules.
 * Whoever gave a verdict within a week counts as a curator.
 */
export async function keepNoiseBudget(
  { pool, log, clock }: { pool: Pool; log: EventLog; clock: Clock },
  portal: { portalId: string; bucket: number },
  budget: NoiseBudget = usualNoiseBudget,
): Promise<{ ruleId: string; reason: 'noise' | 'precision' }[]> {
  const key = [portal.bucket, portal.portalId];
  const { rows: decided } = await pool.query<{ settings: DisciplineSettings }>(
    'SELECT settings FROM read.discipline WHERE bucket = $1 AND portal_id = $2',
    key,
  );
  const rules = decided[0]?.settings.rules ?? {};
  const active = Object.entries(rules).filter(([, { status }]) => status === 'active');
  if (active.length === 0) return [];
  const now = clock.now();
  const { rows: curators } = await pool.query<{ count: number }>(
    `SELECT count(DISTINCT verdict_by)::int AS count FROM read.violation_case
      WHERE bucket = $1 AND portal_id = $2 AND verdict_at > $3::timestamptz - interval '7 days'`,
    [...key, now],
  );
  const { rows: noises } = await pool.query<RuleNoise>(
    `SELECT row.rule_id AS "ruleId",
            count(*) FILTER (WHERE row.recorded_at > $3::timestamptz - interval '1 day')::int AS "casesOfDay",
            count(*) FILTER (WHERE row.verdict = 'false')::int AS "falsePositives",
            count(*) FILTER (WHERE row.verdict IN ('real', 'acceptable', 'false'))::int AS verdicts
       FROM unnest($4::text[], $5::timestamptz[]) AS rule (rule_id, since)
       JOIN read.violation_case row ON row.bucket = $1 AND row.portal_id = $2 AND row.rule_id = rule.rule_id
        AND row.mode = 'active' AND row.status <> 'void' AND row.started_at >= rule.since
      GROUP BY row.rule_id ORDER BY row.rule_id`,
    [...key, now, active.map(([ruleId]) => ruleId), active.map(([, { from }]) => new Date(from))],
  );
  const demoted = noises.flatMap((noise) => {
    const reason = overBudget(noise, curators[0]?.count ?? 0, budget);
    return reason ? [{ ruleId: noise.ruleId, reason }] : [];
  });
  for (const { ruleId, reason } of demoted) {
    const from = now.toISOString();
    await decideDiscipline(
      log,
      clock,
      portal,
      [{ type: 'RuleStatusSet', data: { ruleId, status: 'shadow', from, by: 'system', reason } }],
      `budget ${ruleId} ${rules[ruleId]?.from ?? ''}`,
    );
  }
  return demoted;
}
