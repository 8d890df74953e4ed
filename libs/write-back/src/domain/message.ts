/** Ways in which the product writes into a portal. Each is off until a person switches it on. */
export const channels = ['task', 'notification', 'timeline-comment'] as const;
export type Channel = (typeof channels)[number];

/** What a message may be about; all but a person can carry tasks and comments. */
export const aboutKinds = ['lead', 'deal', 'contact', 'company', 'invoice', 'user'] as const;
export type AboutKind = (typeof aboutKinds)[number];

export interface About {
  kind: AboutKind;
  /** Id in the portal. */
  id: string;
}

export type CrmAbout = About & { kind: Exclude<AboutKind, 'user'> };

export const isCrm = (about: About): about is CrmAbout => about.kind !== 'user';

export interface MessageText {
  title: string;
  body: string;
  /** Where the person can see more, http or https. */
  link: string | null;
}

/**
 * - `waiting`: to be sent at `nextAttemptAt`, for the first time or again.
 * - `held`: not sent for a reason that a person or the next day takes away.
 * - `sending`: on its way; whether it arrived is known only from the answer.
 * - `sent`, `cancelled`, `refused` (by the portal, trying again would not help), `failed` (given up after many attempts).
 */
export const messageStates = ['waiting', 'held', 'sending', 'sent', 'cancelled', 'refused', 'failed'] as const;
export type MessageState = (typeof messageStates)[number];

/** A channel of a portal as people set it. */
export interface ChannelSetting {
  channel: Channel;
  isEnabled: boolean;
  /** Messages that one person gets at most on a day of the portal's zone. */
  capPerPersonDay: number;
  /** Who set it last; null where nobody ever did. */
  enabledBy: string | null;
  enabledAt: Date | null;
}

const DEFAULT_CAP_PER_PERSON_DAY = 5;

/** What holds where nobody has set anything. */
export const unset = (channel: Channel): ChannelSetting => ({
  channel,
  isEnabled: false,
  capPerPersonDay: DEFAULT_CAP_PER_PERSON_DAY,
  enabledBy: null,
  enabledAt: null,
});

/** Whether a person can be written to, as the portal tells. */
export type RecipientState = 'active' | 'dismissed' | 'unknown';
