import { counter, gauge, histogram, type MetricDefinition, type MetricsApp } from './metric-definition.js';

const ingest = ['ingest'] as const;
const curator = ['curator'] as const;
const api = ['api'] as const;
const simulator = ['portal-sim'] as const;
const workers = ['projector', 'curator'] as const;
const writers = ['ingest', 'curator', 'api'] as const;
const onDatabase = ['ingest', 'projector', 'curator', 'api'] as const;

const quick = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const slow = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

/**
 * Every metric of the product, by name. Programs register what stands here and nothing else, dashboards and alerts name
 * what stands here; the table in docs/operations.md is made from it (`npm run -w @funnelwatch/observability metrics`).
 * Labels have a bounded number of values: portals by id, buckets, read models, routes by pattern; never names, addresses,
 * people or methods of a portal.
 */
export const metricContract = {
  // Capture: how fresh and complete what we hold of a portal is.
  funnelwatch_capture_poll_age_seconds: gauge('seconds', ['portal'], ingest, {
    help: 'Time since the last successful poll of an active portal.',
    worry: 'many poll periods (30 s by default)',
  }),
  funnelwatch_capture_lag_seconds: gauge('seconds', ['portal'], ingest, {
    help: 'From the start of the last poll of an active portal until its facts were stored.',
    worry: 'a poll period',
  }),
  funnelwatch_capture_certificate_age_seconds: gauge('seconds', ['portal'], ingest, {
    help: 'Time since completeness of an active portal was last certified.',
    worry: 'a day',
  }),
  funnelwatch_capture_unexplained: gauge('count', ['portal'], ingest, {
    help: 'Records of an active portal that its last certificate could not explain.',
    worry: 'it is not 0',
  }),

  // Portals: what we ask of them and what they let us ask.
  funnelwatch_portal_requests_total: counter(['portal', 'outcome'], ingest, {
    help: 'Requests sent to a portal, by outcome.',
    worry: 'outcomes other than `ok` grow',
  }),
  funnelwatch_portal_request_seconds: histogram([0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 60], ['portal'], ingest, {
    help: 'Time a portal took to answer.',
    worry: 'it approaches 20 s',
  }),
  funnelwatch_portal_budget_level: gauge('count', ['portal'], ingest, {
    help: 'The request counter of an active portal as we reckon it.',
    worry: 'it stays at the capacity',
  }),
  funnelwatch_portal_budget_capacity: gauge('count', ['portal'], ingest, {
    help: 'How high we let the request counter of an active portal rise; absent where it keeps none.',
    worry: null,
  }),
  funnelwatch_portal_budget_waiting: gauge('count', ['portal', 'priority'], ingest, {
    help: 'Requests to an active portal that wait for their turn, by priority.',
    worry: '`live` waits',
  }),
  funnelwatch_portal_operating_seconds: gauge('seconds', ['portal'], ingest, {
    help: 'Execution time that an active portal has charged to its busiest method.',
    worry: 'it approaches 384 s, where the method is paused',
  }),

  // The log.
  funnelwatch_log_appends_total: counter(['outcome'], writers, {
    help: 'Appends of this process by outcome: appended, replayed (all was there), conflict, failed.',
    worry: '`failed` grows',
  }),
  funnelwatch_log_events_appended_total: counter([], writers, {
    help: 'Events this process appended and committed.',
    worry: null,
  }),
  funnelwatch_log_append_seconds: histogram(quick, [], writers, {
    help: 'Time an append took, waiting for others of its group included.',
    worry: 'a second',
  }),
  funnelwatch_log_holes: gauge('count', [], api, {
    help: 'Positions that the log gave out and does not hold; NaN while they were not counted.',
    worry: 'it is not 0',
  }),
  funnelwatch_log_bytes: gauge('bytes', [], ingest, {
    help: 'Size of the log with its indexes on the disk of PostgreSQL.',
    worry: 'it nears the size of the disk',
  }),

  // Read models.
  funnelwatch_projection_lag_events: gauge('count', ['projection', 'bucket'], workers, {
    help: 'Events appended to the bucket and not yet applied.',
    worry: 'it grows for ten minutes',
  }),
  funnelwatch_projection_lag_seconds: gauge('seconds', ['projection', 'bucket'], workers, {
    help: 'Age of the oldest event that is not yet applied.',
    worry: 'a minute',
  }),
  funnelwatch_projection_stopped: gauge('flag', ['projection', 'bucket'], workers, {
    help: '1 when the bucket cannot go on.',
    worry: 'it is not 0',
  }),
  funnelwatch_projection_events_total: counter(['projection', 'bucket'], workers, {
    help: 'Events applied by this process.',
    worry: 'it stands still while there is lag',
  }),
  funnelwatch_projection_batch_seconds: histogram(slow, ['projection'], workers, {
    help: 'Time to fold a batch of events, from the beginning of its transaction until it was committed.',
    worry: '10 s, after which another worker may take the bucket',
  }),
  funnelwatch_quarantine_events: gauge('count', ['projection'], workers, {
    help: 'Events set aside and those that wait behind them.',
    worry: 'it is not 0',
  }),
  funnelwatch_quarantine_oldest_seconds: gauge('seconds', ['projection'], workers, {
    help: 'Age of the event that was set aside first; 0 without any.',
    worry: 'an hour',
  }),
  funnelwatch_rebuild_done_events: gauge('count', ['projection'], workers, {
    help: 'Events that the generation being built holds; absent while none is built.',
    worry: 'it stands still',
  }),
  funnelwatch_rebuild_total_events: gauge('count', ['projection'], workers, {
    help: 'Events that the generation being built needs; absent while none is built.',
    worry: null,
  }),

  // Kafka.
  funnelwatch_relay_lag_events: gauge('count', ['bucket'], ingest, {
    help: 'Events appended to the bucket and not yet sent to Kafka.',
    worry: 'it grows',
    needsBrokers: true,
  }),
  funnelwatch_relay_lag_seconds: gauge('seconds', ['bucket'], ingest, {
    help: 'Age of the oldest event that is not yet sent to Kafka.',
    worry: 'a minute',
    needsBrokers: true,
  }),
  funnelwatch_relay_events_total: counter(['bucket'], ingest, {
    help: 'Events this process sent to Kafka and the brokers acknowledged.',
    worry: 'it stands still while there is relay lag',
    needsBrokers: true,
  }),
  funnelwatch_kafka_guard_total: counter(['reason'], workers, {
    help: 'What the feed put right of what Kafka brought, by reason.',
    worry: 'see the alerts; `duplicate`, `gap` and `late` are everyday',
    needsBrokers: true,
  }),

  // Rules and their cases.
  funnelwatch_rule_clock_lag_seconds: gauge('seconds', [], curator, {
    help: 'How far the rule clock furthest behind is behind the present.',
    worry: 'an hour while portals are read',
  }),
  funnelwatch_rule_clocks_frozen: gauge('count', [], curator, {
    help: 'Portals whose rules cannot be judged.',
    worry: 'it is not 0',
  }),
  funnelwatch_judged_subjects_total: counter([], curator, {
    help: 'Lives of records and people judged by this process.',
    worry: 'it stands still while the rule clock lags',
  }),
  funnelwatch_rule_evaluations_total: counter([], curator, {
    help: 'Rules applied to lives by this process, each rule and life counted.',
    worry: null,
  }),
  funnelwatch_judge_step_seconds: histogram(slow, [], curator, {
    help: 'Time of one step that judged something: a chunk of lives by all rules, in one transaction.',
    worry: '10 s',
  }),
  funnelwatch_rule_faults_total: counter([], curator, {
    help: 'Conditions that failed while they were judged.',
    worry: 'it grows',
  }),
  funnelwatch_case_events_total: counter([], curator, {
    help: 'Events of cases that judging made.',
    worry: null,
  }),
  funnelwatch_cases_open: gauge('count', ['portal'], curator, {
    help: 'Cases in the queue of the curators of a portal.',
    worry: 'it grows for days',
  }),
  funnelwatch_cases_overdue: gauge('count', ['portal'], curator, {
    help: 'Cases of the queue whose time for a verdict is over.',
    worry: 'it is not 0',
  }),
  funnelwatch_cases_oldest_overdue_seconds: gauge('seconds', ['portal'], curator, {
    help: 'How long the case of the queue that is most overdue has been so; 0 without any.',
    worry: 'a day',
  }),

  // What is written into portals.
  funnelwatch_outbox_messages: gauge('count', ['portal', 'channel', 'state'], ingest, {
    help: 'Messages to portals by state: all that are under way, and those made in the last 30 days that are done with.',
    worry: '`failed` or `refused` grows',
  }),
  funnelwatch_outbox_overdue_seconds: gauge('seconds', ['portal', 'channel', 'state'], ingest, {
    help: 'How long the oldest message that is due has been waiting.',
    worry: 'an hour',
  }),

  // The API.
  funnelwatch_api_request_seconds: histogram(
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    ['method', 'route', 'status'],
    api,
    {
      help: 'Time to answer by pattern of the route and class of the status (2xx); not streams, health and metrics.',
      worry: 'status `5xx`, or seconds',
    },
  ),
  funnelwatch_api_streams_total: counter([], api, {
    help: 'Streams of changes that were opened.',
    worry: null,
  }),

  // Every program on the database.
  funnelwatch_database_pool_used: gauge('count', ['pool'], onDatabase, {
    help: 'Connections at work, of a pool by its name in pg_stat_activity.',
    worry: 'it stays at the maximum',
  }),
  funnelwatch_database_pool_waiting: gauge('count', ['pool'], onDatabase, {
    help: 'Who waits for a connection of the pool while none is free.',
    worry: 'it is not 0',
  }),
  funnelwatch_database_pool_max: gauge('count', ['pool'], onDatabase, {
    help: 'Most connections that the pool may open.',
    worry: null,
  }),
  funnelwatch_scrape_errors_total: counter(['reading'], onDatabase, {
    help: 'Readings of the database for metrics that failed or took too long; what was known before is shown meanwhile.',
    worry: 'it grows: the gauges of the reading are old',
  }),
  funnelwatch_scrape_reading_seconds: gauge('seconds', ['reading'], onDatabase, {
    help: 'How long the last reading of the database for metrics took.',
    worry: 'half a second',
  }),

  // The simulated portal of a demo.
  portal_sim_http_requests: gauge('count', [], simulator, {
    help: 'REST requests answered since the start or the last reset.',
    worry: null,
  }),
  portal_sim_refused_requests: gauge('count', [], simulator, {
    help: 'Requests refused by the limit.',
    worry: null,
  }),
  portal_sim_sent_bytes: gauge('bytes', [], simulator, {
    help: 'Bytes of answers.',
    worry: null,
  }),
} satisfies Record<string, MetricDefinition>;

type Contract = typeof metricContract;
export type MetricName = keyof Contract;

/** Names of the metrics of a kind. */
export type MetricOf<Kind extends MetricDefinition['kind']> = {
  [Name in MetricName]: Contract[Name]['kind'] extends Kind ? Name : never;
}[MetricName];

/** Names of the labels of a metric; never for one without. */
export type LabelOf<Name extends MetricName> = Contract[Name]['labels'][number];

/** What the contract says of a metric. */
export const definitionOf = (name: MetricName): MetricDefinition => metricContract[name];

/** Names of the metrics that a program serves, with and without brokers. */
export const metricsOfApp = (app: MetricsApp): MetricName[] =>
  (Object.keys(metricContract) as MetricName[]).filter((name) => definitionOf(name).apps.includes(app));
