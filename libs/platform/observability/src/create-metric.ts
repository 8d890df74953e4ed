import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import { definitionOf, type LabelOf, type MetricName, type MetricOf } from './metric-contract.js';

/** All labels of the contract and no other, then the rest; the rest alone for a metric without labels. */
type Labelled<Label extends string, Rest extends unknown[]> = [Label] extends [never]
  ? Rest
  : [labels: Readonly<Record<Label, string>>, ...rest: Rest];

export interface CounterOf<Name extends MetricName> {
  inc(...labelsAndValue: Labelled<LabelOf<Name>, [by?: number]>): void;
}

export interface GaugeOf<Name extends MetricName> {
  set(...labelsAndValue: Labelled<LabelOf<Name>, [value: number]>): void;
  /** Forgets every series; one without labels is 0 then. */
  reset(): void;
}

export interface HistogramOf<Name extends MetricName> {
  observe(...labelsAndValue: Labelled<LabelOf<Name>, [value: number]>): void;
}

/** The counter of that name in the registry, registered with the first call. */
export function counterOf<Name extends MetricOf<'counter'>>(registry: Registry, name: Name): CounterOf<Name> {
  return (registry.getSingleMetric(name) ?? new Counter(configurationOf(registry, name))) as unknown as CounterOf<Name>;
}

/**
 * A gauge of that name, new in the registry; `collect` sets it before each scrape. Throws when the registry has it:
 * two who set it would undo each other.
 */
export function gaugeOf<Name extends MetricOf<'gauge'>>(
  registry: Registry,
  name: Name,
  collect?: (gauge: GaugeOf<Name>) => void,
): GaugeOf<Name> {
  const gauge = new Gauge(configurationOf(registry, name)) as unknown as GaugeOf<Name>;
  if (collect) beforeScrape(gauge, () => collect(gauge));
  return gauge;
}

/** The histogram of that name in the registry, registered with the first call. */
export function histogramOf<Name extends MetricOf<'histogram'>>(registry: Registry, name: Name): HistogramOf<Name> {
  const buckets = [...(definitionOf(name).buckets ?? [])];
  const known = registry.getSingleMetric(name);
  return (known ?? new Histogram({ ...configurationOf(registry, name), buckets })) as unknown as HistogramOf<Name>;
}

/** Has `collect` run, and waited for, whenever the registry is about to print the metric. */
export function beforeScrape(metric: object, collect: () => void | Promise<void>): void {
  Object.assign(metric, { collect });
}

function configurationOf(registry: Registry, name: MetricName) {
  const { help, labels } = definitionOf(name);
  return { name, help, labelNames: [...labels], registers: [registry] };
}
