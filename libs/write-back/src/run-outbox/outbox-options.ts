import type { BitrixClient } from '@funnelwatch/bitrix24';
import type { KeyRing, PortalAddress } from '@funnelwatch/event-log';
import type { Clock } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';
import type { AttemptLimits } from '../domain/message-life.js';
import type { StoredMessage } from '../stored-message/stored-message.js';

/** What has become of a message. */
export type Outcome =
  /** `isAdopted`: an earlier attempt had succeeded without our knowing. */
  | { outcome: 'sent'; portalObjectId: string; isAdopted: boolean }
  | { outcome: 'held'; reason: string; until: Date | null }
  | { outcome: 'refused' | 'failed' | 'cancelled'; reason: string }
  /** Of tasks, by the portal's clock: its recipient has seen it, has completed it, or it was deleted. */
  | { outcome: 'seen' | 'done' | 'gone'; at: Date };

export interface PortalToWrite extends PortalAddress {
  /** IANA zone in which days are counted. */
  zone: string;
}

export interface OutboxLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface OutboxOptions extends Partial<AttemptLimits> {
  /** Of a login in the group `capture`. */
  pool: Pool;
  keyRing: KeyRing;
  /** The portals to write to, those that are paused left out. */
  portals(): Promise<readonly PortalToWrite[]>;
  /**
   * A client of the portal, closed after use. It shares its limiter with whoever reads the portal, and gives up a request
   * (`timeouts.totalMs`) well before `leaseMs` has passed.
   */
  openClient(portal: PortalToWrite): Promise<BitrixClient>;
  clock: Clock;
  logger: OutboxLogger;
  /** Called in the transaction that records an outcome; what it throws undoes the recording, not the writing. */
  onOutcome?(client: PoolClient, message: StoredMessage, outcome: Outcome): Promise<void>;
  /** Numbers in [0, 1) that spread attempts. */
  random?: () => number;
  /** Between looks into the outbox; 1 s unless told. */
  pollMs?: number;
  /** How long a worker may be silent before another takes its messages over; 240 s unless told. */
  leaseMs?: number;
  /** Messages of a portal taken at once; 10 unless told, at most 50. */
  batchSize?: number;
}

export interface OutboxDependencies extends Required<Omit<OutboxOptions, 'onOutcome'>> {
  onOutcome: NonNullable<OutboxOptions['onOutcome']>;
}

/**
 * With a request cut by the portal after 60 s and given up here after 120 s, nothing can still take effect 90 s after we
 * gave up, or 240 s after a worker fell silent.
 */
const defaults = {
  random: Math.random,
  pollMs: 1000,
  leaseMs: 240_000,
  batchSize: 10,
  maxAttempts: 10,
  firstPauseMs: 30_000,
  longestPauseMs: 3_600_000,
  settleMs: 90_000,
};

export function withDefaults(options: OutboxOptions): OutboxDependencies {
  const told = Object.entries(options).filter(([, value]) => value !== undefined);
  const { pool, keyRing, clock, logger } = options;
  const demanded = { pool, keyRing, clock, logger, portals: options.portals, openClient: options.openClient };
  return { ...defaults, onOutcome: () => Promise.resolve(), ...demanded, ...Object.fromEntries(told) };
}
