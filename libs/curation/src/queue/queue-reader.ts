import { Rejection } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { CaseMode, CaseOpenedData, Verdict } from '../cases/case-events.js';
import type { CaseState, CaseStatus } from '../cases/case-state.js';
import type { DisciplineSettings } from '../cases/discipline-state.js';
import { noDiscipline } from '../cases/discipline-state.js';
import type { Severity } from '../rules/rule.js';
import { type Lane, laneConditions, lanes } from './lanes.js';

export interface QueuePortal {
  portalId: string;
  bucket: number;
}

export interface QueueFilter {
  lane: Lane;
  ruleId?: string | undefined;
  /** User of the portal whom cases are about. */
  person?: string | undefined;
  severity?: string | undefined;
  /** Account the case is assigned to; `none` for cases without. */
  assignee?: string | undefined;
  /** `deal:12`. */
  about?: string | undefined;
  /** Only cases of these users: what a seller may see. */
  onlyUsers?: readonly string[] | undefined;
  /** Cases that whoever asks is not to find here: a verdict of theirs is asked for that knows of no other. */
  except?: readonly string[] | undefined;
}

/** A case as a line of the queue. Times are ISO 8601. */
export interface QueueRow {
  caseId: string;
  ruleId: string;
  severity: Severity;
  mode: CaseMode;
  status: CaseStatus;
  verdict: Verdict | null;
  about: string;
  responsible: string | null;
  assignee: string | null;
  startedAt: string;
  opensAt: string;
  dueAt: string;
  resolvedAt: string | null;
  snoozedUntil: string | null;
  itemCount: number;
  isRegressed: boolean;
  isSnoozed: boolean;
  version: number;
}

/** A line of a list, with how many lines of the list are of the same person, and of the same person and rule. */
interface ListedRow extends QueueRow {
  ofPerson: number;
  ofRule: number;
}

interface QueuePage {
  rows: ListedRow[];
  total: number;
}

export interface QueueSummary {
  lanes: Record<Lane, number>;
  /** People who wait for feedback: with cases in the queue. */
  people: number;
  /** Cases of the queue whose deadline has passed. */
  overdue: number;
  /** Opportunities to violate counted so far, and through which CRM instant. */
  checks: number;
  clock: string | null;
  frozen: string | null;
}

export interface CaseCard {
  row: QueueRow;
  opened: CaseOpenedData;
  state: CaseState;
  entries: { version: number; type: string; occurredAt: string; recordedAt: string; data: Record<string, unknown> }[];
}

const rowColumns = `row.case_id AS "caseId", row.rule_id AS "ruleId", row.severity, row.mode, row.status, row.verdict, row.about,
  row.responsible, row.assignee, row.started_at AS "startedAt", row.opens_at AS "opensAt", row.due_at AS "dueAt",
  row.resolved_at AS "resolvedAt", row.snoozed_until AS "snoozedUntil", row.item_count AS "itemCount",
  row.regressed_from IS NOT NULL AS "isRegressed", row.is_snoozed AS "isSnoozed", row.version`;

const silenced = `EXISTS (
  SELECT FROM json_to_recordset(coalesce((SELECT settings -> 'silences' FROM read.discipline decided
            WHERE decided.bucket = $1 AND decided.portal_id = $2), '[]'))
         AS silence ("ruleId" text, "userId" text, about text, until timestamptz)
   WHERE silence.until > now() AND silence."ruleId" IN ('', row.rule_id) AND silence."userId" IN ('', row.responsible)
     AND silence.about IN ('', row.about))`;

interface DatedRow extends Omit<QueueRow, 'startedAt' | 'opensAt' | 'dueAt' | 'resolvedAt' | 'snoozedUntil'> {
  startedAt: Date;
  opensAt: Date;
  dueAt: Date;
  resolvedAt: Date | null;
  snoozedUntil: Date | null;
}

const rowOf = <Row extends DatedRow>({ startedAt, opensAt, dueAt, resolvedAt, snoozedUntil, ...row }: Row) => ({
  ...row,
  startedAt: startedAt.toISOString(),
  opensAt: opensAt.toISOString(),
  dueAt: dueAt.toISOString(),
  resolvedAt: resolvedAt?.toISOString() ?? null,
  snoozedUntil: snoozedUntil?.toISOString() ?? null,
});

/** Reads the queue of a portal's cases. Every question names its portal. */
export class QueueReader {
  constructor(private readonly pool: Pool) {}

