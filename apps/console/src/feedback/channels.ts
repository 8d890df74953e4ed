import type { ChannelSetting, FeedbackChannel } from '../api/schema.js';

/** Ways into a portal in the order in which they are offered. */
export const channelNames = ['task', 'notification', 'timeline-comment'] as const satisfies readonly FeedbackChannel[];

/** What somebody chose to send along with a verdict: a channel, or `none`. */
export type VerdictChannel = FeedbackChannel | 'none';

export const isChannel = (value: string | null): value is FeedbackChannel =>
  channelNames.some((channel) => channel === value);

/** Channels that are switched on, in their order. */
export function enabledChannels(settings: readonly ChannelSetting[]): FeedbackChannel[] {
  return channelNames.filter((channel) => settings.some((each) => each.channel === channel && each.isEnabled));
}

/** What goes with a verdict: what was chosen last where it is on, else the first that is; `none` where all are off. */
export function verdictChannel(settings: readonly ChannelSetting[], chosen: string | null): VerdictChannel {
  const enabled = enabledChannels(settings);
  if (chosen === 'none') return 'none';
  return enabled.find((channel) => channel === chosen) ?? enabled[0] ?? 'none';
}
