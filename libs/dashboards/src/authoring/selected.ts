/** Ids that are none select nothing instead of failing. */
const portals = `ARRAY(SELECT substring(chosen FROM '^[0-9a-f-]{36}')::uuid FROM unnest(ARRAY[\${portal:sqlstring}]::text[]) AS chosen)`;

const oneOf = (column: string, variable: string): string => `${column} = ANY(ARRAY[\${${variable}:sqlstring}]::text[])`;

/**
 * Conditions in SQL that keep what is selected in a variable of the dashboard. Quoted by Grafana as SQL strings, usable by an
 * index, and valid when nothing is selected.
 */
export const selected = {
  /** The portals selected; `column` is a uuid. */
  portal: (column = 'portal_id'): string => `${column} = ANY(${portals})`,
  pipeline: (column = 'pipeline_id'): string => oneOf(column, 'pipeline'),
  seller: (column = 'user_id'): string => oneOf(column, 'seller'),
  month: (column = 'month'): string => oneOf(column, 'month'),
  /** Any other variable; `column` is text. */
  variable: (variable: string, column: string): string => oneOf(column, variable),
};