  /**
   * Cases of a lane, the soonest due first and together: by person, then by rule, each group where its first case
   * stands. At most `limit` from `offset` on.
   */
  async list(portal: QueuePortal, filter: QueueFilter, offset: number, limit: number): Promise<QueuePage> {
    const { where, values } = conditions(portal, filter);
    const { rows } = await this.pool.query<DatedRow & { ofPerson: number; ofRule: number; total: number }>(
      `SELECT ${rowColumns}, of_person AS "ofPerson", of_rule AS "ofRule", count(*) OVER ()::int AS total
         FROM (SELECT row.*,
                      count(*) OVER (PARTITION BY row.responsible)::int AS of_person,
                      count(*) OVER (PARTITION BY row.responsible, row.rule_id)::int AS of_rule,
                      min(row.due_at) OVER (PARTITION BY row.responsible) AS person_due,
                      min(row.due_at) OVER (PARTITION BY row.responsible, row.rule_id) AS rule_due
                 FROM read.violation_case row WHERE ${where}) row
        ORDER BY person_due, responsible NULLS LAST, rule_due, rule_id, due_at, case_id
        OFFSET $${values.length + 1} LIMIT $${values.length + 2}`,
      [...values, offset, limit],
    );
    return { rows: rows.map(({ total: _total, ...row }) => rowOf(row)), total: rows[0]?.total ?? 0 };
  }

  /** How many cases are where, and what was checked. */
  async summary(
    portal: QueuePortal,
    { onlyUsers, except }: Pick<QueueFilter, 'onlyUsers' | 'except'> = {},
  ): Promise<QueueSummary> {
    const counts = lanes.map(
      (lane) =>
        `count(*) FILTER (WHERE ${laneConditions[lane].replaceAll('$silenced', 'row.is_silenced')})::int AS "${lane}"`,
    );
    const inQueue = laneConditions.queue.replaceAll('$silenced', 'row.is_silenced');
    const { rows } = await this.pool.query<Record<Lane, number> & { people: number; overdue: number }>(
      `SELECT ${counts.join(', ')},
              count(DISTINCT row.responsible) FILTER (WHERE ${inQueue})::int AS people,
              count(*) FILTER (WHERE ${inQueue} AND row.due_at < now())::int AS overdue
         FROM (SELECT row.*, ${silenced} AS is_silenced FROM read.violation_case row
                WHERE row.bucket = $1 AND row.portal_id = $2
                  AND ($3::text[] IS NULL OR row.responsible = ANY ($3) OR row.owner_id = ANY ($3))
                  AND row.case_id <> ALL ($4::uuid[])) row`,
      [portal.bucket, portal.portalId, onlyUsers ?? null, except ?? []],
    );
    const progress = await this.pool.query<{ checks: number; clock: Date | null; frozen: string | null }>(
      `SELECT coalesce((SELECT sum(checks) FROM judge.checks WHERE bucket = $1 AND portal_id = $2), 0)::float8 AS checks,
              (SELECT clock FROM judge.progress WHERE portal_id = $2) AS clock,
              (SELECT frozen_code FROM judge.progress WHERE portal_id = $2) AS frozen`,
      [portal.bucket, portal.portalId],
    );
    const { people = 0, overdue = 0, ...byLane } = rows[0] ?? {};
    const [told] = progress.rows;
    return {
      lanes: byLane as Record<Lane, number>,
      people,
      overdue,
      checks: told?.checks ?? 0,
      clock: told?.clock?.toISOString() ?? null,
      frozen: told?.frozen ?? null,
    };
  }

  /** One case with everything that happened to it. Throws `Rejection` CASE_UNKNOWN. */
  async card(portal: QueuePortal, caseId: string, onlyUsers?: readonly string[]): Promise<CaseCard> {
    const { rows } = await this.pool.query<DatedRow & { opened: CaseOpenedData; state: CaseState }>(
      `SELECT ${rowColumns}, row.opened, row.state FROM read.violation_case row
        WHERE row.bucket = $1 AND row.portal_id = $2 AND row.case_id = $3
          AND ($4::text[] IS NULL OR row.responsible = ANY ($4) OR row.owner_id = ANY ($4))`,
      [portal.bucket, portal.portalId, caseId, onlyUsers ?? null],
    );
    const [found] = rows;
    if (!found) throw new Rejection('CASE_UNKNOWN', 'There is no such case.');
    const entries = await this.pool.query<{
      version: number;
      type: string;
      occurred_at: Date;
      recorded_at: Date;
      data: Record<string, unknown>;
    }>(
      `SELECT version, type, occurred_at, recorded_at, data FROM read.case_entry
        WHERE bucket = $1 AND portal_id = $2 AND case_id = $3 ORDER BY version`,
      [portal.bucket, portal.portalId, caseId],
    );
    const { opened, state, ...row } = found;
    return {
      row: rowOf(row),
      opened,
      state,
      entries: entries.rows.map((entry) => ({
        version: entry.version,
        type: entry.type,
        occurredAt: entry.occurred_at.toISOString(),
        recordedAt: entry.recorded_at.toISOString(),
        data: entry.data,
      })),
    };
  }

  /** These cases as lines, in the order of their ids, which tells nothing. */
  async rowsOf({ portalId, bucket }: QueuePortal, caseIds: readonly string[]): Promise<QueueRow[]> {
    const { rows } = await this.pool.query<DatedRow>(
      `SELECT ${rowColumns} FROM read.violation_case row
        WHERE row.bucket = $1 AND row.portal_id = $2 AND row.case_id = ANY ($3::uuid[]) ORDER BY row.case_id`,
      [bucket, portalId, caseIds],
    );
    return rows.map(rowOf);
  }

