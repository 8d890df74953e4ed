import { BatchSize, type BatchOutcome, BitrixFailure, MAX_BATCH_COMMANDS } from '@funnelwatch/bitrix24';
import { isUnavailable } from '../configuration/read-configuration.js';
import { type CapturedListing, capturedListings, essentialListings } from '../listings/captured-listings.js';
import { normaliseStageHistoryRow } from '../normalise/stage-history.js';
import { FACTS_PER_TRANSACTION, recordObservations } from '../observe/record-observations.js';
import type { PortalSession } from '../portal-session.js';
import { recordHistory } from '../stage-moves/record-history.js';
import { requestHistory } from '../stage-moves/stage-gaps.js';
import type { Sighting } from '../write/capture-writer.js';
import { loadCursors, saveCursors } from '../write/cursors.js';
import { advanceListing, type BackfillListing, readBackfillProgress, refuseListing } from './backfill-progress.js';
import { closeStageGaps } from './close-stage-gaps.js';
import { ListingReader, type ReadRows } from './listing-reader.js';
import { backfillFeed, productRowReadings, refusalOf } from './plan-backfill.js';
import { readProductRows } from './read-product-rows.js';

export interface BackfillOptions {
  /** Commands in a request: a fixed number, or adapted to how long the portal takes. */
  batchCommands: 'adaptive' | number;
  /** Resolves when the workers behind the log have caught up enough to go on. */
  pace?: () => Promise<void>;
  /** Called once users were read: facts may name them from now on. */
  onUsersRead?: () => void;
  /** Called once every listing was read; product rows, owner by owner, may take much longer. */
  onListingsRead?: () => void;
}

/**
 * Reads everything the portal holds, from where the last run stopped. Several short listings share a request. While
 * one reply is written the next one is fetched. Each chunk of facts commits with its cursor.
 */
export async function runBackfill(session: PortalSession, options: BackfillOptions): Promise<void> {
  const progress = new Map((await readBackfillProgress(session.pool, session.writer.portal.portalId)).map(byListing));
  const cursors = await loadCursors(session.pool, session.writer.portal);
  const readers = capturedListings
    .filter(({ name }) => progress.get(name)?.state !== 'done')
    .map((captured) => {
      const known = progress.get(captured.name);
      return new ListingReader(captured, known?.total ?? 0, known?.done ?? 0, cursors.get(backfillFeed(captured.name)));
    });
  const size = options.batchCommands === 'adaptive' ? new BatchSize() : null;
  const mostCommands = (): number => size?.commands ?? Math.min(MAX_BATCH_COMMANDS, Number(options.batchCommands));

  let writing: Promise<void> = Promise.resolve();
  const usersAreRead = (): boolean =>
    !readers.some(({ captured, isFinished }) => captured.kind === 'user' && !isFinished);
  if (usersAreRead()) options.onUsersRead?.();
  try {
    for (;;) {
      session.signal.throwIfAborted();
      await options.pace?.();
      const plan = planRequest(readers, mostCommands());
      if (plan.length === 0) break;
      const read = await fetchRows(session, plan, size);
      await writing;
      const isUsersRead = usersAreRead();
      writing = writeAll(session, read).then(() => (isUsersRead ? options.onUsersRead?.() : undefined));
      // Awaited on the next turn: a failure must not count as unhandled until then.
      writing.catch(() => undefined);
    }
  } finally {
    await writing;
  }
  const isUnfinished = (name: string): boolean => progress.get(name)?.state !== 'done';
  if ([...progress.keys()].some(isUnfinished)) await closeStageGaps(session);
  options.onListingsRead?.();
  for (const reading of productRowReadings) {
    if (isUnfinished(reading.name)) {
      await readProductRows(session, reading, cursors.get(backfillFeed(reading.name)), mostCommands, options.pace);
    }
  }
}

type Planned = { reader: ListingReader; prefix: string; pages: number };

