import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  basePack,
  curationMigrations,
  decideDiscipline,
  type DisciplineEvent,
  type ParameterValues,
} from '@funnelwatch/curation';
import { eventLogMigrations, PostgresEventLog } from '@funnelwatch/event-log';
import { type NewEvent, systemClock } from '@funnelwatch/kernel';
import { defaultCompany, disciplineSettings } from '@funnelwatch/portal-generator';
import { PortalRegistry, portalsMigrations, type RegisteredPortal } from '@funnelwatch/portals';
import { writeBackMigrations } from '@funnelwatch/write-back';
import type { Pool } from 'pg';
import { BenchServer } from '../server/bench-server.js';
import { WorkerProcess } from '../server/worker-process.js';
import { SalesEvents } from './sales-log.js';

const LONG_AGO = '2020-01-01T00:00:00.000Z';
/** How long the curator waits for late facts, milliseconds: its default. */
export const LATENESS_MS = 4_000;

const LONGEST_WAIT_MS = 180_000;

export interface BenchPortal extends RegisteredPortal {
  sales: SalesEvents;
}

/** Portals with every rule of the base pack on, judged by a real curator in a process of its own. */
export class JudgedPortals {
  private constructor(
    readonly server: BenchServer,
    readonly pool: Pool,
    readonly log: PostgresEventLog,
    readonly portals: readonly BenchPortal[],
    private readonly environment: Record<string, string>,
    private readonly folder: string,
  ) {}

  static async start(count: number): Promise<JudgedPortals> {
    const server = await BenchServer.start();
    const folder = await mkdtemp(join(tmpdir(), 'funnelwatch-bench-keys-'));
    const masterKey = randomBytes(32);
    const keyFile = join(folder, 'master.key');
    await writeFile(keyFile, masterKey.toString('base64'), { mode: 0o600 });
    const migrations = [...eventLogMigrations, ...portalsMigrations, ...curationMigrations, ...writeBackMigrations];
    const { pool, url } = await server.productDatabase('product', migrations);
    const log = new PostgresEventLog(pool);
    server.beforeStop(() => log.close());
    const registry = new PortalRegistry(pool, masterKey);
    const portals: BenchPortal[] = [];
    for (let number = 1; number <= count; number += 1) {
      const portal = await registry.register({
        webhookUrl: `https://bench${number}.bitrix24.ru/rest/1/secret${number}/`,
        zone: 'Europe/Moscow',
      });
      portals.push({ ...portal, sales: new SalesEvents(portal.portalId) });
    }
    const environment = { DATABASE_URL: url, FUNNELWATCH_KEY_FILE: keyFile };
    const bench = new JudgedPortals(server, pool, log, portals, environment, folder);
    for (const portal of portals) await bench.switchOn(portal);
    return bench;
  }

  /** Every rule for which there are facts, with the parameters of a company that has set them all. */
  private async switchOn(portal: BenchPortal): Promise<void> {
    const settings = disciplineSettings(defaultCompany({ anchorAt: Date.parse('2026-04-01T00:00:00Z') })) as Record<
      string,
      ParameterValues
    >;
    const packed: DisciplineEvent = {
      type: 'PackChosen',
      data: { packId: basePack.id, packVersion: basePack.version, starter: [], from: LONG_AGO },
    };
    const rules = basePack.rules.filter(({ unavailable }) => unavailable === undefined);
    const decisions = rules.flatMap(({ id: ruleId }): DisciplineEvent[] => [
      { type: 'RuleStatusSet', data: { ruleId, status: 'active', from: LONG_AGO, by: '1', reason: 'all' } },
      { type: 'RuleParametersSet', data: { ruleId, parameters: settings[ruleId] ?? {}, by: '1' } },
    ]);
    await decideDiscipline(this.log, systemClock, portal, [packed, ...decisions], 'all rules');
  }

  curator(): Promise<WorkerProcess> {
    return WorkerProcess.start('curator', this.environment);
  }

  async append(portal: BenchPortal, events: readonly NewEvent[]): Promise<void> {
    const streams = Map.groupBy(events, (event) => event.streamId);
    const groups = [...streams].map(([streamId, ofStream]) => ({
      ...{ streamId, expected: 'any' as const, events: ofStream },
    }));
    await this.log.append(portal, groups);
  }

  /** How many events of the log the judge has not seen, and whether the last watermarks have passed. */
  async lag(): Promise<{ events: number; isOver: boolean }> {
    const { rows } = await this.pool.query<{ events: number; is_over: boolean }>(
      `SELECT coalesce(sum(counter."position" - coalesce(progress.position, 0)), 0)::float8 AS events,
              bool_and(coalesce(checkpoint."position" >= counter."position" AND progress.seen_position >= clock.position
                       AND NOT EXISTS (SELECT FROM judge.touched t WHERE t.portal_id = portal.portal_id), false)) AS is_over
         FROM registry.portal portal
         JOIN log.counter counter ON counter.bucket = portal.bucket
         LEFT JOIN log.checkpoint checkpoint ON checkpoint.projection = 'curation' AND checkpoint.bucket = portal.bucket
         LEFT JOIN judge.progress progress ON progress.portal_id = portal.portal_id
         LEFT JOIN read.rule_clock clock ON clock.portal_id = portal.portal_id`,
    );
    return { events: rows[0]?.events ?? 0, isOver: rows[0]?.is_over ?? false };
  }

  /** Waits until everything in the log is judged by the last watermarks. Throws when that takes too long. */
  async judged(): Promise<void> {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    for (;;) {
      const { events, isOver } = await this.lag();
      if (isOver) return;
      if (Date.now() > deadline) throw new Error(`${events} events were not judged in time`);
      await sleep(50);
    }
  }

  async cases(): Promise<number> {
    const { rows } = await this.pool.query<{ cases: number }>('SELECT count(*)::float8 AS cases FROM judge.episode');
    return rows[0]?.cases ?? 0;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
