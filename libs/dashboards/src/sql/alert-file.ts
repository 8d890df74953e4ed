/** A file of alert rules as Grafana reads it at start, as far as checks look at it. */
export interface AlertFile {
  apiVersion: number;
  groups: readonly AlertGroup[];
}

export interface AlertGroup {
  name: string;
  folder: string;
  interval: string;
  rules: readonly AlertRule[];
}

export interface AlertRule {
  uid?: string;
  title?: string;
  /** Letter of the query that decides. */
  condition?: string;
  data: readonly AlertQuery[];
  for?: string;
  noDataState?: string;
  execErrState?: string;
  dashboardUid?: string;
  panelId?: number;
  labels?: Readonly<Record<string, string>>;
  annotations?: Readonly<Record<string, string>>;
}

export interface AlertQuery {
  refId: string;
  /** `__expr__` for a step that works on the results of others. */
  datasourceUid: string;
  model: object;
}

export const EXPRESSION_UID = '__expr__';
