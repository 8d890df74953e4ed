import { BitrixFailure, type BitrixClient } from '@funnelwatch/bitrix24';
import type { EventLog, KeyRing, PortalAddress } from '@funnelwatch/event-log';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import { readBackfillProgress } from './backfill/backfill-progress.js';
import { closeStageGaps } from './backfill/close-stage-gaps.js';
import { countingCommands, planBackfill } from './backfill/plan-backfill.js';
import { type BackfillOptions, runBackfill } from './backfill/run-backfill.js';
import { configurationCommands, configurationFrom } from './configuration/read-configuration.js';
import { recordConfiguration } from './configuration/record-configuration.js';
import { acquireLease, type CaptureLease, LeaseLost, releaseLease, renewLease } from './lease/capture-lease.js';
import { LiveReader, type WatermarkGate } from './live/live-reader.js';
import { MatchHash } from './matches/match-hash.js';
import { normaliseDepartment } from './normalise/department.js';
import { recordObservations } from './observe/record-observations.js';
import { SeenContents } from './observe/seen-contents.js';
import { everyPeriod, Milestone, pause, untilFirstFailure } from './pacing.js';
import { type CaptureLogger, type PortalSession, requestNumbers } from './portal-session.js';
import { Reconciler } from './reconcile/reconciler.js';
import { updateStatus } from './status/capture-status.js';
import { CaptureWriter, type Sighting } from './write/capture-writer.js';
import { KeyedHash } from './write/keyed-hash.js';

/** A portal as its registry knows it. */
export interface PortalToCapture extends PortalAddress {
  /** IANA zone in which its days are counted. */
  zone: string;
}

/** How the connection to a portal stands, told whenever it changes. */
export type ConnectionReport =
  { state: 'connected'; baseCurrency: string | null } | { state: 'failed'; code: string; message: string };

export interface CapturePeriods {
  /** From the start of one poll to the start of the next. */
  pollMs: number;
  /** Between passes over the sets of ids. */
  reconcileMs: number;
  /** How far windows of modified time reach back; portal time, default five minutes. */
  overlapMs?: number;
  /** A lease not renewed for so long may be taken by another ingest; default six seconds. */
  leaseTtlMs?: number;
  /** First pause after a failure that may pass; doubles up to a minute. Default one second. */
  retryMs?: number;
  /** Pause after a failure that only a person can mend; default one minute. */
  recheckMs?: number;
}

export interface CaptureDependencies {
  pool: Pool;
  log: EventLog;
  keyRing: Pick<KeyRing, 'sealMany' | 'matchHash'>;
  /** A client of the portal with the webhook in force now; closed after use. */
  openClient(portal: PortalToCapture): Promise<BitrixClient>;
  reportConnection(portal: PortalToCapture, report: ConnectionReport): Promise<void>;
  clock: Clock;
  logger: CaptureLogger;
  periods: CapturePeriods;
  /** Name of this process among ingests, unique. */
  holder: string;
  batchCommands?: BackfillOptions['batchCommands'];
  /** Resolves when the workers behind the log have caught up enough for a backfill to go on. */
  pace?: (portal: PortalToCapture, signal: AbortSignal) => Promise<void>;
  /** Read the history and end: for measurements. */
  backfillOnly?: boolean;
}

const MOMENTARY = new Set(['TEMPORARY', 'RATE_LIMITED', 'METHOD_TIME_LIMITED']);
/** Failures that pass by themselves; after others a person has something to do, and checks are rare. */
const PASSING = new Set([
  'TEMPORARY',
  'RATE_LIMITED',
  'METHOD_TIME_LIMITED',
  'TIMED_OUT',
  'UNREACHABLE',
  'NOT_JSON',
  'UNKNOWN',
]);
/** Failures of our own that only a person can mend: they are shown like those of the portal. */
const KEY_FAILURES = new Set(['CREDENTIALS_UNREADABLE', 'KEY_RING_WRONG_MASTER_KEY']);
const LONGEST_RETRY_MS = 60_000;
/** A connection that held so long was no accident. */
const LASTING_MS = 30_000;
const SLOW_TICKS = 6;

