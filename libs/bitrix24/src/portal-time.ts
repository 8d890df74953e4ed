/** The `time` block of an answer: what the portal says about its own clock and the cost of the call. */
export interface PortalTime {
  /** When the portal began to answer, by its own clock; ISO 8601 in UTC with milliseconds. Seconds are exact. */
  startedAt: string;
  /** Minutes the portal's zone is ahead of UTC, as printed in the answer. */
  offsetMinutes: number;
  durationSeconds: number;
  /** Execution time the portal has charged for the method lately; null when it keeps no account. */
  operatingSeconds: number | null;
  /** Seconds from the end of this answer until a part of that charge is forgiven; null when not told. */
  operatingResetInSeconds: number | null;
}

/** Reads a `time` block of any age and build; null when there is none that can be understood. */
export function readPortalTime(raw: unknown): PortalTime | null {
  if (!isMap(raw) || typeof raw.date_start !== 'string') return null;
  const startMs = Date.parse(raw.date_start);
  if (Number.isNaN(startMs)) return null;
  const finish = typeof raw.finish === 'number' ? raw.finish : startMs / 1000;
  const reset = epochSeconds(raw.operating_reset_at);
  return {
    startedAt: new Date(startMs).toISOString(),
    offsetMinutes: offsetOf(raw.date_start),
    durationSeconds: typeof raw.duration === 'number' ? raw.duration : 0,
    operatingSeconds: typeof raw.operating === 'number' ? raw.operating : null,
    operatingResetInSeconds: reset === null ? null : Math.max(0, reset - finish),
  };
}

function offsetOf(text: string): number {
  const match = /([+-])(\d{2}):?(\d{2})$/.exec(text);
  if (!match) return 0;
  const [, sign, hours, minutes] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function epochSeconds(raw: unknown): number | null {
  if (typeof raw === 'number') return raw;
  if (typeof raw !== 'string') return null;
  const parsed = /^\d+$/.test(raw) ? Number(raw) : Date.parse(raw) / 1000;
  return Number.isNaN(parsed) ? null : parsed;
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
