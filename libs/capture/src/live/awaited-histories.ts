import { type BatchOutcome, type Command, listingCommand, rowsOf } from '@funnelwatch/bitrix24';
import type { PipelineObjectKind } from '@funnelwatch/capture-contracts';
import { textArray } from '@funnelwatch/postgres';
import { isRefusal } from '../configuration/read-configuration.js';
import { historyListingOf } from '../listings/captured-listings.js';
import { normaliseStageHistoryRow } from '../normalise/stage-history.js';
import type { PortalSession } from '../portal-session.js';
import { recordHistory } from '../stage-moves/record-history.js';
import {
  dropHistoryRequests,
  noteStageGaps,
  RECONSTRUCT_AFTER_MS,
  reconstructMoves,
} from '../stage-moves/stage-gaps.js';
import { isFullPage } from './rest-of-listing.js';

/** An object whose own history is to be read. */
export interface AwaitedHistory {
  kind: PipelineObjectKind;
  id: string;
  /** Portal time at which the need was noticed. */
  since: string;
  attempts: number;
}

const OWNERS_PER_TICK = 10;

/**
 * Histories to read now: those never read, and those whose waiting time is over, at which a missing move is
 * reconstructed. A portal whose clock stands still (a frozen copy) will not write the row either.
 */
export async function awaitedHistories(
  session: PortalSession,
  portalNow: string | null,
  isClockStanding: boolean,
): Promise<AwaitedHistory[]> {
  const { rows } = await session.pool.query<{ kind: PipelineObjectKind; id: string; since: Date; attempts: number }>({
    name: 'capture.awaited_histories',
    text: `SELECT kind, id, since, attempts
             FROM capture.follow_up
            WHERE portal_id = $1 AND work = 'stage-history' AND (attempts = 0 OR since <= $2 OR $3)
            ORDER BY attempts, since
            LIMIT $4`,
    values: [session.writer.portal.portalId, waitedSince(portalNow), isClockStanding, OWNERS_PER_TICK],
  });
  return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
}

function waitedSince(portalNow: string | null): Date {
  return portalNow === null ? new Date(0) : new Date(Date.parse(portalNow) - RECONSTRUCT_AFTER_MS);
}

export function historyCommands(awaited: AwaitedHistory[]): Record<string, Command> {
  return Object.fromEntries(
    awaited.map(({ kind, id }, index) => [
      `h${index}`,
      listingCommand(historyListingOf[kind].listing, { filter: { OWNER_ID: id } }),
    ]),
  );
}

/** Records the whole histories that were read; reconstructs what is still missing when its time has come. */
export async function recordAwaitedHistories(
  session: PortalSession,
  awaited: AwaitedHistory[],
  outcomes: Record<string, BatchOutcome>,
  request: number,
  clock: { portalNow: string | null; isStanding: boolean },
): Promise<void> {
  const { portalNow, isStanding: isClockStanding } = clock;
  for (const [index, { kind, id, since, attempts }] of awaited.entries()) {
    const outcome = outcomes[`h${index}`];
    if (!outcome) continue;
    // A portal that refuses the history has none: the move is reconstructed in time instead of being asked for ever.
    if (!outcome.ok && !isRefusal(outcome.failure)) continue;
    const observedAt = (outcome.ok ? outcome.time?.startedAt : portalNow) ?? since;
    const rows = outcome.ok ? rowsOf(historyListingOf[kind].listing, outcome.result) : [];
    const entries = rows.map((row) => normaliseStageHistoryRow(kind, row)).filter((entry) => entry !== null);
    // Of a history longer than a page only a part was read: nothing in it proves that a row is missing.
    const wholeOf = new Set(isFullPage(rows) ? [] : [id]);
    const isOver = attempts > 0 && (isClockStanding || since <= waitedSince(observedAt).toISOString());
    await session.writer.write(async (unit) => {
      await recordHistory(unit, kind, entries, { observedAt, request, provenance: 'observed' }, wholeOf);
      const gaps = await noteStageGaps(unit, kind, [id], since);
      if (gaps.length === 0) await dropHistoryRequests(unit, kind, [id]);
      else if (isOver) {
        await reconstructMoves(unit, kind, gaps);
        await dropHistoryRequests(unit, kind, gaps);
      }
      await unit.tx.query(
        `UPDATE capture.follow_up SET attempts = attempts + 1
          WHERE portal_id = $1 AND work = 'stage-history' AND kind = $2 AND id = ANY ($3::text[])`,
        [unit.portal.portalId, kind, textArray([id])],
      );
    });
  }
}
