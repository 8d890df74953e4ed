import { type JudgeStep, type QueueLoad, queueLoads } from '@funnelwatch/curation';
import type { ProjectionProgress } from '@funnelwatch/event-log';
import {
  type CounterOf,
  counterOf,
  fillOnScrape,
  gaugeOf,
  type HistogramOf,
  histogramOf,
  type Logger,
  type Registry,
} from '@funnelwatch/observability';
import type { PortalRegistry } from '@funnelwatch/portals';
import { ReadModelMetrics } from '@funnelwatch/read-model-worker';
import type { Pool } from 'pg';

interface CuratorSurroundings {
  registry: Registry;
  pool: Pool;
  /** Name of the read model. */
  readModel: string;
  portals: Pick<PortalRegistry, 'list'>;
  logger: Logger;
}

/** What operations see of the curator: its read model, and the rules engine; clocks and queue are read from the database for a scrape. */
export class CuratorMetrics {
  private readonly readModel: ReadModelMetrics;
  private readonly judged: CounterOf<'funnelwatch_judged_subjects_total'>;
  private readonly evaluations: CounterOf<'funnelwatch_rule_evaluations_total'>;
  private readonly steps: HistogramOf<'funnelwatch_judge_step_seconds'>;
  private readonly said: CounterOf<'funnelwatch_case_events_total'>;
  private readonly faults: CounterOf<'funnelwatch_rule_faults_total'>;

  constructor(private readonly surroundings: CuratorSurroundings) {
    const { registry, pool, readModel, logger } = surroundings;
    this.readModel = new ReadModelMetrics(registry, pool, [readModel], logger);
    this.judged = counterOf(registry, 'funnelwatch_judged_subjects_total');
    this.evaluations = counterOf(registry, 'funnelwatch_rule_evaluations_total');
    this.steps = histogramOf(registry, 'funnelwatch_judge_step_seconds');
    this.said = counterOf(registry, 'funnelwatch_case_events_total');
    this.faults = counterOf(registry, 'funnelwatch_rule_faults_total');
    this.showClocks();
    this.showQueues();
  }

  onProgress(progress: ProjectionProgress): void {
    this.readModel.onProgress(this.surroundings.readModel, progress);
  }

  onStep({ subjects, evaluations, events, faults }: JudgeStep, seconds: number): void {
    this.judged.inc(subjects);
    this.evaluations.inc(evaluations);
    this.said.inc(events);
    this.faults.inc(faults.length);
    // A step that looks and finds nothing to judge says nothing about judging.
    if (subjects > 0) this.steps.observe(seconds);
  }

  private showClocks(): void {
    const { registry, pool, logger } = this.surroundings;
    const lag = gaugeOf(registry, 'funnelwatch_rule_clock_lag_seconds');
    const frozen = gaugeOf(registry, 'funnelwatch_rule_clocks_frozen');
    fillOnScrape<{ lag: number | null; frozen: number } | undefined>(registry, {
      reading: 'rule-clocks',
      gauges: [lag, frozen],
      logger,
      read: async () => {
        const { rows } = await pool.query<{ lag: number | null; frozen: number }>(
          `SELECT max(extract(epoch FROM now() - clock))::float8 AS lag, count(frozen_code)::int AS frozen
             FROM judge.progress JOIN registry.portal USING (portal_id) WHERE portal.status = 'active'`,
        );
        return rows[0];
      },
      fill: (clocks) => {
        lag.set(Math.max(clocks?.lag ?? 0, 0));
        frozen.set(clocks?.frozen ?? 0);
      },
    });
  }

  /** Every curator shows all portals. */
  private showQueues(): void {
    const { registry, pool, portals, logger } = this.surroundings;
    const open = gaugeOf(registry, 'funnelwatch_cases_open');
    const overdue = gaugeOf(registry, 'funnelwatch_cases_overdue');
    const oldest = gaugeOf(registry, 'funnelwatch_cases_oldest_overdue_seconds');
    fillOnScrape<QueueLoad[]>(registry, {
      reading: 'cases',
      gauges: [open, overdue, oldest],
      logger,
      read: async () => queueLoads(pool, await portals.list()),
      fill: (loads) => {
        for (const load of loads) {
          const labels = { portal: load.portalId };
          open.set(labels, load.open);
          overdue.set(labels, load.overdue);
          oldest.set(labels, load.oldestOverdueSeconds);
        }
      },
    });
  }
}
