import { Rejection } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import type { CaseMode, CaseOpenedData, Verdict } from '../cases/case-events.js';
import type { CaseState, CaseStatus } from '../cases/case-state.js';
import type { DisciplineSettings } from '../cases/discipline-state.js';
import { noDiscipline } from '../cases/discipline-state.js';
import type { Severity } from '../rules/rule.js';
import { type CaseGroup, groupsWithin, placeGroups, readOrder, writeOrder } from './group-order.js';
import { isViolation, type Lane, laneConditions, lanes, personOfViolation } from './lanes.js';
import { conditions, type QueueFilter, type QueuePortal, silenced } from './queue-filter.js';

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
  /** The coaching that it is part of, whether open or held; null for none. */
  coachingId: string | null;
  version: number;
}

/** A line of a list, with how many lines of the list are of the same person, and of the same person and rule. */
interface ListedRow extends QueueRow {
  ofPerson: number;
  ofRule: number;
}

/** Which part of a list is wanted. */
export interface QueueWindow {
  offset: number;
  limit: number;
  /** Instead of `offset`, when the list holds this case: as many lines before it as after it. */
  around?: string | undefined;
  /** The order of groups that an earlier answer told: it is kept. */
  order?: string | undefined;
}

interface QueuePage {
  rows: ListedRow[];
  total: number;
  /** Where in the list the first row stands. */
  offset: number;
  /** The order of groups, to be handed back. */
  order: string;
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
  row.regressed_from IS NOT NULL AS "isRegressed", row.is_snoozed AS "isSnoozed",
  (SELECT folded.coaching_id FROM read.coached_case folded
    WHERE folded.bucket = $1 AND folded.portal_id = $2 AND folded.case_id = row.case_id) AS "coachingId",
  row.version`;

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
   * Cases of a lane: by person, then by rule, each group where its first case is due or where it stood in `order`, and the
   * soonest due first within it.
   */
  async list(portal: QueuePortal, filter: QueueFilter, wanted: QueueWindow): Promise<QueuePage> {
    const { where, values } = conditions(portal, filter);
    const found = await this.pool.query<Omit<CaseGroup, 'dueAt'> & { due: Date }>(
      `SELECT row.responsible AS person, row.rule_id AS "ruleId", count(*)::int AS count, min(row.due_at) AS due
         FROM read.violation_case row WHERE ${where} GROUP BY row.responsible, row.rule_id`,
      values,
    );
    const { groups, order } = placeGroups(
      readOrder(wanted.order ?? ''),
      found.rows.map(({ due, ...group }) => ({ ...group, dueAt: due.toISOString() })),
    );
    const total = groups.reduce((sum, { count }) => sum + count, 0);
    const offset = await this.beginOf(where, values, groups, wanted);
    const within = groupsWithin(groups, offset, wanted.limit);
    const { rows } = await this.pool.query<DatedRow>(
      `SELECT ${rowColumns}
         FROM read.violation_case row
         JOIN unnest($${values.length + 1}::text[], $${values.length + 2}::text[]) WITH ORDINALITY
              AS wanted (person, rule_id, place)
           ON wanted.person = coalesce(row.responsible, '') AND wanted.rule_id = row.rule_id
        WHERE ${where}
        ORDER BY wanted.place, row.due_at, row.case_id
        OFFSET $${values.length + 3} LIMIT $${values.length + 4}`,
      [
        ...values,
        within.groups.map(({ person }) => person ?? ''),
        within.groups.map(({ ruleId }) => ruleId),
        within.skipped,
        wanted.limit,
      ],
    );
    const ofPerson = new Map<string | null, number>();
    const ofRule = new Map<string, number>();
    for (const { person, ruleId, count } of groups) {
      ofPerson.set(person, (ofPerson.get(person) ?? 0) + count);
      ofRule.set(`${person} ${ruleId}`, count);
    }
    return {
      rows: rows.map((row) => ({
        ...rowOf(row),
        ofPerson: ofPerson.get(row.responsible) ?? 0,
        ofRule: ofRule.get(`${row.responsible} ${row.ruleId}`) ?? 0,
      })),
      ...{ total, offset, order: writeOrder(order) },
    };
  }

  /** Where the wanted part of a list begins. */
  private async beginOf(
    where: string,
    values: readonly unknown[],
    groups: readonly CaseGroup[],
    { offset, limit, around }: QueueWindow,
  ): Promise<number> {
    if (around === undefined) return offset;
    const { rows } = await this.pool.query<{ person: string | null; ruleId: string; before: number }>(
      `SELECT middle.responsible AS person, middle.rule_id AS "ruleId",
              count(*) FILTER (WHERE (row.due_at, row.case_id) < (middle.due_at, middle.case_id))::int AS before
         FROM read.violation_case middle
         JOIN read.violation_case row ON row.rule_id = middle.rule_id
                                     AND row.responsible IS NOT DISTINCT FROM middle.responsible
        WHERE middle.bucket = $1 AND middle.portal_id = $2 AND middle.case_id = $${values.length + 1} AND ${where}
        GROUP BY middle.responsible, middle.rule_id
       HAVING bool_or(row.case_id = middle.case_id)`,
      [...values, around],
    );
    const [place] = rows;
    if (place === undefined) return offset;
    const at = groups.findIndex(({ person, ruleId }) => person === place.person && ruleId === place.ruleId);
    const before = groups.slice(0, Math.max(0, at)).reduce((sum, { count }) => sum + count, 0);
    return Math.max(0, before + place.before - Math.floor(limit / 2));
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
   * How a person kept a rule: confirmed or open cases of all opportunities within so many days, which are counted by whole
   * weeks. Those `undecided` are
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
      `SELECT (SELECT count(*)::int FROM read.violation_case row
                WHERE row.bucket = $1 AND row.portal_id = $2 AND ${personOfViolation} = $3 AND row.rule_id = $4
                  AND (${isViolation} OR row.mode <> 'shadow' AND row.status <> 'void' AND row.case_id = ANY ($6::uuid[]))
                  AND row.started_at > now() - make_interval(days => $5)) AS violations,
              (SELECT coalesce(sum(checks), 0)::int FROM judge.checks
                WHERE bucket = $1 AND portal_id = $2 AND person = $3 AND rule_id = $4
                  AND week > (now() - make_interval(days => $5))::date - 7) AS checks`,
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
