import { ageOf, portalColumn, type ReportingView } from './view.js';

/** Feeds of capture: a portal that is paused or was never read has no through. */
const opsCapture: ReportingView = {
  schema: 'read',
  name: 'ops_capture',
  about: 'How capture of each portal stands; one row a portal that is not removed.',
  columns: {
    bucket: 'Bucket of the portal',
    ...portalColumn,
    status: '`active` or `paused`',
    connection_state: '`connecting`, `connected` or `failed`',
    connection_code: 'Why it failed',
    phase: '`waiting`, `configuration`, `backfill`, `live` or `failed`',
    last_tick_at: 'End of the last successful poll',
    poll_age_seconds: 'Since then',
    data_through: 'CRM instant through which every feed is complete',
    data_age_seconds: 'Since then',
    heard_age_seconds: 'Since capture last wrote anything about the portal, success or not',
    certificate_at: 'Last certificate of completeness',
    certificate_age_seconds: 'Since then',
    unexplained: 'Records that it could not account for',
    visibility_lost: 'Kinds of records of which more vanished at once than deletions explain',
    rules_frozen_code: 'Why rules are not judged; null when they are',
    created_at: 'When the portal was connected',
  },
  query: `
    SELECT portal.bucket, portal.portal_id, portal.status, portal.connection_state, portal.connection_code,
           coalesce(capture.phase, 'waiting') AS phase, capture.last_tick_at,
           ${ageOf('capture.last_tick_at')} AS poll_age_seconds,
           feed.data_through, ${ageOf('feed.data_through')} AS data_age_seconds,
           greatest(extract(epoch FROM now() - greatest(capture.updated_at, portal.connection_at, portal.created_at,
             (SELECT max(listing.updated_at) FROM capture.backfill_progress listing
               WHERE listing.portal_id = portal.portal_id))), 0)::float8 AS heard_age_seconds,
           certificate.certified_at AS certificate_at,
           ${ageOf('certificate.certified_at')} AS certificate_age_seconds,
           certificate.unexplained,
           (SELECT count(*) FROM capture.visibility_loss loss WHERE loss.portal_id = portal.portal_id)::int
             AS visibility_lost,
           judged.frozen_code AS rules_frozen_code, portal.created_at
      FROM registry.portal portal
      LEFT JOIN capture.status capture ON capture.portal_id = portal.portal_id
      LEFT JOIN LATERAL (SELECT min(told.value::timestamptz) AS data_through FROM json_each_text(capture.through) told)
           feed ON true
      LEFT JOIN LATERAL (
        SELECT known.certified_at, known.unexplained FROM capture.certificate known
         WHERE known.portal_id = portal.portal_id ORDER BY known.certified_at DESC LIMIT 1) certificate ON true
      LEFT JOIN judge.progress judged ON judged.portal_id = portal.portal_id
     WHERE portal.status <> 'removed'`,
};

const opsCertificate: ReportingView = {
  schema: 'read',
  name: 'ops_certificate',
  about: 'Certificates of completeness: what the portal said it holds beside what is held.',
  columns: {
    ...portalColumn,
    certified_at: 'When it was given',
    day: 'Day in the zone of the portal',
    scope: '`open-objects` or `all`',
    expected: 'Records that the portal counted',
    held: 'Records that are held',
    unexplained: 'Records that it could not account for',
  },
  query: `
    SELECT certificate.portal_id, certificate.certified_at, certificate.day, certificate.scope,
           (SELECT coalesce(sum(kind.value::bigint), 0) FROM json_each_text(certificate.expected) kind)::bigint AS expected,
           (SELECT coalesce(sum(kind.value::bigint), 0) FROM json_each_text(certificate.held) kind)::bigint AS held,
           certificate.unexplained
      FROM capture.certificate certificate`,
};