/**
 * Captures one portal until the signal aborts: takes the lease, reads configuration and history, then keeps up with
 * changes and reconciles. Several processes may do this for one portal: one of them works. Failures of the portal are
 * reported and tried again with growing pauses; all progress is stored with its facts, so every start carries on.
 */
export async function capturePortal(
  portal: PortalToCapture,
  dependencies: CaptureDependencies,
  signal: AbortSignal,
): Promise<void> {
  const { periods, pool, logger } = dependencies;
  const ttlMs = periods.leaseTtlMs ?? 6000;
  let failures = 0;
  let connectedMs: number | null = null;
  while (!signal.aborted) {
    let lease: CaptureLease | null = null;
    try {
      lease = await acquireLease(pool, portal, dependencies.holder, ttlMs);
      if (!lease) {
        await pause(ttlMs / 3, signal);
        continue;
      }
      connectedMs = null;
      await captureUnderLease(portal, lease, dependencies, signal, ttlMs, () => {
        connectedMs = dependencies.clock.now().getTime();
      });
      return;
    } catch (error) {
      if (signal.aborted) return;
      // A connection that lasted begins a new count; one that breaks again and again is tried less and less often.
      const lasted = connectedMs !== null && dependencies.clock.now().getTime() - connectedMs > LASTING_MS;
      failures = lasted ? 1 : failures + 1;
      await pause(await settleFailure(portal, dependencies, error, failures), signal);
    } finally {
      if (lease) {
        await releaseLease(pool, lease).catch((error: unknown) => {
          logger.warn({ portalId: portal.portalId, err: error }, 'The capture lease could not be released');
        });
      }
    }
  }
}

