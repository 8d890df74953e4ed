export { eventIdOf } from './event-id.js';
export { InMemoryEventLog } from './in-memory-event-log.js';
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
export { PostgresEventLog, type PostgresEventLogOptions } from './postgres-event-log.js';