const opsBudget: ReportingView = {
  schema: 'read',
  name: 'ops_budget',
  about: "How much of each portal's own limits is in use, as capture reckons it.",
  columns: {
    ...portalColumn,
    profile: 'Which limits are reckoned with',
    level: "The portal's request counter; null where it keeps none",
    capacity: 'How far it is let rise',
    used_share: 'Level of capacity, 0 to 1',
    in_flight: 'Requests on the way',
    waiting: 'Requests that wait for their turn',
    sent: 'Requests since capture started',
    refused: 'Of these, refused by the portal for their number',
    busiest_method: 'Method with most operating time',
    busiest_seconds: 'Its operating seconds in ten minutes, of 480',
    paused_methods: 'Methods that are paused until their time is given back',
    noted_at: 'When capture wrote this down',
  },
  query: `
    SELECT status.portal_id, coalesce(status.limiter ->> 'profile', 'standard') AS profile,
           (status.limiter ->> 'level')::float8 AS level, (status.limiter ->> 'capacity')::float8 AS capacity,
           (status.limiter ->> 'level')::float8 / nullif((status.limiter ->> 'capacity')::float8, 0) AS used_share,
           coalesce((status.limiter ->> 'inFlight')::int, 0) AS in_flight,
           (SELECT coalesce(sum(queue.value::int), 0) FROM json_each_text(status.limiter -> 'waiting') queue)::int AS waiting,
           coalesce((status.limiter ->> 'sent')::bigint, 0) AS sent,
           coalesce((status.limiter ->> 'refused')::bigint, 0) AS refused,
           busiest.method AS busiest_method, busiest.seconds AS busiest_seconds,
           coalesce(busiest.paused, 0) AS paused_methods, status.updated_at AS noted_at
      FROM capture.status status
      LEFT JOIN LATERAL (
        SELECT (array_agg(used.method ORDER BY used.seconds DESC))[1] AS method, max(used.seconds) AS seconds,
               (count(*) FILTER (WHERE used."pausedForMs" > 0))::int AS paused
          FROM json_to_recordset(status.limiter -> 'operating')
               AS used (method text, seconds float8, "pausedForMs" float8)) busiest ON true
     WHERE json_typeof(status.limiter) = 'object'`,
};

const feed: ReportingView = {
  schema: 'grafana',
  name: 'capture_feed',
  about: 'Through when each feed of a portal is complete.',
  columns: {
    ...portalColumn,
    feed: 'What is read',
    through: 'CRM instant',
    age_seconds: 'Since then',
  },
  query: `
    SELECT status.portal_id, told.key AS feed, told.value::timestamptz AS through,
           greatest(extract(epoch FROM now() - told.value::timestamptz), 0)::float8 AS age_seconds
      FROM capture.status status CROSS JOIN LATERAL json_each_text(status.through) told`,
};

const backfill: ReportingView = {
  schema: 'grafana',
  name: 'backfill',
  about: 'How far the first reading of each listing has come.',
  columns: {
    ...portalColumn,
    listing: 'What is read',
    state: '`waiting`, `running`, `done` or `unavailable`',
    code: 'Why it is not available',
    done: 'Records read',
    total: 'Records the portal told of; null while unknown',
    share: 'Done of total, 0 to 1',
    updated_at: 'Last news',
  },
  query: `
    SELECT listing.portal_id, listing.listing, listing.state, listing.code, listing.done, listing.total,
           CASE WHEN listing.state = 'done' THEN 1 ELSE listing.done::float8 / nullif(listing.total, 0) END AS share,
           listing.updated_at
      FROM capture.backfill_progress listing`,
};

const opsOutbox: ReportingView = {
  schema: 'read',
  name: 'ops_outbox',
  about: 'Messages to portals that are not done with, by channel and state.',
  columns: {
    ...portalColumn,
    channel: '`task`, `notification` or `timeline-comment`',
    state: '`waiting`, `held`, `sending`, `refused` or `failed`',
    messages: 'How many',
    overdue_seconds: 'How long the oldest one that is due has waited; 0 where none is due',
  },
  query: `
    SELECT message.portal_id, message.channel, message.state, count(*)::int AS messages,
           coalesce(greatest(extract(epoch FROM now() - min(message.next_attempt_at)
             FILTER (WHERE message.state IN ('waiting', 'sending') AND message.next_attempt_at <= now())), 0), 0)::float8
             AS overdue_seconds
      FROM writeback.message message
     WHERE message.state NOT IN ('sent', 'cancelled')
     GROUP BY message.portal_id, message.channel, message.state`,
};

/** The same rows for dashboards. */
const forDashboards = (view: ReportingView): ReportingView => ({
  ...view,
  schema: 'grafana',
  name: view.name.replace('ops_', ''),
  query: `SELECT ${Object.keys(view.columns).join(', ')} FROM read.${view.name}`,
});

export const captureViews: readonly ReportingView[] = [
  opsCapture,
  opsCertificate,
  opsBudget,
  opsOutbox,
  feed,
  backfill,
  ...[opsCertificate, opsBudget, opsOutbox].map(forDashboards),
];
