/** What the portal tells about a task. Instants are ISO 8601. */
export interface TaskFacts {
  status: string;
  statusChangedBy: string | null;
  statusChangedAt: string | null;
  closedAt: string | null;
  /** When the asking user looked at it last. */
  viewedAt: string | null;
}

export interface TaskAnswer {
  seenAt: Date | null;
  doneAt: Date | null;
}

const PENDING = '2';
/** Completed, or handed in for control. */
const DONE = new Set(['4', '5']);

/**
 * What a task says about its recipient. A portal tells only the asking user's own looking, so that somebody else has seen a
 * task is known when they change its status. Who completed it does not matter: the work is done.
 */
export function readAnswer(task: TaskFacts, recipientId: string, askingUserId: string): TaskAnswer {
  const doneAt = DONE.has(task.status) ? (instant(task.closedAt) ?? instant(task.statusChangedAt)) : null;
  const looked = recipientId === askingUserId ? instant(task.viewedAt) : null;
  const acted = task.status !== PENDING && task.statusChangedBy === recipientId ? instant(task.statusChangedAt) : null;
  return { doneAt, seenAt: looked ?? acted };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When to ask next about a task of that age, in milliseconds from now: less and less often; null after 90 days. */
export function nextPollInMs(ageMs: number): number | null {
  if (ageMs < DAY_MS) return 10 * MINUTE_MS;
  if (ageMs < 7 * DAY_MS) return HOUR_MS;
  if (ageMs < 30 * DAY_MS) return 6 * HOUR_MS;
  return ageMs < 90 * DAY_MS ? DAY_MS : null;
}

function instant(text: string | null): Date | null {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : new Date(ms);
}
