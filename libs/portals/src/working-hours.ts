import { Rejection } from '@funnelwatch/kernel';

/** When people work in a common week, in the zone of their portal. */
export interface WorkingHours {
  /** ISO days of the week, 1 is Monday, ascending, each once. */
  days: number[];
  /** `HH:MM`, before `to`. */
  from: string;
  /** `HH:MM` of the same day. */
  to: string;
}

const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** Throws `Rejection` WORKING_HOURS_INVALID with what is wrong. */
export function refuseWrongHours({ days, from, to }: WorkingHours): void {
  const isWeek = days.every(
    (day, index) => Number.isInteger(day) && day >= 1 && day <= 7 && (days[index - 1] ?? 0) < day,
  );
  if (days.length === 0 || !isWeek) {
    throw invalid('Name at least one working day, Monday is 1 and Sunday is 7, in order.');
  }
  if (!TIME.test(from) || !TIME.test(to) || from >= to) {
    throw invalid('The working day must begin before it ends; write times such as 09:00.');
  }
}

const invalid = (sentence: string): Rejection => new Rejection('WORKING_HOURS_INVALID', sentence);
