import { AuthoringError } from '../authoring/authoring-error.js';
import type { Audience } from '../authoring/dashboard.js';
import { READ_MODELS } from '../authoring/datasources.js';
import type { PgQueryJson } from '../authoring/pg-query.js';
import { rows } from '../authoring/queries.js';

/** Who is told: the people who run the product, or those who look after the clients. */
export type Team = 'operations' | 'account';

type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`;

export interface SqlAlertSpec {
  /** Unique, never changed. */
  uid: string;
  title: string;
  /** The folder it stands in, by its title; that of its dashboard. */
  folder: string;
  /** Rules of a group are evaluated together, once a minute. */
  group: string;
  /** Client: it is evaluated in the organisation of each client that names an address for alerts, too. */
  audience?: Audience;
  /**
   * A row for every entity, healthy ones too, so that alerts end instead of losing their data: exactly one column of figures,
   * all others text, no time. Texts are labels; `portal` and `portal_id` name whom it is about. No variables of dashboards.
   */
  sql: string;
  /** It fires where the figure is so to the threshold. */
  op: 'gt' | 'gte' | 'lt' | 'lte';
  threshold: number;
  for: Duration | '0s';
  keepFiringFor?: Duration;
  noDataState: 'OK' | 'Alerting' | 'NoData' | 'KeepLast';
  execErrState: 'OK' | 'Alerting' | 'Error' | 'KeepLast';
  severity: 'critical' | 'warning';
  team: Team;
  /** One sentence with whom it is about: `{{ .Labels.portal }}`, `{{ .Values.A }}`. Without `$`. */
  summary: string;
  description: string;
  /** The page of docs/runbooks that says what to do, by its name: `ingestion-lag-high`. */
  runbook: string;
  /** The panel that shows the same figure, by `panelRef`. */
  panel: { dashboardUid: string; panelId: number };
}

interface ThresholdJson {
  refId: 'C';
  type: 'threshold';
  datasource: { type: '__expr__'; uid: '__expr__' };
  expression: 'A';
  conditions: { evaluator: { type: SqlAlertSpec['op']; params: [number] } }[];
}

interface AlertQuery {
  refId: string;
  relativeTimeRange: { from: number; to: number };
  datasourceUid: string;
  model: ThresholdJson | (PgQueryJson & { intervalMs: number; maxDataPoints: number });
}

/** A rule as files of provisioning have it, which is not the shape of Grafana's HTTP interface. */
export interface RuleJson {
  uid: string;
  title: string;
  condition: 'C';
  data: AlertQuery[];
  dashboardUid: string;
  panelId: number;
  noDataState: SqlAlertSpec['noDataState'];
  execErrState: SqlAlertSpec['execErrState'];
  for: string;
  keepFiringFor?: string;
  annotations: { summary: string; description: string; runbook_url: string };
  labels: { severity: string; team: Team };
  isPaused: false;
}

/** A finished rule and where it belongs. */
export interface SqlAlert {
  folder: string;
  group: string;
  audience: Audience;
  rule: RuleJson;
}

const IDENTITY = /^fw-[a-z0-9-]{1,37}$/;

function check({ uid, title, sql, summary, description, runbook, group, folder }: SqlAlertSpec): void {
  const refuse = (code: string, message: string): never => {
    throw new AuthoringError(code, `${uid}: ${message}`);
  };
  if (!IDENTITY.test(uid)) refuse('UID_SHAPE', 'a uid is fw- and small letters, at most 40.');
  if ([title, summary, description, runbook, group, folder].some((text) => !text.trim())) {
    refuse('DESCRIPTION_MISSING', 'title, summary, description, runbook, group or folder is empty.');
  }
  // Grafana replaces what begins with $ by variables of its environment, in other places from version to version.
  if ([title, summary, description, runbook].some((text) => text.includes('$'))) {
    refuse('DOLLAR_IN_TEXT', 'texts say {{ .Labels.portal }}, not $labels.');
  }
  if (!/^[a-z0-9-]+$/.test(runbook)) refuse('RUNBOOK_SHAPE', `"${runbook}" is no name of a page of docs/runbooks.`);
  const letters = [...`${summary} ${description}`.matchAll(/\.Values\.(\w+)/g)].map(([, letter]) => letter);
  if (letters.some((letter) => letter !== 'A' && letter !== 'C')) {
    refuse('VALUE_UNKNOWN', 'the values of a rule are A, the figure, and C, whether it fires.');
  }
  if (/\$(?!__)/.test(sql)) refuse('VARIABLE_IN_ALERT', 'an alert knows macros, not variables of dashboards.');
  if (/\bas\s+"?time"?(?![\w"])|\$__time(Epoch|Group\w*)?\(/i.test(sql)) {
    refuse('TIME_IN_ALERT', 'a row is an entity now; a column of time would make it a series.');
  }
}

/** The figures, asked as a table whose texts become labels. */
const figures = (sql: string): AlertQuery => ({
  refId: 'A',
  relativeTimeRange: { from: 600, to: 0 },
  datasourceUid: READ_MODELS.uid ?? '',
  model: { ...rows(sql).build(), intervalMs: 1000, maxDataPoints: 43200 },
});

const comparison = (op: SqlAlertSpec['op'], threshold: number): AlertQuery => ({
  refId: 'C',
  relativeTimeRange: { from: 0, to: 0 },
  datasourceUid: '__expr__',
  model: {
    refId: 'C',
    type: 'threshold',
    datasource: { type: '__expr__', uid: '__expr__' },
    expression: 'A',
    conditions: [{ evaluator: { type: op, params: [threshold] } }],
  },
});

/**
 * A rule over the read models: figures by entity (A), compared with a threshold (C).
 *
 * @throws AuthoringError UID_SHAPE, DESCRIPTION_MISSING, DOLLAR_IN_TEXT, RUNBOOK_SHAPE, VALUE_UNKNOWN, VARIABLE_IN_ALERT, TIME_IN_ALERT
 */
export function defineSqlAlert(spec: SqlAlertSpec): SqlAlert {
  check(spec);
  const { folder, group, audience = 'staff', keepFiringFor } = spec;
  const rule: RuleJson = {
    uid: spec.uid,
    title: spec.title,
    condition: 'C',
    data: [figures(spec.sql), comparison(spec.op, spec.threshold)],
    dashboardUid: spec.panel.dashboardUid,
    panelId: spec.panel.panelId,
    noDataState: spec.noDataState,
    execErrState: spec.execErrState,
    for: spec.for,
    ...(keepFiringFor === undefined ? {} : { keepFiringFor }),
    annotations: {
      summary: spec.summary,
      description: spec.description,
      runbook_url: `docs/runbooks/${spec.runbook}.md`,
    },
    labels: { severity: spec.severity, team: spec.team },
    isPaused: false,
  };
  return { folder, group, audience, rule };
}
