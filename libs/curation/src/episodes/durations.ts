import type { WorkingTime } from '@funnelwatch/calendar';
import type { CompiledDuration } from '../rules/compile-rule.js';
import { endOfLocalWeek } from './portal-days.js';

export interface PortalTime {
  workingTime: WorkingTime;
  zone: string;
}

/** The instant at which a duration that began at `fromMs` has run out. */
export function after(
  fromMs: number,
  duration: CompiledDuration,
  bindings: Record<string, unknown>,
  { workingTime, zone }: PortalTime,
): number {
  const amount = duration.amount(bindings);
  if (!(amount >= 0)) throw new Error(`A duration of ${String(amount)} is none.`);
  switch (duration.unit) {
    case 'min':
      return workingTime.add(new Date(fromMs), amount * 60_000).getTime();
    case 'h':
      return workingTime.add(new Date(fromMs), amount * 3_600_000).getTime();
    case 'wd':
      return workingTime.addDays(new Date(fromMs), amount).getTime();
    case 'd':
      return fromMs + amount * 86_400_000;
    case 'clock-min':
      return fromMs + amount * 60_000;
    case 'week-end':
      return endOfLocalWeek(fromMs, zone) - 1;
  }
}
