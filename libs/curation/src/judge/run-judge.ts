import type { Pool } from 'pg';
import { type JudgedPortal, type JudgeOptions, judgePortal, type JudgeStep } from './judge-portal.js';

interface JudgeLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface RunJudgeOptions extends JudgeOptions {
  /** Portals that are judged, as registered now. */
  portals(): Promise<JudgedPortal[]>;
  logger: JudgeLogger;
  signal: AbortSignal;
  /** Resolves when something may be new, or after the time-out. */
  wake(timeoutMs: number): Promise<void>;
  onStep?(portal: JudgedPortal, step: JudgeStep): void;
  /** Longest sleep when there is nothing to do; 500 ms unless told. */
  longestIdleMs?: number;
}

const lookForPortalsEveryMs = 5_000;

/**
 * Judges every portal whenever its rule clock or the decisions about its rules have moved on, until `signal` aborts. Any
 * number of processes may do this together.
 */
export async function runJudge(options: RunJudgeOptions): Promise<void> {
  const { signal, logger, longestIdleMs = 500 } = options;
  let portals: JudgedPortal[] = [];
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    try {
      if (performance.now() - lookedAtMs >= lookForPortalsEveryMs) {
        portals = await options.portals();
        lookedAtMs = performance.now();
      }
      const due = await portalsWithWork(options.pool, portals);
      for (const portal of due) await judgeToTheEnd(options, portal);
      if (due.length === 0) await options.wake(longestIdleMs);
    } catch (error) {
      logger.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'Judging rests and is tried again',
      );
      await options.wake(longestIdleMs);
    }
  }
}

/** Portals whose watermark or decisions were not judged by to the end. */
async function portalsWithWork(pool: Pool, portals: readonly JudgedPortal[]): Promise<JudgedPortal[]> {
  if (portals.length === 0) return [];
  const { rows } = await pool.query<{ portal_id: string }>(
    `SELECT clock.portal_id FROM read.rule_clock clock
       LEFT JOIN judge.progress progress ON progress.portal_id = clock.portal_id
       LEFT JOIN read.discipline decided ON decided.bucket = clock.bucket AND decided.portal_id = clock.portal_id
      WHERE progress.portal_id IS NULL OR clock.position > progress.seen_position
         OR decided.last_position > progress.settings_position OR progress.frozen_code IS NOT NULL`,
  );
  const due = new Set(rows.map((row) => row.portal_id));
  return portals.filter(({ portalId }) => due.has(portalId));
}

const mostStepsInARow = 50;

async function judgeToTheEnd(options: RunJudgeOptions, portal: JudgedPortal): Promise<void> {
  // The others have their turn before a portal with a long history is through.
  for (let step = 0; step < mostStepsInARow && !options.signal.aborted; step += 1) {
    const done = await judgePortal(options, portal);
    options.onStep?.(portal, done);
    if (done.frozen) options.logger.warn({ portal: portal.portalId, code: done.frozen }, 'The rule clock stands still');
    if (!done.isMore) return;
  }
}
