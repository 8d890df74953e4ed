import type { Contribution } from './contribution.js';

export const hourMs = 3_600_000;

/** One arrival through a channel. */
export interface Arrival {
  /** Milliseconds since the epoch. */
  at: number;
  eventId: string;
  position: number;
}

/** What a channel brought within one hour: silences shorter than that are of no interest. */
export interface HeardHour {
  channel: string;
  first: Arrival;
  last: Arrival;
}

/** To whom an arrival is contributed: its channel within its hour. */
export const heardWithin = (channel: string, at: number): string => `heard:${Math.floor(at / hourMs)}:${channel}`;

/** The channel that contributions to an hour are of; null for other ones. */
export function channelOfHour(to: string): string | null {
  const [, channel] = /^heard:\d+:(.*)$/s.exec(to) ?? [];
  return channel ?? null;
}

const inOrder = (left: Arrival, right: Arrival): number =>
  left.at - right.at || (left.eventId < right.eventId ? -1 : left.eventId > right.eventId ? 1 : 0);

/** The first and the last of the arrivals within one hour; null without any. */
export function heardHourOf(channel: string, contributions: readonly Contribution[]): HeardHour | null {
  const arrivals = contributions.map(({ at, eventId, position }) => ({ at, eventId, position })).sort(inOrder);
  const [first, last] = [arrivals.at(0), arrivals.at(-1)];
  return first && last ? { channel, first, last } : null;
}
