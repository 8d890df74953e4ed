import { addDays } from '../format/dates.js';
import { instantOf } from '../moment/wall-clock.js';

const LONGEST_MS = 120 * 86_400_000;

/** An absence of whole days of a zone, both included; null for days that make none, or more than 120 of them. */
export function absenceOf(
  from: string | null,
  through: string | null,
  zone: string,
): { startsAt: string; endsAt: string } | null {
  if (from === null || through === null || from > through) return null;
  const startsAt = instantOf(from, '00:00', zone);
  const endsAt = instantOf(addDays(through, 1), '00:00', zone);
  if (startsAt === null || endsAt === null || Date.parse(endsAt) - Date.parse(startsAt) > LONGEST_MS) return null;
  return { startsAt, endsAt };
}
