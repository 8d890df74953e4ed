import type { JudgeStep } from '@funnelwatch/curation';
import type { ProjectionProgress } from '@funnelwatch/event-log';
import { Counter, Gauge, type Registry } from '@funnelwatch/observability';
import { ReadModelMetrics } from '@funnelwatch/read-model-worker';
import type { Pool } from 'pg';

/** What operations see of the curator: its read model, and the rules engine; clocks and queue are read from the database when they are asked for. */
export class CuratorMetrics {
  private readonly readModel: ReadModelMetrics;
  private readonly judged: Counter;
  private readonly said: Counter;
  private readonly faults: Counter;

  constructor(
    registry: Registry,
    private readonly pool: Pool,
    private readonly readModelName: string,
  ) {
    this.readModel = new ReadModelMetrics(registry, pool, [readModelName]);
    const counter = (name: string, help: string) => new Counter({ name, help, registers: [registry] });
    this.judged = counter('funnelwatch_judged_subjects_total', 'Lives of records and people judged by this process.');
    this.said = counter('funnelwatch_case_events_total', 'Events of cases that judging made.');
    this.faults = counter('funnelwatch_rule_faults_total', 'Conditions that failed while they were judged.');
    const lag = new Gauge({
      name: 'funnelwatch_rule_clock_lag_seconds',
      help: 'How far the rule clock furthest behind is behind the present.',
      registers: [registry],
    });
    const frozen = new Gauge({
      name: 'funnelwatch_rule_clocks_frozen',
      help: 'Portals whose rules cannot be judged.',
      registers: [registry],
    });
    Object.assign(lag, { collect: () => this.readClocks(lag, frozen) });
  }

  private async readClocks(lag: Gauge, frozen: Gauge): Promise<void> {
    const { rows } = await this.pool.query<{ lag: number | null; frozen: number }>(
      `SELECT max(extract(epoch FROM now() - clock))::float8 AS lag, count(frozen_code)::int AS frozen FROM judge.progress`,
    );
    lag.set(Math.max(rows[0]?.lag ?? 0, 0));
    frozen.set(rows[0]?.frozen ?? 0);
  }

  onProgress(progress: ProjectionProgress): void {
    this.readModel.onProgress(this.readModelName, progress);
  }

  onStep({ subjects, events, faults }: JudgeStep): void {
    this.judged.inc(subjects);
    this.said.inc(events);
    this.faults.inc(faults.length);
  }
}
