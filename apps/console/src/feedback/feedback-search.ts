import type { PortalMessage } from '../api/schema.js';

/** States by which messages are looked for, in the order of a menu. */
export const listedStates = [
  'waiting',
  'held',
  'sent',
  'refused',
  'failed',
  'cancelled',
] as const satisfies readonly PortalMessage['state'][];
export type ListedState = (typeof listedStates)[number];

export type FeedbackSearch = { state?: ListedState };

/** What of an address means something to the page; anything else in it is passed over. */
export function readFeedbackSearch(search: Record<string, unknown>): FeedbackSearch {
  const state = listedStates.find((known) => known === search['state']);
  return state === undefined ? {} : { state };
}
