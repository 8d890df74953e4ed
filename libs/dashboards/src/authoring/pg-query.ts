import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';

export type PgFormat = 'table' | 'time_series';

/** What the PostgreSQL data source keeps of a query in a dashboard. */
export interface PgQueryJson {
  refId: string;
  format: PgFormat;
  rawSql: string;
  rawQuery: true;
  editorMode: 'code';
  datasource?: DataSourceRef;
}

/** A query in SQL; the SDK has builders for other sources, not for PostgreSQL. */
export class PgQuery implements Builder<Dataquery> {
  readonly #query: PgQueryJson;

  constructor(sql: string, format: PgFormat = 'table') {
    this.#query = { refId: 'A', format, rawSql: sql.trim(), rawQuery: true, editorMode: 'code' };
  }

  refId(refId: string): this {
    this.#query.refId = refId;
    return this;
  }

  datasource(datasource: DataSourceRef): this {
    this.#query.datasource = datasource;
    return this;
  }

  /** A fresh copy. The marker that the SDK's type asks for is not enumerable, so it never reaches the JSON. */
  build(): Dataquery & PgQueryJson {
    const copy = structuredClone(this.#query);
    return Object.defineProperty(copy, '_implementsDataqueryVariant', {
      value: () => undefined,
      enumerable: false,
    }) as Dataquery & PgQueryJson;
  }
}
