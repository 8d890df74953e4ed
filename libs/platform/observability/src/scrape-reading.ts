import type { Registry } from 'prom-client';
import { beforeScrape, type CounterOf, counterOf, type GaugeOf, gaugeOf } from './create-metric.js';
import type { Logger } from './logger.js';

/** What programs read of the database for metrics. */
export type Reading =
  'capture' | 'log-size' | 'outbox' | 'relay' | 'lag' | 'quarantine' | 'rebuild' | 'rule-clocks' | 'cases' | 'holes';

interface FilledGauge {
  reset(): void;
}

export interface ScrapeReading<Rows> {
  reading: Reading;
  /** All that the reading fills. */
  gauges: readonly FilledGauge[];
  read: () => Promise<Rows>;
  /** Sets the gauges, which have forgotten everything before. */
  fill: (rows: Rows) => void;
  logger: Pick<Logger, 'warn'>;
  /** A reading younger than this is shown again; 5 s unless told. */
  freshForMs?: number;
  /** A scrape that has something to show waits no longer than this; 30 ms unless told. */
  briefMs?: number;
  /** The first scrape waits no longer than this, and a reading that takes longer is an error; 2 s unless told. */
  patienceMs?: number;
  /** The process's own clock. */
  nowMs?: () => number;
}

const FRESH_FOR_MS = 5_000;
const BRIEF_MS = 30;
// Prometheus gives up after 10 s, and every reading of a scrape has its patience at the same time.
const PATIENCE_MS = 2_000;

/**
 * Has a scrape fill gauges from one reading of the database, however many they are and however many scrape at once. A scrape is never
 * held up: what does not come at once is shown by the next one, and what was known before (NaN for a gauge without labels that was
 * never read) meanwhile. A reading that fails, or is not over after its patience, is counted in `funnelwatch_scrape_errors_total`.
 */
export function fillOnScrape<Rows>(registry: Registry, options: ScrapeReading<Rows>): void {
  const watch = watchOf(registry);
  const { reading, gauges } = options;
  const shared = new SharedReading(options, {
    failed: () => watch.count(reading),
    took: (seconds) => watch.took(reading, seconds),
  });
  watch.announce(reading, () => shared.refresh());
  for (const gauge of gauges) {
    beforeScrape(gauge, () => shared.refresh());
    if (isWithoutLabels(gauge)) gauge.set(Number.NaN);
  }
}

/** For readings that no scrape waits for: `count` is to be called when one fails. */
export function scrapeErrorCount(registry: Registry, reading: Reading): () => void {
  const watch = watchOf(registry);
  watch.announce(reading, () => Promise.resolve());
  return () => watch.count(reading);
}

/** One reading at a time, shared by all who ask while it is under way. */
class SharedReading<Rows> {
  private readAtMs = Number.NEGATIVE_INFINITY;
  private underWay: { ended: Promise<void>; beganMs: number; isLate: boolean } | null = null;
  private waiting: Promise<void> | null = null;
  private isFailing = false;

  constructor(
    private readonly options: ScrapeReading<Rows>,
    private readonly told: { failed: () => void; took: (seconds: number) => void },
  ) {}

  /** Resolves when the gauges are as fresh as they get in time; never rejects. */
  refresh(): Promise<void> {
    const { freshForMs = FRESH_FOR_MS } = this.options;
    if (this.nowMs() - this.readAtMs < freshForMs) return Promise.resolve();
    this.waiting ??= this.wait().finally(() => (this.waiting = null));
    return this.waiting;
  }

  private async wait(): Promise<void> {
    const { briefMs = BRIEF_MS, patienceMs = PATIENCE_MS } = this.options;
    const current = (this.underWay ??= this.begin());
    const hasSomething = Number.isFinite(this.readAtMs);
    if (await isOverWithin(current.ended, hasSomething ? briefMs : patienceMs)) return;
    if (hasSomething && this.nowMs() - current.beganMs < patienceMs) return;
    current.isLate = true;
    this.fail(`no answer within ${patienceMs} ms`);
  }

  private begin(): { ended: Promise<void>; beganMs: number; isLate: boolean } {
    const current = { ended: Promise.resolve(), beganMs: this.nowMs(), isLate: false };
    const beganMs = performance.now();
    current.ended = Promise.resolve()
      .then(() => this.options.read())
      .then((rows) => {
        for (const gauge of this.options.gauges) gauge.reset();
        this.options.fill(rows);
        this.told.took((performance.now() - beganMs) / 1000);
        this.readAtMs = this.nowMs();
        this.isFailing = false;
      })
      .catch((error: unknown) => {
        // One that was late has been counted.
        if (!current.isLate) this.fail(error instanceof Error ? error.message : String(error));
      })
      .finally(() => (this.underWay = null));
    return current;
  }

  private fail(reason: string): void {
    this.told.failed();
    const { logger, reading } = this.options;
    // Said when it begins: a scrape comes every few seconds.
    if (!this.isFailing) logger.warn({ reading, reason }, 'Metrics show what was known before: a reading failed');
    this.isFailing = true;
  }

  private nowMs(): number {
    return (this.options.nowMs ?? (() => performance.now()))();
  }
}

/** How readings of a registry go. Its counter is printed when the readings of the scrape are over. */
class ReadingWatch {
  private readonly errors: CounterOf<'funnelwatch_scrape_errors_total'>;
  private readonly durations: GaugeOf<'funnelwatch_scrape_reading_seconds'>;
  private readonly refreshes: (() => Promise<void>)[] = [];

  constructor(registry: Registry) {
    this.errors = counterOf(registry, 'funnelwatch_scrape_errors_total');
    this.durations = gaugeOf(registry, 'funnelwatch_scrape_reading_seconds');
    const allOver = async (): Promise<void> => {
      await Promise.all(this.refreshes.map((refresh) => refresh()));
    };
    for (const metric of [this.errors, this.durations]) beforeScrape(metric, allOver);
  }

  /** Shows 0 before the first error: the rise from nothing to one is none for Prometheus. */
  announce(reading: Reading, refresh: () => Promise<void>): void {
    this.errors.inc({ reading }, 0);
    this.refreshes.push(refresh);
  }

  count(reading: Reading): void {
    this.errors.inc({ reading });
  }

  took(reading: Reading, seconds: number): void {
    this.durations.set({ reading }, seconds);
  }
}

const known = new WeakMap<Registry, ReadingWatch>();

function watchOf(registry: Registry): ReadingWatch {
  const watch = known.get(registry) ?? new ReadingWatch(registry);
  known.set(registry, watch);
  return watch;
}

const isWithoutLabels = (gauge: object): gauge is { set(value: number): void } =>
  'labelNames' in gauge && Array.isArray(gauge.labelNames) && gauge.labelNames.length === 0;

async function isOverWithin(work: Promise<unknown>, timeMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const isLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), timeMs);
  });
  try {
    return await Promise.race([work.then(() => true), isLate]);
  } finally {
    clearTimeout(timer);
  }
}
