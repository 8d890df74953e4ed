import { portalColumn, type ReportingView } from './view.js';

const feedLag: ReportingView = {
  schema: 'grafana',
  name: 'feed_lag',
  about: 'How far each read model is behind the log, by bucket.',
  columns: {
    projection: 'Name of the read model; one with `@` is being built',
    bucket: 'Bucket of the log',
    head: 'Position of the last event',
    position: 'Position that is applied',
    events: 'Events between both',
    seconds: 'Age of the oldest of them',
    status: '`running` or `stopped`',
    error_code: 'Why it stopped',
  },
  query: `
    SELECT projection, bucket, head, "position", events, seconds, status, error_code
      FROM read.ops_lag WHERE projection <> 'relay'`,
};

const relayLag: ReportingView = {
  schema: 'grafana',
  name: 'relay_lag',
  about: 'How far the relay to Kafka is behind the log, by bucket; no rows where there is no Kafka.',
  columns: {
    bucket: 'Bucket of the log',
    head: 'Position of the last event',
    position: 'Position that Kafka has',
    events: 'Events between both',
    seconds: 'Age of the oldest of them',
  },
  query: 'SELECT bucket, head, "position", events, seconds FROM read.ops_relay',
};

const quarantine: ReportingView = {
  schema: 'grafana',
  name: 'quarantine',
  about: 'Events that a read model set aside, and those that wait behind them.',
  columns: {
    projection: 'Name of the read model',
    ...portalColumn,
    bucket: 'Bucket of the log',
    position: 'Position of the event',
    stream_id: 'Record it belongs to: `deal:12`',
    event_type: 'Type of the event',
    status: '`poison`: it could not be applied; `queued`: it waits',
    reason_code: 'Why it could not be applied',
    attempts: 'How often it was tried',
    first_failed_at: 'When it was set aside',
    age_seconds: 'Since then',
  },
  query: `
    SELECT projection, portal_id, bucket, "position", stream_id, event_type, status, reason_code, attempts,
           first_failed_at, age_seconds
      FROM read.ops_quarantine`,
};

const rebuild: ReportingView = {
  schema: 'grafana',
  name: 'rebuild',
  about: 'Generations of read models: the one that serves, and those that are built beside it.',
  columns: {
    projection: 'Name of the read model',
    generation: 'Number of the generation',
    state: '`building`, `serving`, `retired` or `failed`',
    requested_at: 'When it was asked for',
    switched_at: 'Since when it serves',
    done: 'Events applied',
    total: 'Events in the log',
    share: 'Done of total, 0 to 1',
    events_per_second: 'Since it was asked for',
    seconds_left: 'At that rate; null for what serves',
    failure: 'How its rows differed from those that serve',
  },
  query: `
    SELECT projection, generation, state, requested_at, switched_at, done, total,
           least(done / nullif(total, 0), 1) AS share, events_per_second,
           CASE WHEN state = 'building' THEN seconds_left END AS seconds_left, failure
      FROM read.ops_rebuild`,
};

const worker: ReportingView = {
  schema: 'grafana',
  name: 'worker',
  about: 'Workers that are alive, one row for each bucket they hold; one without bucket for those that hold none.',
  columns: {
    group_name: 'Whose buckets they share: a read model by its name',
    worker: 'Name of the process',
    bucket: 'Bucket it holds',
  },
  query: 'SELECT group_name, worker, bucket FROM read.ops_worker',
};

export const workerViews: readonly ReportingView[] = [feedLag, relayLag, quarantine, rebuild, worker];