  /** Rule of each of these cases that exists. */
  async rulesOf({ portalId, bucket }: QueuePortal, caseIds: readonly string[]): Promise<Map<string, string>> {
    const { rows } = await this.pool.query<{ case_id: string; rule_id: string }>(
      `SELECT case_id, rule_id FROM read.violation_case WHERE bucket = $1 AND portal_id = $2 AND case_id = ANY ($3::uuid[])`,
      [bucket, portalId, caseIds],
    );
    return new Map(rows.map((row) => [row.case_id, row.rule_id]));
  }

  /**
   * How a person kept a rule: confirmed or open cases of all opportunities within so many days. Those `undecided` are
   * counted whatever was said of them: who reviews them blindly must not read their verdicts from the sum.
   */
  async history(
    { portalId, bucket }: QueuePortal,
    person: string,
    ruleId: string,
    days: number,
    undecided: readonly string[] = [],
  ): Promise<{ violations: number; checks: number }> {
    const { rows } = await this.pool.query<{ violations: number; checks: number }>(
      `SELECT (SELECT count(*)::int FROM read.violation_case
                WHERE bucket = $1 AND portal_id = $2 AND responsible = $3 AND rule_id = $4 AND status <> 'void'
                  AND (coalesce(verdict, '') NOT IN ('false', 'acceptable') OR case_id = ANY ($6::uuid[])) AND mode <> 'shadow'
                  AND started_at > now() - make_interval(days => $5)) AS violations,
              (SELECT coalesce(sum(checks), 0)::int FROM judge.checks
                WHERE bucket = $1 AND portal_id = $2 AND person = $3 AND rule_id = $4
                  AND week > (now() - make_interval(days => $5))::date) AS checks`,
      [bucket, portalId, person, ruleId, days, undecided],
    );
    return rows[0] ?? { violations: 0, checks: 0 };
  }

  /** What was decided about the rules of a portal, and the position of the last decision. */
  async settings({ portalId, bucket }: QueuePortal): Promise<{ settings: DisciplineSettings; position: number }> {
    const { rows } = await this.pool.query<{ settings: DisciplineSettings; last_position: number }>(
      'SELECT settings, last_position FROM read.discipline WHERE bucket = $1 AND portal_id = $2',
      [bucket, portalId],
    );
    return { settings: rows[0]?.settings ?? noDiscipline, position: rows[0]?.last_position ?? 0 };
  }

  /** Cases by rule: how many lie where, of how many opportunities. */
  async ruleFigures({
    portalId,
    bucket,
  }: QueuePortal): Promise<
    { ruleId: string; open: number; total: number; falsePositives: number; verdicts: number; checks: number }[]
  > {
    const { rows } = await this.pool.query<{
      ruleId: string;
      open: number;
      total: number;
      falsePositives: number;
      verdicts: number;
      checks: number;
    }>(
      `SELECT coalesce(cases.rule_id, counted.rule_id) AS "ruleId", coalesce(cases.open, 0) AS open,
              coalesce(cases.total, 0) AS total, coalesce(cases.false_positives, 0) AS "falsePositives",
              coalesce(cases.verdicts, 0) AS verdicts, coalesce(counted.checks, 0)::float8 AS checks
         FROM (SELECT rule_id, count(*) FILTER (WHERE status = 'open' AND mode = 'active')::int AS open,
                      count(*) FILTER (WHERE status <> 'void')::int AS total,
                      count(*) FILTER (WHERE verdict = 'false')::int AS false_positives,
                      count(*) FILTER (WHERE verdict IN ('real', 'acceptable', 'false'))::int AS verdicts
                 FROM read.violation_case WHERE bucket = $1 AND portal_id = $2 GROUP BY rule_id) cases
         FULL JOIN (SELECT rule_id, sum(checks) AS checks FROM judge.checks
                     WHERE bucket = $1 AND portal_id = $2 GROUP BY rule_id) counted ON counted.rule_id = cases.rule_id`,
      [bucket, portalId],
    );
    return rows;
  }
}

function conditions(portal: QueuePortal, filter: QueueFilter): { where: string; values: unknown[] } {
  const values: unknown[] = [portal.bucket, portal.portalId];
  const parts = [
    'row.bucket = $1',
    'row.portal_id = $2',
    laneConditions[filter.lane].replaceAll('$silenced', silenced),
  ];
  const add = (condition: (place: string) => string, value: unknown): void => {
    if (value === undefined) return;
    values.push(value);
    parts.push(condition(`$${values.length}`));
  };
  add((place) => `row.rule_id = ${place}`, filter.ruleId);
  add((place) => `row.responsible = ${place}`, filter.person);
  add((place) => `row.severity = ${place}`, filter.severity);
  if (filter.assignee === 'none') parts.push('row.assignee IS NULL');
  else add((place) => `row.assignee = ${place}`, filter.assignee);
  add((place) => `row.about = ${place}`, filter.about);
  add(
    (place) => `(row.responsible = ANY (${place}::text[]) OR row.owner_id = ANY (${place}::text[]))`,
    filter.onlyUsers,
  );
  add((place) => `row.case_id <> ALL (${place}::uuid[])`, filter.except);
  return { where: parts.join(' AND '), values };
}
