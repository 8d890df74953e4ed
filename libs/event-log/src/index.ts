export { catalogueOf, type EventCatalogue, type UnreadableCode } from './catalogue/event-catalogue.js';
export {
  type Decided,
  type DecideOnStream,
  type Decision,
  type DecisionLog,
  decisionsOf,
  foldStream,
  isOvertaken,
  type StreamFold,
} from './decide/decide-on-stream.js';
export { type EventWriter, eventWriter, type ToldEvent } from './decide/event-writer.js';
export { eraseSubject, type EraseSubjectOptions, type ErasureReport } from './erasure/erase-subject.js';
export { emptyMatches } from './erasure/empty-matches.js';
export { rewriteTables } from './erasure/rewrite-tables.js';
export { erasureEvents, recordsErasedBy, SUBJECT_ERASED } from './erasure/subject-erased.js';
export { eraseKeys, readErased, suppress } from './erasure/suppression.js';
export { InMemoryFeed, type InMemoryFeedOptions } from './feed/in-memory-feed.js';
export { InMemoryLeases } from './feed/in-memory-leases.js';
export type { LeaseOptions, Leases } from './feed/leases.js';
export { PostgresFeed, type PostgresFeedOptions } from './feed/postgres-feed.js';
export { readWorkers, type Worker } from './feed/read-workers.js';
export { WakeUpListener } from './feed/wake-up-listener.js';
export { type AwaitHook, type AwaitPoint, awaitPoints } from './project/await-points.js';
export { type FeedGuard, KafkaFeed, type KafkaFeedOptions } from './kafka/kafka-feed.js';
export { RELAY, type RelayOptions, runRelay } from './kafka/run-relay.js';
export { checkTopic, defaultEventTopic, type EventTopic, eventTopicOf, prepareTopic } from './kafka/topic.js';
export { type Checkpoint, checkpointOf, waitForPosition } from './project/checkpoint.js';
export type {
  ProjectionBatch,
  ProjectionLogger,
  ProjectionOptions,
  ProjectionProgress,
} from './project/projection-options.js';
export { runProjection } from './project/run-projection.js';
export { type ProjectionLag, readProjectionLag } from './project/projection-lag.js';
export { quarantinedPortals } from './quarantine/quarantined-portals.js';
export {
  listQuarantine,
  type QuarantinedEvent,
  type QuarantineFilter,
  type QuarantinePage,
} from './quarantine/list-quarantine.js';
export { type RequestedRetry, requestRetry, requestRetryOfAll } from './quarantine/request-retry.js';
export { type QuarantineSummary, summariseQuarantine } from './quarantine/summarise-quarantine.js';
export { checksumsOf, differenceBetween, type TableChecksum } from './rebuild/compare-schemas.js';
export {
  type Generation,
  type GenerationState,
  readGenerations,
  registerFirstGeneration,
} from './rebuild/generations.js';
export { dropGeneration, listRebuilds, type RebuildView, requestRebuild } from './rebuild/request-rebuild.js';
export { runReadModel, type RunReadModelOptions } from './rebuild/run-read-model.js';
export { switchGeneration, type SwitchOptions, type SwitchOutcome } from './rebuild/switch-generation.js';
export type { ReadModel, ReadModelBatch, StreamRows } from './rebuild/read-model.js';
export type { PartRebuilt, RebuildPartOptions } from './rebuild/rebuild-part.js';
export { rebuildPortal } from './rebuild/rebuild-portal.js';
export {
  type PortalVerification,
  type ReadModelVerification,
  verifyReadModel,
  type VerifyReadModelOptions,
} from './rebuild/verify-read-model.js';
export { type Replayed, replayPortal, type ReplayOptions } from './rebuild/replay-portal.js';
export { dropSnapshotsOf } from './time-travel/snapshot-rows.js';
export { type AsAt, TimeTravel, type TimeTravelOptions, type Travelled } from './time-travel/time-travel.js';
export { eventIdOf } from './event-id.js';
export { InMemoryEventLog } from './in-memory-event-log.js';
export { InMemoryKeyStore } from './keys/in-memory-key-store.js';
export { KeyRing, type KeyRingOptions, type ToOpen, type ToSeal } from './keys/key-ring.js';
export type { KeyStore, WrappedKey } from './keys/key-store.js';
export { PostgresKeyStore } from './keys/postgres-key-store.js';
export {
  opensSubjectKeys,
  otherMasterKey,
  refuseOtherMasterKey,
  type RewrappedKeys,
  rewrapKeys,
} from './keys/rewrap-keys.js';
export { eventLogMigrations } from './migrations/index.js';
export type {
  AppendedEvent,
  AppendGroup,
  AppendOptions,
  AppendResult,
  EventLog,
  ExpectedVersion,
  Feed,
  FeedAssignment,
  PortalAddress,
} from './port.js';
export { type AppendObservation, PostgresEventLog, type PostgresEventLogOptions } from './postgres-event-log.js';
export { readEventsAt } from './read/read-events-at.js';
export type { DamageKind } from './verify/check-event.js';
export {
  type BucketVerification,
  countHoles,
  type Damage,
  type Verification,
  verifyLog,
  type VerifyOptions,
} from './verify/verify-log.js';
