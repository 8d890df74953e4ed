import type { FeedbackChannel, PortalMessage } from '../api/schema.js';

/** Older messages stay for a person to decide. */
const RELEASED_WITHIN_MS = 24 * 3_600_000;

/** How many messages leave at once when a channel is switched on. */
export function releasedBy(channel: FeedbackChannel, held: readonly PortalMessage[], nowMs: number): number {
  return held.filter(
    (message) =>
      message.channel === channel &&
      message.reason === 'CHANNEL_OFF' &&
      nowMs - Date.parse(message.createdAt) <= RELEASED_WITHIN_MS,
  ).length;
}
