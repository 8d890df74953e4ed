import type { Pool } from 'pg';
import type { CaseState } from '../cases/case-state.js';
import type { Verdict } from '../cases/case-events.js';
import type { QueuePortal } from '../queue/queue-filter.js';
import { isViolation } from '../queue/lanes.js';
import type { DoubleReview } from './agreement/agreement-figures.js';
import { type CalibrationState, noCalibration } from './calibration/calibration.js';
import type { CuratorWork } from './score/curator-score.js';
import { type QualityState, usualQuality } from './settings/quality-state.js';

/** Instants, `[from, to)`. */
export interface QualityPeriod {
  from: Date;
  to: Date;
}

/** Verdicts that stand: the last one of each person on each case that was not taken back. */
const standingVerdicts = `
  SELECT DISTINCT ON (told.case_id, told.by) told.* FROM (
    SELECT entry.case_id, entry.version, entry.occurred_at, entry.type, entry.data ->> 'by' AS by,
           entry.data ->> 'verdict' AS verdict,
           lead(entry.type) OVER (PARTITION BY entry.case_id ORDER BY entry.version) AS next_type
      FROM read.case_entry entry
     WHERE entry.bucket = $1 AND entry.portal_id = $2 AND entry.type IN ('VerdictGiven', 'VerdictWithdrawn')
       AND entry.case_id IN (
         SELECT case_id FROM read.case_entry
          WHERE bucket = $1 AND portal_id = $2 AND type = 'VerdictGiven' AND occurred_at >= $3 AND occurred_at < $4)
  ) told
   WHERE told.type = 'VerdictGiven' AND told.next_type IS DISTINCT FROM 'VerdictWithdrawn'
     AND told.occurred_at >= $3 AND told.occurred_at < $4
   ORDER BY told.case_id, told.by, told.version DESC`;

/** Reads how well those work who control. Every question names its portal. */
export class QualityReader {
  constructor(private readonly pool: Pool) {}

  /** What was decided about the control of quality. */
  async settings({ portalId, bucket }: QueuePortal): Promise<QualityState> {
    const { rows } = await this.pool.query<{ state: QualityState }>(
      'SELECT state FROM read.quality WHERE bucket = $1 AND portal_id = $2',
      [bucket, portalId],
    );
    return rows[0]?.state ?? usualQuality;
  }

  async calibration({ portalId, bucket }: QueuePortal, accountId: string): Promise<CalibrationState> {
    const { rows } = await this.pool.query<{ state: CalibrationState }>(
      'SELECT state FROM read.calibration WHERE bucket = $1 AND portal_id = $2 AND account_id = $3',
      [bucket, portalId, accountId],
    );
    return rows[0]?.state ?? noCalibration;
  }

  /** Cases for which a second verdict is asked. */
  async pendingReviews({ portalId, bucket }: QueuePortal): Promise<CaseState[]> {
    const { rows } = await this.pool.query<{ state: CaseState }>(
      `SELECT state FROM read.violation_case
        WHERE bucket = $1 AND portal_id = $2 AND review_state = 'pending' ORDER BY case_id`,
      [bucket, portalId],
    );
    return rows.map(({ state }) => state);
  }

  /** States of cases, for deciding who may judge them. */
  async cases({ portalId, bucket }: QueuePortal, caseIds: readonly string[]): Promise<CaseState[]> {
    const { rows } = await this.pool.query<{ state: CaseState }>(
      `SELECT state FROM read.violation_case
        WHERE bucket = $1 AND portal_id = $2 AND case_id = ANY ($3::uuid[]) ORDER BY case_id`,
      [bucket, portalId, caseIds],
    );
    return rows.map(({ state }) => state);
  }

