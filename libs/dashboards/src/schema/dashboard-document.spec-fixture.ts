import type {
  FieldConfig as BarChartFields,
  Options as BarChartOptions,
} from '@grafana/grafana-foundation-sdk/barchart';
import type { Options as BarGaugeOptions } from '@grafana/grafana-foundation-sdk/bargauge';
import type {
  AxisPlacement,
  DataSourceRef,
  FieldTextAlignment,
  GraphDrawStyle,
  LineStyle,
  TableCellOptions,
} from '@grafana/grafana-foundation-sdk/common';
import type {
  AnnotationQuery,
  Dashboard,
  FieldColor,
  FieldConfig,
  MatcherConfig,
  Panel,
  RowPanel,
  ThresholdsConfig,
  ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dataquery as PrometheusQuery } from '@grafana/grafana-foundation-sdk/prometheus';
import type { Options as StatOptions } from '@grafana/grafana-foundation-sdk/stat';
import type {
  FieldConfig as StateTimelineFields,
  Options as StateTimelineOptions,
} from '@grafana/grafana-foundation-sdk/statetimeline';
import type { FieldConfig as TableFields, Options as TableOptions } from '@grafana/grafana-foundation-sdk/table';
import type { Options as TextOptions } from '@grafana/grafana-foundation-sdk/text';
import type {
  FieldConfig as TimeSeriesFields,
  Options as TimeSeriesOptions,
} from '@grafana/grafana-foundation-sdk/timeseries';
import type { PgQueryJson } from '../authoring/pg-query.js';

// What a dashboard may be made of, in the SDK's own types. The SDK leaves options of panels and queries open; here they are
// those of the panels and sources that are used, so that an unknown key or a bad word is found.

interface SqlQuery extends PgQueryJson {
  datasource: DataSourceRef;
}

interface MetricQuery extends Omit<PrometheusQuery, '_implementsDataqueryVariant'> {
  refId: string;
  datasource: DataSourceRef;
}

interface Link {
  title: string;
  url: string;
  targetBlank: boolean;
}

type Property =
  | { id: 'displayName' | 'unit' | 'noValue'; value: string }
  | { id: 'decimals' | 'min' | 'max' | 'custom.width' | 'custom.fillOpacity'; value: number }
  | { id: 'mappings'; value: ValueMapping[] }
  | { id: 'thresholds'; value: ThresholdsConfig }
  | { id: 'color'; value: FieldColor }
  | { id: 'links'; value: Link[] }
  | { id: 'custom.align'; value: FieldTextAlignment }
  | { id: 'custom.cellOptions'; value: TableCellOptions }
  | { id: 'custom.hideFrom.viz'; value: boolean }
  | { id: 'custom.lineStyle'; value: LineStyle }
  | { id: 'custom.drawStyle'; value: GraphDrawStyle }
  | { id: 'custom.axisPlacement'; value: AxisPlacement };

interface Fields<Custom> {
  defaults: Omit<FieldConfig, 'custom'> & { custom?: Custom };
  overrides: { matcher: MatcherConfig & { options: string }; properties: Property[] }[];
}

interface PanelOf<Type extends string, Options, Custom> extends Omit<
  Panel,
  'type' | 'options' | 'fieldConfig' | 'targets'
> {
  type: Type;
  id: number;
  options: Options;
  fieldConfig: Fields<Custom>;
  targets: (SqlQuery | MetricQuery)[];
}

/** Options of panels without settings of their own for fields. */
type None = Record<string, never>;

interface TextPanel extends Omit<Panel, 'type' | 'options' | 'fieldConfig' | 'targets'> {
  type: 'text';
  id: number;
  options: TextOptions;
}

type AnyPanel =
  | PanelOf<'stat', StatOptions, None>
  | PanelOf<'table', TableOptions, TableFields>
  | PanelOf<'timeseries', TimeSeriesOptions, TimeSeriesFields>
  | PanelOf<'bargauge', BarGaugeOptions, None>
  | PanelOf<'barchart', BarChartOptions, BarChartFields>
  | PanelOf<'state-timeline', StateTimelineOptions, StateTimelineFields>
  | TextPanel;

/** A dashboard as it is written to its file. */
export interface DashboardDocument extends Omit<Dashboard, 'panels' | 'annotations' | 'snapshot'> {
  uid: string;
  title: string;
  panels: (AnyPanel | (Omit<RowPanel, 'panels'> & { panels: AnyPanel[] }))[];
  annotations: { list: (Omit<AnnotationQuery, 'target'> & { target: SqlQuery })[] };
}
