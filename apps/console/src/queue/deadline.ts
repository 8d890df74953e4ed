import type { CaseRow } from '../api/schema.js';

/** `calm` under a half of the time, `soon` from 50 %, `close` from 80 %, `over` when it has run out. */
export type Urgency = 'calm' | 'soon' | 'close' | 'over';

const HOUR_MS = 3_600_000;

/** Longest time from recording to deadline by severity: working hours with a night or a weekend between. */
const spanMs: Record<CaseRow['severity'], number> = {
  S1: 4 * HOUR_MS,
  S2: 24 * HOUR_MS,
  S3: 72 * HOUR_MS,
  S4: 72 * HOUR_MS,
};

/** How pressing a deadline is. When the case was recorded is not told: its severity says how long before the deadline. */
export function urgencyOf({ dueAt, severity }: Pick<CaseRow, 'dueAt' | 'severity'>, nowMs: number): Urgency {
  const leftMs = Date.parse(dueAt) - nowMs;
  if (leftMs <= 0) return 'over';
  const share = 1 - leftMs / spanMs[severity];
  return share >= 0.8 ? 'close' : share >= 0.5 ? 'soon' : 'calm';
}
