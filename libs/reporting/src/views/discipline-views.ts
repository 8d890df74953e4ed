import { portalColumn, type ReportingView } from './view.js';

/** What was voided or judged false or acceptable is no violation. */
const isViolation = `found.mode <> 'shadow' AND found.status <> 'void'
             AND coalesce(found.verdict, '') NOT IN ('false', 'acceptable')`;

/** Whose violation it is: the person whose opportunity to keep the rule was counted. */
const person = `CASE WHEN starts_with(found.subject, 'employee:') THEN substr(found.subject, 10)
                ELSE coalesce(found.owner_id, found.responsible) END`;

const isSilenced = `EXISTS (
             SELECT FROM read.discipline decided
              CROSS JOIN LATERAL json_to_recordset(coalesce(decided.settings -> 'silences', '[]'))
                    AS silence ("ruleId" text, "userId" text, about text, until timestamptz)
              WHERE decided.bucket = found.bucket AND decided.portal_id = found.portal_id AND silence.until > now()
                AND silence."ruleId" IN ('', found.rule_id) AND silence."userId" IN ('', found.responsible)
                AND silence.about IN ('', found.about))`;

const violation: ReportingView = {
  schema: 'grafana',
  name: 'violation',
  about: 'Cases that rules opened, with what curators decided; ids and codes only.',
  columns: {
    ...portalColumn,
    case_id: 'Id of the case',
    rule_id: 'Rule',
    severity: '`S1` to `S3`, the gravest first',
    mode: '`active`, `baseline` or `shadow`',
    status: '`open`, `waiting`, `disputed`, `closed` or `void`',
    verdict: '`real`, `acceptable`, `false` or null',
    person_id: 'User whose violation it is',
    about: 'Record it is about: `deal:12`',
    started_at: 'CRM instant at which it began',
    due_at: 'By when it is to be decided',
    recorded_at: 'When it was opened here',
    verdict_at: 'When it was decided',
    is_violation: 'Whether it counts as a violation',
    is_in_queue: 'Whether it waits for a verdict in the queue',
    is_overdue: 'Whether it waits there beyond its deadline',
    is_near_due: 'Whether it waits there and three quarters of its time have passed',
  },
  query: `
    SELECT found.portal_id, found.case_id::text AS case_id, found.rule_id, found.severity, found.mode, found.status,
           found.verdict, coalesce(${person}, '') AS person_id, found.about, found.started_at, found.due_at, found.recorded_at,
           found.verdict_at, ${isViolation} AS is_violation, waits.is_in_queue,
           waits.is_in_queue AND found.due_at < now() AS is_overdue,
           waits.is_in_queue AND found.due_at >= now()
             AND now() >= found.recorded_at + 0.75 * (found.due_at - found.recorded_at) AS is_near_due
      FROM read.violation_case found
     CROSS JOIN LATERAL (
           SELECT found.mode = 'active' AND found.status = 'open' AND NOT found.is_snoozed AND NOT found.is_inhibited
              AND NOT ${isSilenced} AS is_in_queue) waits`,
};

const queue: ReportingView = {
  schema: 'read',
  name: 'ops_queue',
  about: 'How many cases of a portal wait for a verdict, beyond their deadline or near it.',
  columns: {
    ...portalColumn,
    open: 'Cases in the queue',
    overdue: 'Of these, beyond their deadline',
    near_due: 'Of these, with three quarters of their time passed',
    disputed: 'Cases that employees dispute',
    oldest_overdue_seconds: 'How long the oldest has been beyond its deadline; 0 where none is',
  },
  query: `
    SELECT portal.portal_id, waiting.open, waiting.overdue, waiting.near_due,
           (SELECT count(*) FROM read.violation_case found
             WHERE found.bucket = portal.bucket AND found.portal_id = portal.portal_id AND found.mode = 'active'
               AND found.status = 'disputed')::int AS disputed,
           waiting.oldest_overdue_seconds
      FROM registry.portal portal
     CROSS JOIN LATERAL (
           SELECT count(*)::int AS open, (count(*) FILTER (WHERE found.due_at < now()))::int AS overdue,
                  (count(*) FILTER (WHERE found.due_at >= now()
                     AND now() >= found.recorded_at + 0.75 * (found.due_at - found.recorded_at)))::int AS near_due,
                  coalesce(extract(epoch FROM now() - min(found.due_at) FILTER (WHERE found.due_at < now())), 0)::float8
                    AS oldest_overdue_seconds
             FROM read.violation_case found
            WHERE found.bucket = portal.bucket AND found.portal_id = portal.portal_id AND found.status = 'open'
              AND found.mode = 'active' AND NOT found.is_snoozed AND NOT found.is_inhibited AND NOT ${isSilenced}) waiting
     WHERE portal.status <> 'removed'`,
};

const queueForDashboards: ReportingView = {
  ...queue,
  schema: 'grafana',
  name: 'queue',
  query: `SELECT ${Object.keys(queue.columns).join(', ')} FROM read.ops_queue`,
};

const ruleCheck: ReportingView = {
  schema: 'grafana',
  name: 'rule_check',
  about: 'Opportunities to violate each rule, by person and week.',
  columns: {
    ...portalColumn,
    rule_id: 'Rule',
    person_id: 'User who had them; empty where nobody was responsible',
    week: "Monday of the week in the portal's zone",
    checks: 'How many',
  },
  query: `
    SELECT checked.portal_id, checked.rule_id, checked.person AS person_id, checked.week, checked.checks::float8 AS checks
      FROM judge.checks checked`,
};

const feedback: ReportingView = {
  schema: 'grafana',
  name: 'feedback',
  about: 'Feedback that was sent on cases, and whether the same rule was violated again within 14 days after it.',
  columns: {
    ...portalColumn,
    case_id: 'Id of the case',
    rule_id: 'Rule',
    person_id: 'User who was told',
    sent_at: 'When; a case may have several',
    is_repeated: 'Whether it happened again',
  },
  query: `
    SELECT sent.portal_id, sent.case_id::text AS case_id, told.rule_id, told.responsible AS person_id,
           sent.occurred_at AS sent_at,
           EXISTS (
             SELECT FROM read.violation_case found
              WHERE found.bucket = sent.bucket AND found.portal_id = sent.portal_id AND found.responsible = told.responsible
                AND found.rule_id = told.rule_id AND found.started_at > sent.occurred_at
                AND found.started_at <= sent.occurred_at + interval '14 days' AND ${isViolation}) AS is_repeated
      FROM read.case_entry sent
      JOIN read.violation_case told
        ON told.bucket = sent.bucket AND told.portal_id = sent.portal_id AND told.case_id = sent.case_id
     WHERE sent.type = 'FeedbackSent' AND told.responsible IS NOT NULL`,
};

export const disciplineViews: readonly ReportingView[] = [queue, queueForDashboards, violation, ruleCheck, feedback];
