import { definitionOf, metricContract, type MetricName, type MetricOf } from './metric-contract.js';
import type { ProcessMetricName } from './process-metrics.js';

/** What Prometheus makes of a histogram. */
type HistogramSeries = `${MetricOf<'histogram'>}_${'bucket' | 'sum' | 'count'}`;

/** Names that a query may select: a histogram is its three series. */
export type SeriesName = Exclude<MetricName, MetricOf<'histogram'>> | HistogramSeries | ProcessMetricName;

/** The name itself, checked by its type: a query that names a metric which is gone does not compile. */
export const metricName = <Name extends SeriesName>(name: Name): Name => name;

/** Every series name of the product's own metrics. */
export const seriesNames = (): string[] =>
  (Object.keys(metricContract) as MetricName[]).flatMap((name) =>
    definitionOf(name).kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