  /** Cases reviewed blindly within a period, with the verdict that stood then. Disputes are no blind reviews. */
  async doubleReviews({ portalId, bucket }: QueuePortal, { from, to }: QualityPeriod): Promise<DoubleReview[]> {
    const { rows } = await this.pool.query<{
      case_id: string;
      rule_id: string;
      first_by: string;
      first_verdict: Verdict;
      second_by: string;
      second_verdict: Verdict;
    }>(
      `SELECT review.case_id, row.rule_id, first.by AS first_by, first.verdict AS first_verdict,
              review.data ->> 'by' AS second_by, review.data ->> 'verdict' AS second_verdict
         FROM read.case_entry review
         JOIN read.violation_case row USING (bucket, portal_id, case_id)
        CROSS JOIN LATERAL (
          SELECT entry.data ->> 'by' AS by, entry.data ->> 'verdict' AS verdict FROM read.case_entry entry
           WHERE entry.bucket = $1 AND entry.portal_id = $2 AND entry.case_id = review.case_id
             AND entry.type = 'VerdictGiven' AND entry.version < review.version
           ORDER BY entry.version DESC LIMIT 1) first
        WHERE review.bucket = $1 AND review.portal_id = $2 AND review.type = 'BlindReviewed'
          AND review.occurred_at >= $3 AND review.occurred_at < $4
        ORDER BY review.case_id, review.version`,
      [bucket, portalId, from, to],
    );
    return rows.map((row) => ({
      caseId: row.case_id,
      ruleId: row.rule_id,
      first: { by: row.first_by, verdict: row.first_verdict },
      second: { by: row.second_by, verdict: row.second_verdict },
    }));
  }

  /** What each curator did within a period: what their score is made from. */
  async work(portal: QueuePortal, period: QualityPeriod, now: Date): Promise<CuratorWork[]> {
    const [verdicts, deadlines, feedback, reviews] = await Promise.all([
      this.verdicts(portal, period),
      this.deadlines(portal, period, now),
      this.feedback(portal, period, now),
      this.doubleReviews(portal, period),
    ]);
    const work = new Map<string, CuratorWork>();
    const of = (accountId: string): CuratorWork => {
      const known = work.get(accountId) ?? {
        accountId,
        deadlines: { n: 0, kept: 0 },
        verdicts: { n: 0, overturned: 0 },
        doubleReviews: { n: 0, alike: 0 },
        feedback: { n: 0, repeated: 0 },
      };
      work.set(accountId, known);
      return known;
    };
    for (const { by, n, overturned } of verdicts) of(by).verdicts = { n, overturned };
    for (const { by, n, kept } of deadlines) of(by).deadlines = { n, kept };
    for (const { by, n, repeated } of feedback) of(by).feedback = { n, repeated };
    for (const { first, second } of reviews) {
      if (first.verdict === 'need-info' || second.verdict === 'need-info') continue;
      const isAlike = (first.verdict === 'real') === (second.verdict === 'real');
      for (const { by } of [first, second]) {
        const { doubleReviews } = of(by);
        doubleReviews.n += 1;
        if (isAlike) doubleReviews.alike += 1;
      }
    }
    return [...work.values()].sort((left, right) => (left.accountId < right.accountId ? -1 : 1));
  }

  /** Standing verdicts, and those that an appeal or a blind second review answered otherwise. */
  private async verdicts({ portalId, bucket }: QueuePortal, { from, to }: QualityPeriod) {
    const { rows } = await this.pool.query<{ by: string; n: number; overturned: number }>(
      `WITH standing AS (${standingVerdicts})
       SELECT standing.by, count(*)::int AS n,
              count(*) FILTER (WHERE EXISTS (
                SELECT FROM read.case_entry other
                 WHERE other.bucket = $1 AND other.portal_id = $2 AND other.case_id = standing.case_id
                   AND other.version > standing.version AND other.type IN ('DisputeDecided', 'BlindReviewed')
                   AND other.data ->> 'by' <> standing.by AND other.data ->> 'verdict' <> 'need-info'
                   AND (other.data ->> 'verdict' = 'real') <> (standing.verdict = 'real')))::int AS overturned
         FROM standing
         JOIN read.violation_case row ON row.bucket = $1 AND row.portal_id = $2 AND row.case_id = standing.case_id
        WHERE standing.verdict <> 'need-info' AND row.mode <> 'shadow'
        GROUP BY standing.by`,
      [bucket, portalId, from, to],
    );
    return rows;
  }

