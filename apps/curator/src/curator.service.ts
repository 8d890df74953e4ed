import {
  basePack,
  curationReadModel,
  drawAudits,
  findRepeats,
  type JudgedPortal,
  keepNoiseBudget,
  learnLimits,
  noteCleanWeeks,
  runJudge,
  starterRules,
  wakeSnoozed,
  workOffBacktest,
} from '@funnelwatch/curation';
import { runReadModel } from '@funnelwatch/event-log';
import { systemClock } from '@funnelwatch/kernel';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { catalogue } from './catalogue.js';
import { ownRecords } from './own-records.js';
import { type CuratorParts, curatorParts } from './curator-parts.js';

const wakeEveryMs = 1_000;
const backtestEveryMs = 1_000;
const noiseBudgetEveryMs = 600_000;
const auditsEveryMs = 60_000;
const repeatsEveryMs = 60_000;
const limitsEveryMs = 60_000;

/** Keeps the facts for rules and the queue up to date, and judges every portal, for as long as the program runs. */
@Injectable()
export class CuratorService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(@Inject(curatorParts) private readonly parts: CuratorParts) {}

  onApplicationBootstrap(): void {
    this.running = Promise.all([
      this.keep(),
      this.judge(),
      this.tend(),
      this.tryRules(),
      this.draw(),
      this.coach(),
      this.learn(),
    ]);
  }

  private keep(): Promise<void> {
    const { feed, listener, holder, pool, logger, metrics, batchSize } = this.parts;
    return runReadModel({
      model: curationReadModel(),
      feed,
      listener,
      holder,
      pool,
      logger,
      batchSize,
      catalogue,
      signal: this.stopping.signal,
      onProgress: (progress) => metrics.onProgress(progress),
    });
  }

  private async judge(): Promise<void> {
    const { pool, log, logger, metrics, chunkSize, latenessMs, listener } = this.parts;
    await runJudge({
      pool,
      log,
      clock: systemClock,
      pack: basePack,
      starter: starterRules,
      chunkSize,
      latenessMs,
      portals: () => this.portals(),
      ownRecords: (client, portal) => ownRecords(client, portal),
      logger,
      signal: this.stopping.signal,
      wake: (timeoutMs) => wakeOf(listener, timeoutMs, this.stopping.signal),
      onStep: (_portal, step, seconds) => metrics.onStep(step, seconds),
    });
  }

  /** Wakes cases whose sleep is over, and puts rules that cost too much back into shadow. */
  private async tend(): Promise<void> {
    const { pool, log, logger } = this.parts;
    let budgetAtMs = performance.now() + noiseBudgetEveryMs;
    await this.repeat('Looking after cases', wakeEveryMs, async () => {
      await wakeSnoozed(pool, log, systemClock.now());
      if (performance.now() < budgetAtMs) return;
      budgetAtMs = performance.now() + noiseBudgetEveryMs;
      for (const portal of await this.portals()) {
        for (const { ruleId, reason } of await keepNoiseBudget({ pool, log, clock: systemClock }, portal)) {
          logger.warn({ portal: portal.portalId, ruleId, reason }, 'A rule went back into shadow');
        }
      }
    });
  }

  private async tryRules(): Promise<void> {
    const { pool } = this.parts;
    await this.repeat('Backtests', backtestEveryMs, async () => {
      const portals = new Map((await this.portals()).map((portal) => [portal.portalId, portal]));
      while (!this.stopping.signal.aborted && (await workOffBacktest(pool, systemClock, portals)));
    });
  }

  /** Draws what is audited of each week that is over. */
  private async draw(): Promise<void> {
    const { pool, log, logger, drawKey: key } = this.parts;
    await this.repeat('Draws of audits', auditsEveryMs, async () => {
      for (const portal of await this.portals()) {
        const audits = await drawAudits({ pool, log, key }, portal);
        if (audits > 0) logger.info({ portal: portal.portalId, audits }, 'Audits of the last week were drawn');
      }
    });
  }

  /** Makes one coaching of repeats, and notes weeks that deserve a good word. */
  private async coach(): Promise<void> {
    const { pool, log, logger } = this.parts;
    await this.repeat('Coachings', repeatsEveryMs, async () => {
      for (const portal of await this.portals()) {
        const coachings = await findRepeats({ pool, log, clock: systemClock }, portal);
        const weeks = await noteCleanWeeks({ pool, log }, portal);
        if (coachings + weeks === 0) continue;
        logger.info({ portal: portal.portalId, coachings, weeks }, 'Repeats and clean weeks were noted');
      }
    });
  }

  /** Learns what is usual from each week on. */
  private async learn(): Promise<void> {
    const { pool, log, logger } = this.parts;
    await this.repeat('Learning limits', limitsEveryMs, async () => {
      for (const portal of await this.portals()) {
        const isLearned = await learnLimits({ pool, log }, portal);
        if (isLearned) logger.info({ portal: portal.portalId }, 'What is usual was learned from the year before');
      }
    });
  }

  private async repeat(what: string, everyMs: number, work: () => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await work();
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        this.parts.logger.warn({ reason }, `${what} rest and are tried again`);
      }
      await rest(everyMs, signal);
    }
  }

  private async portals(): Promise<JudgedPortal[]> {
    const registered = await this.parts.registry.list();
    return registered
      .filter(({ status }) => status !== 'removed')
      .map(({ portalId, bucket, zone, workingHours }) => ({ portalId, bucket, hours: { zone, ...workingHours } }));
  }

  /** Finishes the batches under way and gives the buckets back. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }
}

/** Resolves a moment after something was appended, when the time is out, or at the end. */
function wakeOf(listener: CuratorParts['listener'], timeoutMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stopListening();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, timeoutMs);
    // The facts have to be folded first: a moment later they are.
    const stopListening = listener.onWakeUp(() => setTimeout(end, Math.min(50, timeoutMs)));
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}

function rest(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    function end(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
