export { type AddressRules, isPublicAddress, type Resolver } from './address-guard.js';
export type { BatchOutcome } from './batch-answer.js';
export { BatchSize } from './batch-size.js';
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
  type WriteOptions,
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
export {
  entityTypeIds,
  idOf,
  type Listing,
  listingCommand,
  type ListingName,
  type ListingQuery,
  listings,
  type Row,
  rowsOf,
} from './listings.js';
export type { Parameters, ParameterValue } from './php-query.js';
export {
  type CategoryRow,
  getCommand,
  type GettableKind,
  type PortalProfile,
  readCategories,
  readCurrencies,
  readDepartments,
  readProfile,
  readRecord,
  readScopes,
  readServerTime,
  readStageHistoryOf,
  readStatuses,
} from './portal-reads.js';
export { type PortalTime, readPortalTime } from './portal-time.js';
export {
  type CrmReference,
  type NewComment,
  type NewNotification,
  type NewTask,
  writeComment,
  writeNotification,
  writeTask,
} from './portal-writes.js';
export {
  commentsWrittenSince,
  readTaskStates,
  readUserStates,
  type TaskState,
  tasksWrittenSince,
} from './read-written.js';
export { type PortalProbe, probePortal } from './probe-portal.js';
export {
  type OwnerRead,
  ownerReads,
  type OwnerRows,
  readPerOwner,
  type ReadPerOwnerOptions,
} from './read-per-owner.js';
export type { Timeouts } from './transport.js';
export { walkByIds, type WalkOptions, type WalkPage } from './walk-by-ids.js';
export { parseWebhookUrl, type Webhook, webhookUrlOf } from './webhook-url.js';
