import { portalColumn, type ReportingView } from './view.js';

const portal: ReportingView = {
  schema: 'grafana',
  name: 'portal',
  about: 'Portals that are connected, and how capture of them stands.',
  columns: {
    ...portalColumn,
    bucket: 'Bucket of the portal',
    name: 'Name given to it',
    host: 'Address',
    zone: 'Time zone',
    currency: 'Base currency',
    status: '`active` or `paused`',
    connection_state: '`connecting`, `connected` or `failed`',
    connection_code: 'Why it failed',
    phase: '`waiting`, `configuration`, `backfill`, `live` or `failed`',
    poll_age_seconds: 'Since the last successful poll',
    data_through: 'CRM instant through which every feed is complete',
    data_age_seconds: 'Since then',
    certificate_at: 'Last certificate of completeness',
    certificate_age_seconds: 'Since then',
    unexplained: 'Records that it could not account for',
    visibility_lost: 'Kinds of records of which more vanished at once than deletions explain',
    rules_frozen_code: 'Why rules are not judged; null when they are',
  },
  query: `
    SELECT portal_id, portal.bucket, portal.name, portal.host, portal.zone, coalesce(portal.currency, 'RUB') AS currency,
           capture.status, capture.connection_state, capture.connection_code, capture.phase, capture.poll_age_seconds,
           capture.data_through, capture.data_age_seconds, capture.certificate_at, capture.certificate_age_seconds,
           capture.unexplained, capture.visibility_lost, capture.rules_frozen_code
      FROM registry.portal portal JOIN read.ops_capture capture USING (portal_id)`,
};

const portalKey: ReportingView = {
  schema: 'grafana',
  name: 'portal_key',
  about: 'Ids of portals, as dashboards choose among them.',
  columns: { ...portalColumn, key: 'The same as text', name: 'Name given to it' },
  query: `SELECT portal_id, portal_id::text AS key, name FROM registry.portal WHERE status <> 'removed'`,
};

const seller: ReportingView = {
  schema: 'grafana',
  name: 'seller',
  about: 'Employees of a portal, and `unknown` for objects that nobody is responsible for.',
  columns: {
    ...portalColumn,
    user_id: 'Id of the user in the portal',
    name: 'First and last name; the id where the portal told none or the person was erased',
    is_active: 'Whether the portal has not dismissed them',
  },
  query: `
    SELECT person.portal_id, person.user_id,
           coalesce(nullif(concat_ws(' ', nullif(person.name, ''), nullif(person.last_name, '')), ''), '№ ' || person.user_id)
             AS name,
           person.is_active
      FROM read.person person
    UNION ALL
    SELECT portal.portal_id, 'unknown', '—', false FROM registry.portal portal WHERE portal.status <> 'removed'`,
};

const configurationChange: ReportingView = {
  schema: 'grafana',
  name: 'configuration_change',
  about: 'Changes of pipelines and stages, as annotations of charts.',
  columns: {
    ...portalColumn,
    occurred_at: 'When',
    pipeline_id: 'Pipeline, with the kind of its objects: `deal:0`',
    pipeline_name: 'Name of the pipeline now',
    stage_name: 'Name of the stage now; null for a change of the pipeline itself',
    change: 'What was changed',
    text: 'All of it in one line',
  },
  query: `
    SELECT changed.portal_id, changed.occurred_at, changed.pipeline_id,
           coalesce(pipeline.name, changed.pipeline_id) AS pipeline_name,
           coalesce(stage.name, changed.stage_id) AS stage_name, changed.change,
           concat_ws(' · ', coalesce(pipeline.name, changed.pipeline_id), coalesce(stage.name, changed.stage_id),
             changed.change, nullif(concat_ws(' → ', changed.before, changed.after), '')) AS text
      FROM read.configuration_change changed
      LEFT JOIN read.pipeline pipeline USING (bucket, portal_id, pipeline_id)
      LEFT JOIN read.pipeline_stage stage USING (bucket, portal_id, pipeline_id, stage_id)`,
};

export const portalViews: readonly ReportingView[] = [portal, portalKey, seller, configurationChange];
