import type { SnoozeReason, SnoozeUntil } from '../api/schema.js';
import { addDays } from '../format/dates.js';
import { instantOf, wallClockOf } from '../moment/wall-clock.js';

export const snoozePresets = ['hour', 'tomorrow', 'monday', 'event', 'count'] as const;
export type SnoozePreset = (typeof snoozePresets)[number];

export const snoozeReasons = ['client', 'absence', 'data', 'later'] as const satisfies readonly SnoozeReason[];

const MORNING = '10:00';
const TIMES = 3;

/** Until when a case is put off, by the clock of the portal. */
export function snoozeUntil(preset: SnoozePreset, now: Date, zone: string): SnoozeUntil {
  const { day } = wallClockOf(now.toISOString(), zone);
  switch (preset) {
    case 'hour':
      return { kind: 'time', at: new Date(now.getTime() + 3_600_000).toISOString() };
    case 'tomorrow':
      return { kind: 'time', at: morningOf(addDays(day, 1), zone) };
    case 'monday': {
      const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
      return { kind: 'time', at: morningOf(addDays(day, (8 - weekday) % 7 || 7), zone) };
    }
    case 'event':
      return { kind: 'event' };
    case 'count':
      return { kind: 'count', count: TIMES };
  }
}

function morningOf(day: string, zone: string): string {
  const instant = instantOf(day, MORNING, zone);
  if (instant === null) throw new Error(`No such day: ${day}`);
  return instant;
}
