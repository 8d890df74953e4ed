import { type HeardHour, hourMs } from '../stories/heard-hour.js';
import type { Observation } from './observe-deal.js';

/** Working hours between what each channel brought, by channel; the silence that goes on says nothing yet. */
export function observeSilences(
  heard: readonly HeardHour[],
  { workingTime, fromMs, untilMs }: Observation,
): Map<string, number[]> {
  const silences = new Map<string, number[]>();
  const lastAt = new Map<string, number>();
  for (const { channel, first, last } of heard) {
    if (first.at < fromMs || last.at > untilMs) continue;
    const before = lastAt.get(channel);
    lastAt.set(channel, last.at);
    if (before === undefined) continue;
    const hours = workingTime.between(new Date(before), new Date(first.at)) / hourMs;
    silences.set(channel, [...(silences.get(channel) ?? []), hours]);
  }
  return silences;
}
