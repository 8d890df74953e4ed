import { portalColumn, type ReportingView } from './view.js';

/** A portal whose connection is broken is expected to be late: that it is broken has a signal of its own. */
const isRead = `capture.status = 'active' AND capture.connection_state <> 'failed'`;
const isReadPortal = (value: string): string => `CASE WHEN ${isRead} THEN coalesce(${value}, 0) ELSE 0 END`;

/** Working days gone, and how much more each day left asks than the days gone brought. */
const requiredOverTrailing = `
  pace.to_go::float8 / greatest(money.days_left, 1)
    / nullif(greatest(pace.done, 0)::float8 / nullif(money.working_days - money.days_left, 0), 0)`;

/**
 * One row for each thing that is watched, healthy ones too, so that an alarm ends instead of losing its data. Bounds are not
 * part of it: they stand in one place in code.
 */
const signalView: ReportingView = {
  schema: 'read',
  name: 'ops_signal',
  about: 'What is watched: one figure for each portal, read model or plan, whether it is well or not.',
  columns: {
    signal: 'What is measured',
    portal_id: 'Portal; null for what concerns the installation',
    subject: 'What of it, where there are several: a read model and bucket, a plan, a channel',
    value: 'The figure: seconds, counts, or 1 for yes',
  },
  query: `
    WITH capture AS (SELECT * FROM read.ops_capture)
    SELECT 'capture_lag' AS signal, capture.portal_id, '' AS subject,
           (${isReadPortal(`coalesce(capture.poll_age_seconds, CASE WHEN capture.phase = 'live' THEN
              extract(epoch FROM now() - capture.created_at) END)`)})::float8 AS value
      FROM capture
    UNION ALL
    SELECT 'capture_silent', capture.portal_id, '', (${isReadPortal('capture.heard_age_seconds')})::float8 FROM capture
    UNION ALL
    SELECT 'connection_broken', capture.portal_id, '', (capture.connection_state = 'failed')::int::float8 FROM capture
    UNION ALL
    SELECT 'certificate_age', capture.portal_id, '',
           (${isReadPortal('coalesce(capture.certificate_age_seconds, extract(epoch FROM now() - capture.created_at))')})::float8
      FROM capture
    UNION ALL
    SELECT 'unexplained', capture.portal_id, '', coalesce(capture.unexplained, 0)::float8 FROM capture
    UNION ALL
    SELECT 'visibility_lost', capture.portal_id, '', capture.visibility_lost::float8 FROM capture
    UNION ALL
    SELECT 'rules_frozen', capture.portal_id, '', (capture.rules_frozen_code IS NOT NULL)::int::float8 FROM capture
    UNION ALL
    SELECT 'cases_overdue', queue.portal_id, '', queue.overdue::float8 FROM read.ops_queue queue
    UNION ALL
    SELECT 'cases_near_due', queue.portal_id, '', queue.near_due::float8 FROM read.ops_queue queue
    UNION ALL
    SELECT 'plan_pace', pace.portal_id, pace.plan_name,
           CASE WHEN pace.to_go = 0 OR money.working_days - money.days_left < 3 THEN 0
                ELSE coalesce(${requiredOverTrailing}, 99) END::float8
      FROM published.pace pace
      JOIN published.plan_money money USING (bucket, portal_id, month, plan_id)
      JOIN registry.portal portal ON portal.portal_id = pace.portal_id
      JOIN published.run run ON run.bucket = pace.bucket AND run.portal_id = pace.portal_id
     WHERE portal.status <> 'removed' AND pace.user_id = '' AND pace.indicator_id = '' AND money.user_id = ''
       AND pace.month = to_char(coalesce(run.as_of, run.published_at) AT TIME ZONE portal.zone, 'YYYY-MM')
    UNION ALL
    SELECT 'figures_age', capture.portal_id, '',
           coalesce(extract(epoch FROM now() - run.published_at), extract(epoch FROM now() - capture.created_at))::float8
      FROM capture LEFT JOIN published.run run ON run.portal_id = capture.portal_id
    UNION ALL
    SELECT 'outbox_overdue', outbox.portal_id, outbox.channel, max(outbox.overdue_seconds)
      FROM read.ops_outbox outbox JOIN capture USING (portal_id) GROUP BY outbox.portal_id, outbox.channel
    UNION ALL
    SELECT 'read_model_lag', NULL::uuid, lag.projection || ':' || lag.bucket, lag.seconds
      FROM read.ops_lag lag WHERE lag.projection NOT LIKE '%@%'
    UNION ALL
    SELECT 'read_model_stopped', NULL::uuid, lag.projection || ':' || lag.bucket, (lag.status = 'stopped')::int::float8
      FROM read.ops_lag lag WHERE lag.projection NOT LIKE '%@%'
    UNION ALL
    SELECT 'quarantine_age', capture.portal_id, '', coalesce(max(aside.age_seconds), 0)
      FROM capture LEFT JOIN read.ops_quarantine aside ON aside.portal_id = capture.portal_id
     GROUP BY capture.portal_id`,
};

const grafanaSignal: ReportingView = {
  schema: 'grafana',
  name: 'signal',
  about: signalView.about,
  columns: {
    signal: 'What is measured',
    ...portalColumn,
    portal: 'Name of the portal; empty for what concerns the installation',
    subject: 'What of it, where there are several',
    value: 'The figure: seconds, counts, or 1 for yes',
  },
  query: `
    SELECT signal.signal, signal.portal_id, coalesce(portal.name, '') AS portal, signal.subject, signal.value
      FROM read.ops_signal signal LEFT JOIN registry.portal portal USING (portal_id)`,
};

export const signalViews: readonly ReportingView[] = [signalView, grafanaSignal];
