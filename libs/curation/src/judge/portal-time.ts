import { russianProductionCalendar, type WeeklySchedule, WorkingTime } from '@funnelwatch/calendar';

/** When people of a portal work in a common week: ISO days and `HH:MM`. */
export interface PortalHours {
  zone: string;
  days: readonly number[];
  from: string;
  to: string;
}

const kept = new Map<string, WorkingTime>();

const minutesOf = (time: string): number => {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
};

/** Working time of a portal: its week, its zone, the production calendar. Throws `Rejection` SCHEDULE_INVALID. */
export function workingTimeOf(hours: PortalHours): WorkingTime {
  const key = JSON.stringify([hours.zone, hours.days, hours.from, hours.to]);
  let workingTime = kept.get(key);
  if (!workingTime) {
    const schedule: Record<number, [number, number][]> = {};
    for (const day of hours.days) schedule[day] = [[minutesOf(hours.from), minutesOf(hours.to)]];
    workingTime = new WorkingTime({
      zone: hours.zone,
      schedule: schedule satisfies WeeklySchedule,
      production: russianProductionCalendar,
    });
    kept.set(key, workingTime);
  }
  return workingTime;
}

/** Working time in which a curator is to look at a case, by severity: S1 4 hours, S2 one day, S3 and S4 three. */
export function dueAtOf(severity: string, now: Date, workingTime: WorkingTime): Date {
  switch (severity) {
    case 'S1':
      return workingTime.add(now, 4 * 3_600_000);
    case 'S2':
      return workingTime.addDays(now, 1);
    default:
      return workingTime.addDays(now, 3);
  }
}
