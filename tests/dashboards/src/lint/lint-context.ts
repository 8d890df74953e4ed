import { existsSync } from 'node:fs';
import { factsOf, type LintContext } from '@funnelwatch/dashboards';
import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { ClientBase, Pool } from 'pg';
import { readPromql } from '../promql/read-promql.js';

/** The world that dashboards are checked against, with the real grammar of PromQL and the handbook of this repository. */
export const lintContextOf = (
  dashboards: readonly Dashboard[],
  { views, metrics, timezone }: Pick<LintContext, 'views' | 'metrics' | 'timezone'>,
): LintContext => ({ dashboards: dashboards.map(factsOf), views, metrics, timezone, hasRunbook, readPromql });

/** Views of the schema `grafana` by their names, their columns with types. */
export async function readViews(database: Pool | ClientBase): Promise<LintContext['views']> {
  const { rows } = await database.query<{ view: string; columns: Record<string, string> }>(
    `SELECT class.relname AS view,
            json_object_agg(field.attname, format_type(field.atttypid, NULL) ORDER BY field.attnum) AS columns
       FROM pg_class class
       JOIN pg_attribute field ON field.attrelid = class.oid AND field.attnum > 0 AND NOT field.attisdropped
      WHERE class.relnamespace = 'grafana'::regnamespace AND class.relkind = 'v'
      GROUP BY class.relname`,
  );
  return Object.fromEntries(rows.map(({ view, columns }) => [view, columns]));
}

const root = new URL('../../../../', import.meta.url);

/** Whether a path below this repository leads to a runbook that is written. */
export const hasRunbook = (url: string): boolean =>
  /^docs\/runbooks\/[a-z-]+\.md$/.test(url) && existsSync(new URL(url, root));