async function captureUnderLease(
  portal: PortalToCapture,
  lease: CaptureLease,
  dependencies: CaptureDependencies,
  signal: AbortSignal,
  ttlMs: number,
  onConnected: () => void,
): Promise<void> {
  const { pool, periods } = dependencies;
  await updateStatus(pool, portal, { phase: 'configuration' });
  const client = await dependencies.openClient(portal);
  const stop = new AbortController();
  const abort = (): void => stop.abort(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const renewing = everyPeriod(ttlMs / 3, dependencies.clock, stop.signal, () => renewLease(pool, lease, ttlMs));
  // Whoever waits for it below learns of a failure; until then it must not count as unhandled.
  renewing.catch(() => undefined);
  try {
    const writer = new CaptureWriter(pool, dependencies.log, lease);
    const session = await openSession(client, writer, dependencies, stop.signal);
    await dependencies.reportConnection(portal, {
      state: 'connected',
      baseCurrency: session.configuration.baseCurrency,
    });
    onConnected();
    const gate: WatermarkGate = { isCertified: false, isVisibilityLost: false };
    const reconciler = new Reconciler(session, { zone: portal.zone, gate });
    await reconciler.resume();
    const usersRead = new Milestone();
    const listingsRead = new Milestone();

    const backfill = async (): Promise<void> => {
      await updateStatus(pool, portal, { phase: 'backfill' });
      await runBackfill(session, {
        batchCommands: dependencies.batchCommands ?? 'adaptive',
        pace: dependencies.pace && (() => dependencies.pace?.(portal, stop.signal) ?? Promise.resolve()),
        onUsersRead: () => usersRead.reach(),
        onListingsRead: () => listingsRead.reach(),
      });
      await updateStatus(pool, portal, { phase: 'live' });
    };
    const live = async (): Promise<void> => {
      await usersRead.reached(stop.signal);
      if (stop.signal.aborted) return;
      const overlapMs = periods.overlapMs ?? 300_000;
      const reader = await LiveReader.resume(session, { overlapMs, slowEveryTicks: SLOW_TICKS, gate });
      await everyPeriod(periods.pollMs, dependencies.clock, stop.signal, () => reader.tick());
    };
    const reconcile = async (): Promise<void> => {
      await listingsRead.reached(stop.signal);
      await everyPeriod(periods.reconcileMs, dependencies.clock, stop.signal, () => reconciler.pass());
    };
    const work = dependencies.backfillOnly ? [backfill()] : [backfill(), live(), reconcile()];
    await untilFirstFailure([...work], renewing, stop);
  } finally {
    stop.abort();
    signal.removeEventListener('abort', abort);
    await renewing.catch(() => undefined);
    await client.close();
  }
}

/** First request: configuration and, before the first backfill, the counts of everything. */
async function openSession(
  client: BitrixClient,
  writer: CaptureWriter,
  dependencies: CaptureDependencies,
  signal: AbortSignal,
): Promise<PortalSession> {
  const { pool, clock, logger, keyRing } = dependencies;
  const { portal, lease } = writer;
  const progress = await readBackfillProgress(pool, portal.portalId);
  const isNew = progress.length === 0;
  const commands = { ...configurationCommands(), ...(isNew ? countingCommands() : {}) };
  const nextRequest = requestNumbers(lease.epoch);
  const request = nextRequest();
  const { outcomes } = await client.batch(commands, { priority: 'live', signal });
  const { configuration, departments, time } = await configurationFrom(client, outcomes, signal);
  const session: PortalSession = {
    client,
    writer,
    tools: {
      keyed: new KeyedHash(await keyRing.matchHash(portal, 'capture of differences')),
      matchHash: new MatchHash(await keyRing.matchHash(portal, 'finding of matches')),
      sealer: keyRing,
      seen: new SeenContents(),
    },
    pool,
    clock,
    logger,
    signal,
    configuration,
    nextRequest,
  };
  const sighting: Sighting = { observedAt: time.startedAt, request, provenance: isNew ? 'backfilled' : 'observed' };
  await writer.write(async (unit) => {
    await recordConfiguration(unit, configuration, sighting);
    await recordObservations(unit, session.tools, 'department', departments.map(normaliseDepartment), sighting);
  });
  if (isNew) await planBackfill(session, outcomes);
  else if (progress.every(({ state }) => state === 'done')) await closeStageGaps(session, 'ask the portal first');
  return session;
}

/** Reports what went wrong and says how long to wait before the next attempt. */
async function settleFailure(
  portal: PortalToCapture,
  dependencies: CaptureDependencies,
  error: unknown,
  failures: number,
): Promise<number> {
  const { periods, logger, pool } = dependencies;
  const retryMs = Math.min(LONGEST_RETRY_MS, (periods.retryMs ?? 1000) * 2 ** Math.min(failures - 1, 10));
  if (error instanceof LeaseLost) {
    logger.warn({ portalId: portal.portalId }, error.message);
    return 0;
  }
  const isShown = error instanceof BitrixFailure || (error instanceof Rejection && KEY_FAILURES.has(error.code));
  if (!isShown) {
    logger.error({ portalId: portal.portalId, err: error }, 'Capture stopped and will be tried again');
    return retryMs;
  }
  logger.warn({ portalId: portal.portalId, code: error.code, failures }, error.message);
  const isPassing = PASSING.has(error.code);
  // One command that fails for a moment is not a state worth showing.
  if (!MOMENTARY.has(error.code) || failures >= 2) {
    await dependencies
      .reportConnection(portal, { state: 'failed', code: error.code, message: error.message })
      .then(() => updateStatus(pool, portal, { phase: 'failed' }))
      .catch((cause: unknown) => logger.error({ portalId: portal.portalId, err: cause }, 'The state was not stored'));
  }
  return isPassing ? retryMs : (periods.recheckMs ?? 60_000);
}
