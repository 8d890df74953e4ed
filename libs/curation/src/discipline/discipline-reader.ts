import { wilson } from '@funnelwatch/statistics';
import type { Pool } from 'pg';
import { isViolation, personOfViolation } from '../queue/lanes.js';
import type { QueuePortal } from '../queue/queue-filter.js';
import type { ConfirmedWork } from './employee-quality.js';

export interface DisciplinePeriod {
  /** Instants, `[from, to)`. */
  from: Date;
  to: Date;
  zone: string;
}

/** What figures are narrowed to; everything where nothing is named. */
interface DisciplineFilter {
  ruleId?: string | undefined;
  /** Users of the portal. */
  people?: readonly string[] | undefined;
}

/** Violations of so many checks: what was voided or judged false or acceptable is no violation. */
export interface ViolationRate {
  ruleId: string;
  /** User of the portal; empty where nobody is responsible. */
  person: string;
  /** Monday of the week in the portal's zone, `YYYY-MM-DD`. */
  week: string;
  checks: number;
  violations: number;
}

export interface RepeatRate {
  /** Cases on which feedback was sent. */
  answered: number;
  /** Of these: the same rule was violated by the same person again within 14 days. */
  repeated: number;
}

export interface SlaShare {
  severity: string;
  /** Verdicts given, and those given by the deadline. */
  verdicts: number;
  inTime: number;
  /** Cases that wait beyond their deadline now. */
  overdue: number;
}

/** Objects that left a stage: how many passed it without a violation, a step back, or a return. */
export interface StageYield {
  pipelineId: string;
  stageId: string;
  left: number;
  clean: number;
}

/** A rate with its 95 % interval by Wilson; null without a check. */
export function rateOf(violations: number, checks: number): { share: number; low: number; high: number } | null {
  // Late facts may take checks back before the cases that rest on them.
  const counted = Math.min(violations, checks);
  const interval = wilson(counted, checks);
  return interval && { share: counted / checks, ...interval };
}

/** Reads how well the standard is kept. Every question names its portal. */
export class DisciplineReader {
  constructor(private readonly pool: Pool) {}

  /**
   * Violations of checks by rule, person and week. Cases of `undecided` count as if nobody had judged them: whoever is to
   * judge them blindly cannot read the verdict from a figure.
   */
  async violations(
    { portalId, bucket }: QueuePortal,
    { from, to, zone }: DisciplinePeriod,
    undecided: readonly string[] = [],
  ): Promise<ViolationRate[]> {
    const { rows } = await this.pool.query<ViolationRate>(
      `WITH checked AS (
         SELECT rule_id, person, week, sum(checks)::float8 AS checks FROM judge.checks
          WHERE bucket = $1 AND portal_id = $2
            AND week >= ($3::timestamptz AT TIME ZONE $5)::date - 6 AND week < ($4::timestamptz AT TIME ZONE $5)::date
          GROUP BY 1, 2, 3
       ), violated AS (
         SELECT row.rule_id, coalesce(${personOfViolation}, '') AS person,
                date_trunc('week', row.started_at AT TIME ZONE $5)::date AS week, count(*)::int AS violations
           FROM read.violation_case row
          WHERE row.bucket = $1 AND row.portal_id = $2 AND row.started_at >= $3 AND row.started_at < $4
            AND (${isViolation} OR row.mode <> 'shadow' AND row.status <> 'void' AND row.case_id = ANY ($6::uuid[]))
          GROUP BY 1, 2, 3
       )
       SELECT coalesce(checked.rule_id, violated.rule_id) AS "ruleId", coalesce(checked.person, violated.person) AS person,
              coalesce(checked.week, violated.week)::text AS week, coalesce(checked.checks, 0) AS checks,
              coalesce(violated.violations, 0) AS violations
         FROM checked FULL JOIN violated
           ON violated.rule_id = checked.rule_id AND violated.person = checked.person AND violated.week = checked.week
        ORDER BY 3, 1, 2`,
      [bucket, portalId, from, to, zone, undecided],
    );
    return rows;
  }

  /**
   * Violations that were judged real, of opportunities, by person: checks of weeks that begin in the period, of the rules
   * given, and cases that began in it. Shadow and baseline cases, disputed ones and those nobody is responsible for are left
   * out: none of them may lower anybody’s pay.
   */
  async confirmed(
    { portalId, bucket }: QueuePortal,
    { from, to, zone }: DisciplinePeriod,
    people: readonly string[],
    ruleIds: readonly string[],
  ): Promise<ConfirmedWork[]> {
    const { rows } = await this.pool.query<{ person: string; checks: number; s1: number; s2: number; s3: number }>(
      `WITH asked AS (SELECT unnest($6::text[]) AS person),
       checked AS (
         SELECT person, sum(checks)::float8 AS checks FROM judge.checks
          WHERE bucket = $1 AND portal_id = $2 AND rule_id = ANY ($7::text[]) AND person = ANY ($6::text[])
            AND week >= ($3::timestamptz AT TIME ZONE $5)::date AND week < ($4::timestamptz AT TIME ZONE $5)::date
          GROUP BY 1
       ), violated AS (
         SELECT ${personOfViolation} AS person, row.severity, count(*)::int AS cases
           FROM read.violation_case row
          WHERE row.bucket = $1 AND row.portal_id = $2 AND row.started_at >= $3 AND row.started_at < $4
            AND row.mode = 'active' AND row.verdict = 'real' AND row.status NOT IN ('void', 'disputed')
            AND row.responsible IS NOT NULL AND row.rule_id = ANY ($7::text[])
          GROUP BY 1, 2
       )
       SELECT asked.person, coalesce(max(checked.checks), 0) AS checks,
              coalesce(sum(cases) FILTER (WHERE severity = 'S1'), 0)::int AS s1,
              coalesce(sum(cases) FILTER (WHERE severity = 'S2'), 0)::int AS s2,
              coalesce(sum(cases) FILTER (WHERE severity = 'S3'), 0)::int AS s3
         FROM asked LEFT JOIN checked USING (person) LEFT JOIN violated USING (person)
        GROUP BY asked.person ORDER BY asked.person`,
      [bucket, portalId, from, to, zone, people, ruleIds],
    );
    return rows.map(({ person, checks, s1, s2, s3 }) => ({ person, checks, confirmed: { S1: s1, S2: s2, S3: s3 } }));
  }

