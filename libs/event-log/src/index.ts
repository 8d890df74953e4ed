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
