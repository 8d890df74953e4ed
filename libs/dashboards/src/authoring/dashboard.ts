import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type DashboardLink,
  type Panel,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { type Annotation, configurationChanges } from './annotations.js';
import { AuthoringError } from './authoring-error.js';
import { PROMETHEUS } from './datasources.js';
import { finalise, panelsOf, targetsOf } from './finalise.js';
import { say } from './language.js';
import { place, type Section } from './layout.js';
import { linksToTagged } from './links.js';
import { consoleVariable, type Variable } from './variables.js';

/** Who may open a dashboard: the staff alone, or clients in their own organisations as well. */
export type Audience = 'staff' | 'client';

/** On every dashboard; the drop-down that leads from one to another goes by it. */
const TAG = 'funnelwatch';

export interface DashboardSpec {
  /** Unique, never changed: links and alerts rest on it. */
  uid: string;
  title: string;
  /** The folder it stands in. A folder is for one audience. */
  folder: string;
  audience: Audience;
  /** The one question that it answers. */
  description: string;
  tags?: readonly string[];
  /** What is shown at first: the last so many hours or days. */
  range: `${number}${'h' | 'd'}`;
  /** How often it asks again by itself; `off` where figures change by the day. */
  refresh: '1m' | '5m' | '15m' | 'off';
  variables?: readonly Variable[];
  /** Marks on charts. Changes of configuration, wherever a portal is selected, unless given. */
  annotations?: readonly Annotation[];
  /** Links beside the drop-down of all dashboards. */
  links?: readonly Builder<DashboardLink>[];
  sections: readonly Section[];
}

/** A finished dashboard: where it goes and what Grafana reads. */
export interface DefinedDashboard {
  uid: string;
  title: string;
  folder: string;
  audience: Audience;
  json: Dashboard;
}

const IDENTITY = /^fw-[a-z0-9-]{1,37}$/;

function checkAudience({ uid, audience }: DashboardSpec, dashboard: Dashboard): void {
  if (audience === 'staff') return;
  const panel = panelsOf(dashboard).find((each) =>
    targetsOf(each).some(({ datasource }) => datasource?.uid === PROMETHEUS.uid),
  );
  if (panel) {
    throw new AuthoringError(
      'METRICS_FOR_CLIENTS',
      `"${panel.title ?? ''}" of ${uid} asks Prometheus, which does not keep clients apart.`,
    );
  }
}

/** Variables as given, and the address of the console where a link begins with it. */
function withConsole(variables: readonly Variable[], sections: readonly Section[]): Variable[] {
  const built = JSON.stringify(place(sections));
  return built.includes('${console}') ? [...variables, consoleVariable()] : [...variables];
}

/**
 * A dashboard ready to be written: laid out, repaired, not editable, in the time zone of the reader, with a shared crosshair
 * and a drop-down to all other dashboards that keeps range and variables.
 *
 * @throws AuthoringError UID_SHAPE, DESCRIPTION_MISSING, METRICS_FOR_CLIENTS and those of layout and panels
 */
export function defineDashboard(spec: DashboardSpec): DefinedDashboard {
  const { uid, title, folder, audience, description, tags = [], range, refresh, sections, links = [] } = spec;
  if (!IDENTITY.test(uid)) throw new AuthoringError('UID_SHAPE', `"${uid}" is not fw- and small letters, at most 40.`);
  if (!description.trim()) throw new AuthoringError('DESCRIPTION_MISSING', `${uid} does not say what it answers.`);
  const variables = withConsole(spec.variables ?? [], sections);
  const names = variables.map((variable) => variable.build().name);
  const annotations = spec.annotations ?? (names.includes('portal') ? [configurationChanges()] : []);
  const built = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([TAG, ...tags])
    .readonly()
    .timezone('browser')
    .weekStart('monday')
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from: `now-${range}`, to: 'now' })
    .refresh(refresh === 'off' ? '' : refresh)
    .variables([...variables])
    .annotations([...annotations])
    .links([linksToTagged(say('Dashboards', 'Дашборды'), TAG), ...links])
    .build();
  const json = finalise({ ...built, panels: place(sections) });
  checkAudience(spec, json);
  return { uid, title, folder, audience, json };
}

/**
 * The panel of a dashboard by its title, as an alert refers to it.
 *
 * @throws AuthoringError PANEL_UNKNOWN
 */
export function panelRef({ uid, json }: DefinedDashboard, title: string): { dashboardUid: string; panelId: number } {
  const found: Panel[] = panelsOf(json).filter((panel) => panel.title === title);
  const id = found[0]?.id;
  if (found.length !== 1 || id === undefined) {
    throw new AuthoringError('PANEL_UNKNOWN', `${uid} has ${found.length} panels "${title}".`);
  }
  return { dashboardUid: uid, panelId: id };
}

/** The same dashboard with links into the console at another address. */
export function withConsoleUrl(dashboard: DefinedDashboard, url: string): DefinedDashboard {
  const constant = { query: url, current: { text: url, value: url } };
  const list = (dashboard.json.templating.list ?? []).map((variable) =>
    variable.name === 'console' ? { ...variable, ...constant } : variable,
  );
  return { ...dashboard, json: { ...dashboard.json, templating: { list } } };
}
