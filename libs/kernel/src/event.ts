import type { JsonObject } from './json.js';

/** Who made the change in the CRM, as far as the portal tells. */
export type Actor = `user:${string}` | 'robot' | 'import' | 'system' | 'unknown';

/** Captured live, loaded later from the CRM's history, or inferred by us from states. */
export type Provenance = 'observed' | 'backfilled' | 'reconstructed';

/** Type and data of an event, for unions such as `PlanEvent`. */
export interface DomainEvent<Type extends string = string, Data = JsonObject> {
  type: Type;
  data: Data;
}

/**
 * Personal data of an event, one encrypted part per data subject. The key of the record is the subject
 * (`contact:12`), the value is opaque text that only the key ring can open.
 */
export type SealedParts = Record<string, string>;

/** An event as its author makes it: the log adds version, position, `recordedAt`, digest and hash. */
export interface NewEvent<Type extends string = string, Data = JsonObject> extends DomainEvent<Type, Data> {
  /** Deterministic UUIDv8, see `eventIdOf`: the same fact has the same id whoever saw it. */
  eventId: string;
  streamId: string;
  schemaVersion: number;
  /** When it happened in the CRM, ISO 8601 in UTC with milliseconds. */
  occurredAt: string;
  actor: Actor;
  provenance: Provenance;
  causationId?: string;
  correlationId?: string;
  sealed?: SealedParts;
}

/** An event as the log holds it. `data` and `sealed` are null once erased. */
export interface StoredEvent<Type extends string = string, Data = JsonObject> extends NewEvent<Type, Data> {
  portalId: string;
  bucket: number;
  /** Dense inside the bucket, from 1. Commit order = position order. */
  position: number;
  /** Dense inside the stream, from 1. */
  version: number;
  /** When the log recorded it, ISO 8601 in UTC with microseconds. */
  recordedAt: string;
  digest: string;
  hash: string;
  erased?: boolean;
}