  /** First verdicts on cases by their deadline; a case of somebody's that waits beyond it is one not kept. */
  private async deadlines({ portalId, bucket }: QueuePortal, { from, to }: QualityPeriod, now: Date) {
    const { rows } = await this.pool.query<{ by: string; n: number; kept: number }>(
      `WITH first AS (
         SELECT DISTINCT ON (entry.case_id) entry.case_id, entry.data ->> 'by' AS by, entry.occurred_at
           FROM read.case_entry entry
          WHERE entry.bucket = $1 AND entry.portal_id = $2 AND entry.type = 'VerdictGiven' AND entry.occurred_at < $4
            AND entry.case_id IN (
              SELECT case_id FROM read.case_entry
               WHERE bucket = $1 AND portal_id = $2 AND type = 'VerdictGiven' AND occurred_at >= $3 AND occurred_at < $4)
          ORDER BY entry.case_id, entry.version
       ), handled AS (
         SELECT first.by, first.occurred_at <= row.due_at AS is_kept
           FROM first JOIN read.violation_case row ON row.bucket = $1 AND row.portal_id = $2 AND row.case_id = first.case_id
          WHERE row.mode = 'active' AND first.occurred_at >= $3
         UNION ALL
         SELECT row.assignee, false FROM read.violation_case row
          WHERE row.bucket = $1 AND row.portal_id = $2 AND row.mode = 'active' AND row.status = 'open'
            AND row.verdict IS NULL AND row.assignee IS NOT NULL AND NOT row.is_snoozed AND NOT row.is_inhibited
            AND row.due_at >= $3 AND row.due_at < least($4, $5)
       )
       SELECT by, count(*)::int AS n, count(*) FILTER (WHERE is_kept)::int AS kept FROM handled GROUP BY by`,
      [bucket, portalId, from, to, now],
    );
    return rows;
  }

  /** Cases on which somebody's feedback was sent at least 14 days ago, and those followed by the same violation. */
  private async feedback({ portalId, bucket }: QueuePortal, { from, to }: QualityPeriod, now: Date) {
    const { rows } = await this.pool.query<{ by: string; n: number; repeated: number }>(
      `WITH answered AS (
         SELECT DISTINCT ON (sent.case_id) row.rule_id, row.responsible, sent.occurred_at AS sent_at,
                asked.data ->> 'by' AS by
           FROM read.case_entry sent
           JOIN read.violation_case row USING (bucket, portal_id, case_id)
           JOIN read.case_entry asked
             ON asked.bucket = $1 AND asked.portal_id = $2 AND asked.case_id = sent.case_id
            AND asked.type = 'FeedbackRequested' AND asked.data ->> 'messageId' = sent.data ->> 'messageId'
          WHERE sent.bucket = $1 AND sent.portal_id = $2 AND sent.type = 'FeedbackSent'
            AND sent.occurred_at >= $3 AND sent.occurred_at < $4 AND row.responsible IS NOT NULL
          ORDER BY sent.case_id, sent.version
       )
       SELECT by, count(*)::int AS n,
              count(*) FILTER (WHERE EXISTS (
                SELECT FROM read.violation_case row
                 WHERE row.bucket = $1 AND row.portal_id = $2 AND row.responsible = answered.responsible
                   AND row.rule_id = answered.rule_id AND row.started_at > answered.sent_at
                   AND row.started_at <= answered.sent_at + interval '14 days' AND ${isViolation}))::int AS repeated
         FROM answered WHERE sent_at <= $5::timestamptz - interval '14 days' GROUP BY by`,
      [bucket, portalId, from, to, now],
    );
    return rows;
  }
}
