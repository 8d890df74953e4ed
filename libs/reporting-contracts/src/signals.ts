/** What is watched, and when somebody has to look: read by alerts, dashboards and the page of operations. */
export const signals = {
  capture_lag: { unit: 'seconds', warnAt: 900, criticalAt: 3600 },
  capture_silent: { unit: 'seconds', warnAt: null, criticalAt: 300 },
  connection_broken: { unit: 'yes', warnAt: null, criticalAt: 0 },
  certificate_age: { unit: 'seconds', warnAt: 26 * 3600, criticalAt: 50 * 3600 },
  unexplained: { unit: 'count', warnAt: 0, criticalAt: null },
  visibility_lost: { unit: 'count', warnAt: null, criticalAt: 0 },
  rules_frozen: { unit: 'yes', warnAt: 0, criticalAt: null },
  cases_overdue: { unit: 'count', warnAt: 0, criticalAt: null },
  cases_near_due: { unit: 'count', warnAt: 0, criticalAt: null },
  plan_pace: { unit: 'times', warnAt: 1.5, criticalAt: null },
  figures_age: { unit: 'seconds', warnAt: 600, criticalAt: null },
  outbox_overdue: { unit: 'seconds', warnAt: 3600, criticalAt: null },
  read_model_lag: { unit: 'seconds', warnAt: 60, criticalAt: 600 },
  read_model_stopped: { unit: 'yes', warnAt: null, criticalAt: 0 },
  quarantine_age: { unit: 'seconds', warnAt: 0, criticalAt: 3600 },
} as const satisfies Record<string, SignalBounds>;

/** A figure above a bound raises it; null: there is none. */
export interface SignalBounds {
  unit: 'seconds' | 'count' | 'yes' | 'times';
  warnAt: number | null;
  criticalAt: number | null;
}

export type Signal = keyof typeof signals;
export const signalNames = Object.keys(signals) as Signal[];

/** How a figure stands. Unknown signals are of a newer database: nothing is said of them. */
export function standingOf(signal: Signal, value: number): 'well' | 'warning' | 'critical' {
  const { warnAt, criticalAt }: SignalBounds = signals[signal];
  if (criticalAt !== null && value > criticalAt) return 'critical';
  return warnAt !== null && value > warnAt ? 'warning' : 'well';
}
