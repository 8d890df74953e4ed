import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import { DataqueryBuilder, QueryEditorMode } from '@grafana/grafana-foundation-sdk/prometheus';
import { PROMETHEUS, READ_MODELS } from './datasources.js';
import { PgQuery } from './pg-query.js';

export type Query = Builder<Dataquery>;

/** Takes away the indentation that all lines after the first share, so that SQL reads well in Grafana too. */
export function dedent(sql: string): string {
  const lines = sql.replace(/\s+$/, '').split('\n');
  const depth = Math.min(
    ...lines.slice(1).flatMap((line) => (line.trim() === '' ? [] : [line.length - line.trimStart().length])),
  );
  return Number.isFinite(depth) ? lines.map((line, index) => (index ? line.slice(depth) : line)).join('\n') : sql;
}

/** Rows of the read models as a table. */
export const rows = (sql: string): PgQuery => new PgQuery(dedent(sql)).datasource({ ...READ_MODELS });

/**
 * Rows of the read models as series: a column "time", ascending and never null, numbers, and texts that name the series
 * (one text column called "metric" names it alone).
 */
export const series = (sql: string): PgQuery => new PgQuery(dedent(sql), 'time_series').datasource({ ...READ_MODELS });

/** PromQL over the range of the dashboard. `legend` names a series by its labels, as `{{bucket}}`. */
export const promRange = (expr: string, legend: string): Query =>
  new DataqueryBuilder()
    .datasource({ ...PROMETHEUS })
    .editorMode(QueryEditorMode.Code)
    .expr(expr)
    .legendFormat(legend)
    .range();

/** PromQL at the end of the range of the dashboard. */
export const promNow = (expr: string, legend = '__auto'): Query =>
  new DataqueryBuilder()
    .datasource({ ...PROMETHEUS })
    .editorMode(QueryEditorMode.Code)
    .expr(expr)
    .legendFormat(legend)
    .instant();