  /** How often feedback was followed by the same violation. */
  async repeats(
    { portalId, bucket }: QueuePortal,
    { from, to }: DisciplinePeriod,
    { ruleId, people }: DisciplineFilter = {},
  ): Promise<RepeatRate> {
    const { rows } = await this.pool.query<RepeatRate>(
      `WITH answered AS (
         SELECT row.rule_id, row.responsible, min(entry.occurred_at) AS sent_at
           FROM read.case_entry entry
           JOIN read.violation_case row USING (bucket, portal_id, case_id)
          WHERE entry.bucket = $1 AND entry.portal_id = $2 AND entry.type = 'FeedbackSent'
            AND entry.occurred_at >= $3 AND entry.occurred_at < $4 AND row.responsible IS NOT NULL
            AND ($5::text IS NULL OR row.rule_id = $5) AND ($6::text[] IS NULL OR row.responsible = ANY ($6))
          GROUP BY entry.case_id, 1, 2
       )
       SELECT count(*)::int AS answered,
              count(*) FILTER (WHERE EXISTS (
                SELECT FROM read.violation_case row
                 WHERE row.bucket = $1 AND row.portal_id = $2 AND row.responsible = answered.responsible
                   AND row.rule_id = answered.rule_id AND row.started_at > answered.sent_at
                   AND row.started_at <= answered.sent_at + interval '14 days' AND ${isViolation}))::int AS repeated
         FROM answered`,
      [bucket, portalId, from, to, ruleId ?? null, people ?? null],
    );
    return rows[0] ?? { answered: 0, repeated: 0 };
  }

  /** Verdicts by their deadline, by severity. */
  async sla(
    { portalId, bucket }: QueuePortal,
    { from, to }: DisciplinePeriod,
    { ruleId, people }: DisciplineFilter = {},
  ): Promise<SlaShare[]> {
    const { rows } = await this.pool.query<SlaShare>(
      `SELECT row.severity, count(*) FILTER (WHERE row.verdict_at >= $3 AND row.verdict_at < $4)::int AS verdicts,
              count(*) FILTER (WHERE row.verdict_at >= $3 AND row.verdict_at < $4 AND row.verdict_at <= row.due_at)::int
                AS "inTime",
              count(*) FILTER (WHERE row.status = 'open' AND NOT row.is_snoozed AND row.due_at < now())::int AS overdue
         FROM read.violation_case row
        WHERE row.bucket = $1 AND row.portal_id = $2 AND row.mode = 'active'
          AND ($5::text IS NULL OR row.rule_id = $5)
          AND ($6::text[] IS NULL OR ${personOfViolation} = ANY ($6))
        GROUP BY row.severity ORDER BY row.severity`,
      [bucket, portalId, from, to, ruleId ?? null, people ?? null],
    );
    return rows;
  }

  /** First-pass yield of the stages of deals that were left in the period; of people: of those responsible now. */
  async yields(
    { portalId, bucket }: QueuePortal,
    { from, to }: DisciplinePeriod,
    { people }: Pick<DisciplineFilter, 'people'> = {},
  ): Promise<StageYield[]> {
    const { rows } = await this.pool.query<StageYield>(
      `WITH passed AS (
         SELECT visit.pipeline_id, visit.stage_id, visit.object_id, bool_and(visit.is_first_entry) AS is_first,
                min(visit.entered_at) AS entered_at, max(visit.left_at) AS left_at,
                bool_or(next_stage.place < stage.place) AS went_back
           FROM read.stage_visit visit
           JOIN read.pipeline_stage stage USING (bucket, portal_id, pipeline_id, stage_id)
           LEFT JOIN read.pipeline_stage next_stage
             ON next_stage.bucket = visit.bucket AND next_stage.portal_id = visit.portal_id
            AND next_stage.pipeline_id = visit.next_pipeline_id AND next_stage.stage_id = visit.next_stage_id
          WHERE visit.bucket = $1 AND visit.portal_id = $2 AND visit.kind = 'deal' AND visit.semantics = 'P'
            AND visit.left_at >= $3 AND visit.left_at < $4
            AND ($5::text[] IS NULL OR EXISTS (
              SELECT FROM read.funnel_object deal
               WHERE deal.bucket = $1 AND deal.portal_id = $2 AND deal.kind = visit.kind
                 AND deal.object_id = visit.object_id AND deal.owner_id = ANY ($5)))
          GROUP BY 1, 2, 3
       )
       SELECT passed.pipeline_id AS "pipelineId", passed.stage_id AS "stageId", count(*)::int AS left,
              count(*) FILTER (WHERE is_first AND NOT coalesce(went_back, false) AND NOT EXISTS (
                SELECT FROM read.violation_case row
                 WHERE row.bucket = $1 AND row.portal_id = $2 AND row.about = 'deal:' || passed.object_id
                   AND row.started_at >= passed.entered_at AND row.started_at < passed.left_at AND ${isViolation}))::int
                AS clean
         FROM passed GROUP BY 1, 2 ORDER BY 1, 2`,
      [bucket, portalId, from, to, people ?? null],
    );
    return rows;
  }
}
