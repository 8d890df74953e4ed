import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

/** Plugin id of Grafana's PostgreSQL data source. */
export const POSTGRES_TYPE = 'grafana-postgresql-datasource';

/** The read models. The same uid in every organisation, behind it a login of its own each. */
export const READ_MODELS: Readonly<DataSourceRef> = { type: POSTGRES_TYPE, uid: 'pg-readmodel' };

/** Metrics of the running programs. Only in the organisation of the staff: Prometheus knows no clients. */
export const PROMETHEUS: Readonly<DataSourceRef> = { type: 'prometheus', uid: 'prom' };

/** What a panel names as its source when its queries come from several. */
export const MIXED: Readonly<DataSourceRef> = { type: 'datasource', uid: '-- Mixed --' };
