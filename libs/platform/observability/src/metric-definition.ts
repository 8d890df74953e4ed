/** Programs that serve `/metrics`. */
export type MetricsApp = 'ingest' | 'projector' | 'curator' | 'api' | 'portal-sim';

/** What a value counts: things, seconds, bytes, or 1 for yes and 0 for no. */
export type MetricUnit = 'count' | 'seconds' | 'bytes' | 'flag';

/** One metric of the product as all who register, draw or alert on it know it. */
export interface MetricDefinition {
  kind: 'counter' | 'gauge' | 'histogram';
  unit: MetricUnit;
  /** Every sample has these and `app`, which the registry adds. */
  labels: readonly string[];
  /** Which programs serve it. */
  apps: readonly MetricsApp[];
  /** One sentence that says what it is. */
  help: string;
  /** What a person should look into; null where the figure alone says nothing. */
  worry: string | null;
  /** Upper bounds of the buckets of a histogram. */
  buckets?: readonly number[];
  /** Only served where `KAFKA_BROKERS` is set. */
  needsBrokers?: true;
}

type Labels = readonly string[];
type Words = Pick<MetricDefinition, 'help' | 'worry' | 'needsBrokers'>;

/** A number of things that only grows while the program runs. */
export const counter = <const Names extends Labels>(labels: Names, apps: readonly MetricsApp[], words: Words) => ({
  kind: 'counter' as const,
  unit: 'count' as const,
  labels,
  apps,
  ...words,
});

/** A value that goes up and down. */
export const gauge = <const Names extends Labels>(
  unit: MetricUnit,
  labels: Names,
  apps: readonly MetricsApp[],
  words: Words,
) => ({ kind: 'gauge' as const, unit, labels, apps, ...words });

/** How long something took, in seconds, by buckets. */
export const histogram = <const Names extends Labels>(
  buckets: readonly number[],
  labels: Names,
  apps: readonly MetricsApp[],
  words: Words,
) => ({ kind: 'histogram' as const, unit: 'seconds' as const, labels, apps, buckets, ...words });