/** Fills one request with the pages that the first unfinished listings still need. */
function planRequest(readers: ListingReader[], mostCommands: number): Planned[] {
  const plan: Planned[] = [];
  let free = mostCommands;
  for (const reader of readers) {
    if (reader.isFinished) continue;
    if (free <= 0) break;
    const pages = Math.min(free, reader.expectedPages);
    plan.push({ reader, prefix: `l${plan.length}p`, pages });
    free -= pages;
  }
  return plan;
}

async function fetchRows(
  session: PortalSession,
  plan: Planned[],
  size: BatchSize | null,
): Promise<(ReadRows | Refused)[]> {
  const commands = Object.assign(
    {},
    ...plan.map(({ reader, prefix, pages }) => reader.commands(prefix, pages)),
  ) as Record<string, { method: string }>;
  const request = session.nextRequest();
  const { outcomes, time } = await session.client
    .batch(commands, { priority: 'backfill', signal: session.signal })
    .catch((error: unknown) => {
      size?.observeFailure();
      throw error;
    });
  size?.observe(Object.keys(commands).length, (time?.durationSeconds ?? 0) * 1000);
  return plan.map(({ reader, prefix, pages }) => acceptOrRefuse(reader, outcomes, prefix, pages, request));
}

interface Refused {
  reader: ListingReader;
  refusal: { code: string; message: string };
}

function acceptOrRefuse(
  reader: ListingReader,
  outcomes: Record<string, BatchOutcome>,
  prefix: string,
  pages: number,
  request: number,
): ReadRows | Refused {
  try {
    return reader.accept(outcomes, prefix, pages, request);
  } catch (error) {
    if (!(error instanceof BitrixFailure) || !isUnavailable(error) || essentialListings.has(reader.captured.name))
      throw error;
    reader.isFinished = true;
    return { reader, refusal: refusalOf(error) };
  }
}

async function writeAll(session: PortalSession, parts: (ReadRows | Refused)[]): Promise<void> {
  for (const part of parts) {
    if ('refusal' in part) {
      await session.writer.write((unit) => refuseListing(unit.tx, unit.portal, part.reader.name, part.refusal));
      session.logger.warn({ listing: part.reader.name, code: part.refusal.code }, 'The portal refuses a listing');
      continue;
    }
    for (let from = 0; from === 0 || from < part.rows.length; from += FACTS_PER_TRANSACTION) {
      session.signal.throwIfAborted();
      await writeChunk(session, part, from, Math.min(from + FACTS_PER_TRANSACTION, part.rows.length));
    }
  }
}

/** Rows `from`…`to` of what was read, with the cursor that makes a restart carry on behind them. */
async function writeChunk(session: PortalSession, part: ReadRows, from: number, to: number): Promise<void> {
  const { captured } = part.reader;
  const rows = part.rows.slice(from, to);
  const isLast = to === part.rows.length;
  const sighting: Sighting = { observedAt: part.observedAt, request: part.request, provenance: 'backfilled' };
  const lastRow = rows.at(-1);
  const position = isLast || !lastRow ? part.position : { ...part.position, ...positionAt(captured, part, lastRow) };
  await session.writer.write(async (unit) => {
    if (captured.holds === 'objects') {
      const observations = rows.map((row) => captured.normalise(row, session.configuration));
      await recordObservations(unit, session.tools, captured.kind, observations, sighting);
    } else {
      const entries = rows.map((row) => normaliseStageHistoryRow(captured.kind, row)).filter((entry) => entry !== null);
      const { unclearOwners } = await recordHistory(unit, captured.kind, entries, sighting);
      await requestHistory(unit, captured.kind, unclearOwners, part.observedAt);
    }
    await saveCursors(unit, { [backfillFeed(part.reader.name)]: { ...position } });
    await advanceListing(unit.tx, unit.portal, part.reader.name, rows.length, isLast && part.isEnd);
  });
}

function positionAt(
  captured: CapturedListing,
  part: ReadRows,
  row: Record<string, unknown>,
): { segment: number; after: number } {
  const after = Number(row[captured.listing.rowId]);
  return { segment: part.readSegment, after };
}

function byListing(listing: BackfillListing): [string, BackfillListing] {
  return [listing.listing, listing];
}
