/** A view that dashboards and the page of operations read, with what each column says. */
export interface ReportingView {
  /** `read` for rows of operations that the console shows too, `grafana` for dashboards. */
  schema: 'read' | 'grafana';
  name: string;
  about: string;
  /** In the order of the query. */
  columns: Readonly<Record<string, string>>;
  query: string;
}

/** Columns that say the same wherever they stand. */
export const portalColumn = { portal_id: 'Id of the portal' };
export const pipelineColumn = { pipeline_id: 'Pipeline, with the kind of its objects: `deal:0`' };
export const sellerColumn = { seller_id: 'User responsible now; `unknown` where nobody is' };

/** Seconds since an instant, 0 for one to come; null where there is none: `greatest` alone would make 0 of it. */
export const ageOf = (instant: string): string =>
  `CASE WHEN ${instant} IS NOT NULL THEN greatest(extract(epoch FROM now() - ${instant}), 0)::float8 END`;

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Statements that make a view and describe it. Whoever reads it reads what lies below with rights of their own. */
export function creationOf({ schema, name, about, columns, query }: ReportingView): string[] {
  const reference = `${schema}.${name}`;
  return [
    `CREATE VIEW ${reference} WITH (security_invoker = true) AS ${query}`,
    `COMMENT ON VIEW ${reference} IS ${quoted(about)}`,
    ...Object.entries(columns).map(([column, says]) => `COMMENT ON COLUMN ${reference}."${column}" IS ${quoted(says)}`),
  ];
}
