import type { Clock } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';
import { scopeTest } from '../episodes/in-scope.js';
import { judgeStory } from '../episodes/judge-story.js';
import { loadFactsOfKinds } from '../judge/bundles.js';
import type { JudgedPortal } from '../judge/judge-portal.js';
import { openBench, storiesOf } from '../judge/judge-subjects.js';
import { noRules } from '../judge/portal-rules.js';
import { workingTimeOf } from '../judge/portal-time.js';
import { type CompiledRule, compileRule } from '../rules/compile-rule.js';
import { kindOfSubject } from '../rule-facts/links.js';
import type { RuleScope } from '../rules/rule-scope.js';
import type { ParameterValues, Rule } from '../rules/rule.js';
import { type BacktestFigures, type BacktestPeriod, BacktestSum } from './backtest-figures.js';

export interface BacktestOrder {
  portal: JudgedPortal;
  /** A rule as its author writes it. */
  rule: unknown;
  parameters: ParameterValues;
  scope: RuleScope;
  /** Counts cases that opened, and checks that were made, within; null for the whole history. */
  period: BacktestPeriod | null;
  secondsPerVerdict: number;
}

export interface BacktestProgress {
  done: number;
  total: number;
}

const chunkSize = 200;

/**
 * Runs a rule over everything that was recorded of a portal, up to its rule clock, and says what it would have found in
 * the period. Lives are told from their beginning, so that a period finds what the whole history finds there. Nothing is said to anybody. `onProgress` may throw to end it. Throws `RuleInvalid`.
 */
export async function runBacktest(
  pool: Pool,
  clock: Clock,
  { portal, rule: draft, parameters, scope, period, secondsPerVerdict }: BacktestOrder,
  onProgress: (progress: BacktestProgress) => Promise<void>,
): Promise<BacktestFigures> {
  const compiled = compileRule(draft, parameters);
  const rule = compiled[0]?.rule as Rule;
  const sum = new BacktestSum(portal.hours.zone, period);
  const workingTime = workingTimeOf(portal.hours);
  const client = await pool.connect();
  try {
    const progress = await client.query<{ clock: Date | null; position: number }>(
      'SELECT clock, position FROM judge.progress WHERE portal_id = $1',
      [portal.portalId],
    );
    const untilMs = progress.rows[0]?.clock?.getTime() ?? 0;
    const upTo = progress.rows[0]?.position ?? 0;
    const bench = await openBench(client, {
      place: portal,
      zone: portal.hours.zone,
      workingTime,
      rules: noRules,
      configuration: await loadFactsOfKinds(client, portal, ['pipelines', 'learned'], upTo),
      untilMs,
      upTo,
      now: clock.now(),
      isOurs: () => false,
    });
    const test = scopeTest(scope, portal.hours.zone, bench.orgChart);
    const scopes = new Map(test ? [[rule.id, test]] : []);
    const total = await countSubjects(client, portal, rule.on);
    let done = 0;
    for (let after = ''; ;) {
      const subjects = await nextSubjects(client, portal, rule.on, after);
      if (subjects.length === 0) break;
      for (const { story } of await storiesOf(client, bench, subjects)) {
        const judgement = judgeStory(story, compiledFor(compiled, story.subject), bench, untilMs, scopes);
        sum.add(judgement.opened, judgement.checks);
      }
      done += subjects.length;
      after = subjects.at(-1) ?? after;
      await onProgress({ done, total });
    }
  } finally {
    client.release();
  }
  return sum.figures(secondsPerVerdict);
}

const compiledFor = (compiled: readonly CompiledRule[], subject: string): CompiledRule[] => {
  const kind = kindOfSubject(subject);
  return compiled.filter(({ kinds }) => kinds.includes(kind));
};

async function countSubjects(client: PoolClient, portal: JudgedPortal, kinds: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM read.rule_subject
      WHERE bucket = $1 AND portal_id = $2 AND split_part(subject, ':', 1) = ANY ($3)`,
    [portal.bucket, portal.portalId, kinds],
  );
  return rows[0]?.count ?? 0;
}

async function nextSubjects(
  client: PoolClient,
  portal: JudgedPortal,
  kinds: readonly string[],
  after: string,
): Promise<string[]> {
  const { rows } = await client.query<{ subject: string }>(
    `SELECT subject FROM read.rule_subject
      WHERE bucket = $1 AND portal_id = $2 AND subject > $3 COLLATE "C" AND split_part(subject, ':', 1) = ANY ($4)
      ORDER BY subject COLLATE "C" LIMIT $5`,
    [portal.bucket, portal.portalId, after, kinds, chunkSize],
  );
  return rows.map(({ subject }) => subject);
}
