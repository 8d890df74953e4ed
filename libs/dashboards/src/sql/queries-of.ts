import {
  type AnnotationQuery,
  type Dashboard,
  type Panel,
  type RowPanel,
  type VariableModel,
  VariableType,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { type AlertFile, type AlertQuery, type AlertRule, EXPRESSION_UID } from './alert-file.js';

export type QueryKind = 'panel' | 'annotation' | 'variable' | 'alert';
export type QueryFormat = 'table' | 'time_series';

/** One question to a data source, wherever it stands in a dashboard or a file of alerts. */
export interface PlacedQuery {
  kind: QueryKind;
  /** `dashboard uid / panel title / refId`, `uid / $variable`, `uid / @annotation` or `alert uid / title / refId`. */
  where: string;
  language: 'sql' | 'promql';
  text: string;
  format: QueryFormat;
  refId: string;
  /** Of the query itself, else of what holds it. */
  datasource: { uid?: string; type?: string };
  /** Set for a query of a panel. */
  panelId?: number;
}

type Bag = Readonly<Record<string, unknown>>;

const asBag = (value: unknown): Bag => (typeof value === 'object' && value !== null ? (value as Bag) : {});
const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;

export const isRow = (panel: Panel | RowPanel): panel is RowPanel => panel.type === 'row';

/** Panels of a dashboard in reading order, those inside of rows too; rows themselves are left out. */
export function panelsOf(dashboard: Dashboard): Panel[] {
  return (dashboard.panels ?? []).flatMap((panel) => (isRow(panel) ? panel.panels : [panel]));
}

/** Every question of a dashboard: of its panels, then its annotations, then its variables. */
export function queriesOfDashboard(dashboard: Dashboard): PlacedQuery[] {
  const uid = dashboard.uid ?? 'without uid';
  return [
    ...panelsOf(dashboard).flatMap((panel) => queriesOfPanel(uid, panel)),
    ...(dashboard.annotations.list ?? []).flatMap((annotation) => queryOfAnnotation(uid, annotation)),
    ...(dashboard.templating.list ?? []).flatMap((variable) => queryOfVariable(uid, variable)),
  ];
}

/** Every question of the rules in a file of alerts; steps that work on results of others are none. */
export function queriesOfAlerts(file: AlertFile): PlacedQuery[] {
  return file.groups.flatMap((group) => group.rules.flatMap(queriesOfRule));
}

export function queriesOfRule(rule: AlertRule): PlacedQuery[] {
  return rule.data
    .filter((query) => query.datasourceUid !== EXPRESSION_UID)
    .flatMap((query: AlertQuery) =>
      placed(query.model, {
        kind: 'alert',
        where: `alert ${rule.uid ?? 'without uid'} / ${rule.title ?? 'without title'} / ${query.refId}`,
        refId: query.refId,
        datasource: { ...asBag(asBag(query.model).datasource), uid: query.datasourceUid },
      }),
    );
}

export function queriesOfPanel(uid: string, panel: Panel): PlacedQuery[] {
  return (panel.targets ?? []).flatMap((target: object) => {
    const refId = textOf(asBag(target).refId) ?? '';
    return placed(target, {
      kind: 'panel',
      where: `${placeOfPanel(uid, panel)} / ${refId || 'without refId'}`,
      refId,
      datasource: asBag(asBag(target).datasource ?? panel.datasource),
      ...(panel.id === undefined ? {} : { panelId: panel.id }),
    });
  });
}

export const placeOfPanel = (uid: string, panel: Panel | RowPanel): string =>
  `${uid} / ${panel.title?.trim() || `untitled ${panel.type} ${panel.id ?? ''}`.trim()}`;

function queryOfAnnotation(uid: string, annotation: AnnotationQuery): PlacedQuery[] {
  const target: object = annotation.target ?? { expr: annotation.expr };
  return placed(target, {
    kind: 'annotation',
    where: `${uid} / @${annotation.name}`,
    refId: textOf(asBag(target).refId) ?? '',
    datasource: asBag(annotation.datasource),
  });
}

/** The query of a variable is a text, or an object as of a panel; that of Prometheus keeps its text in `query`. */
function queryOfVariable(uid: string, variable: VariableModel): PlacedQuery[] {
  if (variable.type !== VariableType.Query) return [];
  const place: Place = {
    kind: 'variable',
    where: `${uid} / $${variable.name}`,
    refId: '',
    datasource: variable.datasource ?? {},
  };
  if (typeof variable.query !== 'string') {
    const query = asBag(variable.query);
    return placed({ ...query, expr: query.expr ?? query.query }, place);
  }
  const isPromql = variable.datasource?.type === 'prometheus';
  return placed(isPromql ? { expr: variable.query } : { rawSql: variable.query, format: 'table' }, place);
}

type Place = Omit<PlacedQuery, 'language' | 'text' | 'format'>;

function placed(target: object, place: Place): PlacedQuery[] {
  const { rawSql, expr, format } = asBag(target);
  const text = textOf(rawSql) ?? textOf(expr);
  if (text === undefined) return [];
  const language = textOf(rawSql) === undefined ? 'promql' : 'sql';
  // What Grafana does without a format: a series.
  return [{ ...place, language, text, format: format === 'table' ? 'table' : 'time_series' }];
}
