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
  /** Told of each step and how long its transaction took. */
  onStep?(portal: JudgedPortal, step: JudgeStep, seconds: number): void;
  /** Longest sleep when there is nothing to do; 500 ms unless told. */
  longestIdleMs?: number;
}

const lookForPortalsEveryMs = 5_000;
const portalsAtOnce = 3;

/**
 * Judges every portal whenever its rule clock or the decisions about its rules have moved on, until `signal` aborts. Any
 * number of processes may do this together. A portal that cannot be judged keeps no other waiting.
 */
export async function runJudge(options: RunJudgeOptions): Promise<void> {
  const { signal, longestIdleMs = 500 } = options;
  const troubles = new Troubles(options.logger);
  let portals: JudgedPortal[] = [];
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  while (!signal.aborted) {
    let isMoving = false;
    try {
      if (performance.now() - lookedAtMs >= lookForPortalsEveryMs) {
        portals = await options.portals();
        lookedAtMs = performance.now();
      }
      const due = (await portalsWithWork(options.pool, portals)).values();
      // One waits for the database while another one is thought about.
      const takeTurns = async (): Promise<void> => {
        for (const portal of due) isMoving = (await judgeToTheEnd(options, portal, troubles)) || isMoving;
      };
      await Promise.all(Array.from({ length: portalsAtOnce }, takeTurns));
      troubles.over('all');
    } catch (error) {
      troubles.note('all', 'Judging rests and is tried again', { reason: reasonOf(error) });
    }
    // A portal that stands still, or that another process holds, has work and does not get on with it.
    if (!isMoving) await options.wake(longestIdleMs);
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Says what keeps a portal from being judged when it begins, not each time it is met again. */
class Troubles {
  private readonly told = new Map<string, string>();

  constructor(private readonly logger: JudgeLogger) {}

  note(whose: string, message: string, details: object): void {
    const key = JSON.stringify([message, details]);
    if (this.told.get(whose) === key) return;
    this.told.set(whose, key);
    this.logger.warn(details, message);
  }

  over(whose: string): void {
    this.told.delete(whose);
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

/** Whether anything was judged. */
async function judgeToTheEnd(options: RunJudgeOptions, portal: JudgedPortal, troubles: Troubles): Promise<boolean> {
  const { portalId } = portal;
  let isMoving = false;
  try {
    // The others have their turn before a portal with a long history is through.
    for (let step = 0; step < mostStepsInARow && !options.signal.aborted; step += 1) {
      const beganMs = performance.now();
      const done = await judgePortal(options, portal);
      options.onStep?.(portal, done, (performance.now() - beganMs) / 1000);
      for (const { ruleId, subject, message } of done.faults) {
        options.logger.warn(
          { portal: portalId, ruleId, subject, reason: message },
          'A condition could not be computed',
        );
      }
      if (done.frozen) troubles.note(portalId, 'The rule clock stands still', { portal: portalId, code: done.frozen });
      else troubles.over(portalId);
      isMoving ||= done.isMore || done.subjects > 0 || done.events > 0;
      if (!done.isMore) break;
    }
  } catch (error) {
    troubles.note(portalId, 'A portal cannot be judged and is tried again', {
      portal: portalId,
      reason: reasonOf(error),
    });
  }
  return isMoving;
}
