import type { KeptFact } from '../facts/kept-fact.js';
import { byTime, type Happening, happeningsOf } from './happening.js';

/**
 * Everything that happened to the streams of a bundle, in order. An activity that stands for a call begins with the call:
 * the portal writes it down only when the call is over. `configured`: when their stages were configured otherwise.
 */
export function tell(
  factsByStream: ReadonlyMap<string, readonly KeptFact[]>,
  untilMs: number,
  configured: readonly Happening[] = [],
): Happening[] {
  const happenings: Happening[] = [...configured];
  const callStarts = new Map<string, number>();
  for (const facts of factsByStream.values()) {
    const told = happeningsOf(facts);
    for (const happening of told) {
      if (happening.kind !== 'call' || happening.type !== 'created') continue;
      const activityId = happening.fields['activityId'];
      if (typeof activityId === 'string') callStarts.set(`activity:${activityId}`, happening.at);
    }
    happenings.push(...told);
  }
  for (const happening of happenings) {
    if (happening.kind !== 'activity' || happening.type !== 'created') continue;
    const startAt = callStarts.get(happening.stream);
    if (startAt === undefined) continue;
    happening.hasCall = true;
    if (startAt <= happening.at) happening.at = startAt;
  }
  const known = happenings.filter(({ at }) => at <= untilMs);
  return known.sort(byTime);
}
