export type { BatchOutcome } from './batch-answer.js';
export {
  type Answer,
  type BatchAnswer,
  BitrixClient,
  type BitrixClientOptions,
  type CallOptions,
  type Command,
  type Exchange,
  isReadMethod,
  MAX_BATCH_COMMANDS,
} from './client.js';
export {
  BitrixFailure,
  type BitrixFailureCode,
  bitrixFailureCodes,
  type FailureDetails,
  type Retry,
} from './failure.js';
export { sentenceOf } from './failure-sentences.js';
export {
  Limiter,
  type LimiterProfile,
  limiterProfiles,
  type LimiterState,
  priorities,
  type Priority,
} from './limiter.js';
export type { Parameters, ParameterValue } from './php-query.js';
export type { PortalTime } from './portal-time.js';
export type { Timeouts } from './transport.js';
export { parseWebhookUrl, type Webhook, webhookUrlOf } from './webhook-url.js';
