export { cancelMessage } from './cancel-message/cancel-message.js';
export { type Composed, markersIn } from './domain/compose.js';
export {
  type About,
  type AboutKind,
  aboutKinds,
  type Channel,
  channels,
  type ChannelSetting,
  type MessageState,
  messageStates,
  type MessageText,
  type RecipientState,
} from './domain/message.js';
export { mayCancel, mayRetry } from './domain/message-life.js';
export { reasonSentence } from './domain/reasons.js';
export { enqueueMessage, type NewMessage } from './enqueue-message/enqueue-message.js';
export { listMessages, type MessageQuery, readMessageTexts } from './list-messages/list-messages.js';
export { type OutboxCount, outboxStatus } from './outbox-status/outbox-status.js';
export {
  isOwnWrite,
  ownActivities,
  ownMarkers,
  type OwnObject,
  type OwnObjectKind,
  ownObjects,
  type SeenActivity,
} from './own-objects/own-objects.js';
export { type Preview, previewMessage, type PreviewRequest } from './preview-message/preview-message.js';
export { retryMessage } from './retry-message/retry-message.js';
export type { Outcome, OutboxLogger, OutboxOptions, PortalToWrite } from './run-outbox/outbox-options.js';
export { runOutbox } from './run-outbox/run-outbox.js';
export { readChannels } from './set-channel/channel-settings.js';
export { type ChannelChange, setChannel } from './set-channel/set-channel.js';
export type { StoredMessage } from './stored-message/stored-message.js';
export { writeBackMigrations } from './write-back-migrations.js';
