import type { CaseCard, RecordEvent } from '../api/schema.js';

/** A step of what happened: a fact of the CRM, the instant the breach began, or the one at which the case opened. */
export type TimelineStep =
  | { kind: 'event'; key: string; at: string; event: RecordEvent }
  | { kind: 'breach'; key: string; at: string }
  | { kind: 'opened'; key: string; at: string };

/** Steps at each side of the breach that are shown. */
const REACH = 3;

/** What happened around a breach in order, with the breach among it. */
export function timelineOf({ row, around }: Pick<CaseCard, 'row' | 'around'>): TimelineStep[] {
  const before = around.filter(({ occurredAt }) => occurredAt <= row.startedAt).slice(-REACH);
  const after = around.filter(({ occurredAt }) => occurredAt > row.startedAt).slice(0, REACH);
  const steps: TimelineStep[] = [...before, ...after].map((event) => ({
    kind: 'event',
    key: event.eventId,
    at: event.occurredAt,
    event,
  }));
  steps.splice(before.length, 0, { kind: 'breach', key: 'breach', at: row.startedAt });
  if (row.opensAt === row.startedAt) return steps;
  const last = steps.findLastIndex(({ at }) => at <= row.opensAt);
  steps.splice(last + 1, 0, { kind: 'opened', key: 'opened', at: row.opensAt });
  return steps;
}

/** The kind of record an event is about, by its type; null where the type names none. */
export function kindOfEvent(type: string): string | null {
  const subject = /^([A-Z][a-z]+(?:Rows)?)(?=[A-Z]|$)/.exec(type)?.[1];
  return subject === undefined ? null : subject.replace('Rows', '-rows').toLowerCase();
}
