import {
  factType,
  type PipelineObjectKind,
  type StageMoveCorrectedData,
  type StageMovedData,
  type StageMoveWithdrawnData,
  streamOf,
} from '@funnelwatch/capture-contracts';
import { eventIdOf } from '@funnelwatch/event-log';
import type { JsonObject, NewEvent } from '@funnelwatch/kernel';
import type { StageHistoryRow } from '../normalise/stage-history.js';
import { actorOf } from '../observe/record-observations.js';
import type { CaptureTransaction, Sighting } from '../write/capture-writer.js';
import { type KnownMove, matchNewRows, matchWholeHistory, type MoveOutcome } from './match-history.js';
import { lastMovers, lockMoves, saveMoves } from './stage-move-rows.js';

export interface RecordedHistory {
  moved: number;
  corrected: number;
  withdrawn: number;
  /** Owners whose whole history must be read to know. */
  unclearOwners: string[];
}

/**
 * Tells the log the moves of one kind that rows of the stage history show and that it does not know yet. `wholeOf`
 * names the owners whose complete history is in `rows`; of the others only new rows are.
 */
export async function recordHistory(
  unit: CaptureTransaction,
  kind: PipelineObjectKind,
  rows: StageHistoryRow[],
  sighting: Sighting,
  wholeOf: ReadonlySet<string> = new Set(),
): Promise<RecordedHistory> {
  const recorded: RecordedHistory = { moved: 0, corrected: 0, withdrawn: 0, unclearOwners: [] };
  const byOwner = rowsByOwner(rows);
  for (const ownerId of wholeOf) if (!byOwner.has(ownerId)) byOwner.set(ownerId, []);
  const ownerIds = [...byOwner.keys()].sort();
  if (ownerIds.length === 0) return recorded;
  const movers = await lastMovers(unit.tx, unit.portal, kind, ownerIds);
  const known = await lockMoves(unit.tx, unit.portal, kind, ownerIds);
  const saved: { ownerId: string; move: KnownMove }[] = [];
  for (const ownerId of ownerIds) {
    const match = wholeOf.has(ownerId) ? matchWholeHistory : matchNewRows;
    const knownMoves = known.get(ownerId) ?? [];
    const usedIds = new Set(knownMoves.map(({ moveId }) => moveId));
    const { outcomes, needsWholeHistory } = match(knownMoves, byOwner.get(ownerId) ?? []);
    if (needsWholeHistory) recorded.unclearOwners.push(ownerId);
    for (const outcome of outcomes) {
      // A reading proves nothing about a move made after it began.
      if (outcome.type === 'withdrawn' && outcome.move.movedAt >= sighting.observedAt) continue;
      const { move, event } = applyOutcome(unit, kind, ownerId, outcome, sighting, movers.get(ownerId), usedIds);
      usedIds.add(move.moveId);
      saved.push({ ownerId, move });
      if (event) unit.append(event);
      if (outcome.type !== 'renumbered') recorded[outcome.type] += 1;
    }
  }
  await saveMoves(unit.tx, unit.portal, kind, saved);
  return recorded;
}

function applyOutcome(
  unit: CaptureTransaction,
  kind: PipelineObjectKind,
  ownerId: string,
  outcome: MoveOutcome,
  sighting: Sighting,
  mover: { movedBy: string | null; movedAt: string | null } | undefined,
  usedIds: ReadonlySet<string>,
): { move: KnownMove; event: NewEvent | null } {
  const streamId = streamOf(kind, ownerId);
  const moverAt = (movedAt: string): string | null => (mover?.movedAt === movedAt ? mover.movedBy : null);
  switch (outcome.type) {
    case 'moved': {
      const { row } = outcome;
      const { moveId, ordinal } = freeMoveId(unit.portal.portalId, kind, ownerId, row, outcome.ordinal, usedIds);
      const move: KnownMove = {
        moveId,
        pipelineId: row.pipelineId,
        stageId: row.stageId,
        semantics: row.semantics,
        movedAt: row.movedAt,
        ordinal,
        rowId: row.rowId,
        state: 'recorded',
      };
      return {
        move,
        event: stageMoved(kind, ownerId, move, row.entry, moverAt(row.movedAt), sighting.provenance),
      };
    }
    case 'corrected': {
      const move: KnownMove = { ...outcome.move, movedAt: outcome.movedAt, rowId: outcome.rowId, state: 'recorded' };
      const data: StageMoveCorrectedData = {
        kind,
        id: ownerId,
        moveId: move.moveId,
        movedAt: outcome.movedAt,
        order: outcome.rowId,
      };
      return {
        move,
        event: {
          eventId: eventIdOf(outcome.movedAt, `corrected ${move.moveId} ${outcome.movedAt} ${outcome.rowId}`),
          streamId,
          type: factType(kind, 'StageMoveCorrected'),
          schemaVersion: 1,
          occurredAt: outcome.movedAt,
          actor: actorOf(moverAt(outcome.movedAt)),
          provenance: sighting.provenance,
          data: data as unknown as JsonObject,
        },
      };
    }
    case 'renumbered':
      return { move: { ...outcome.move, rowId: outcome.rowId }, event: null };
    case 'withdrawn': {
      const data: StageMoveWithdrawnData = { kind, id: ownerId, moveId: outcome.move.moveId };
      return {
        move: { ...outcome.move, state: 'withdrawn' },
        event: {
          eventId: eventIdOf(sighting.observedAt, `withdrawn ${outcome.move.moveId}`),
          streamId,
          type: factType(kind, 'StageMoveWithdrawn'),
          schemaVersion: 1,
          occurredAt: sighting.observedAt,
          actor: 'unknown',
          provenance: sighting.provenance,
          data: data as unknown as JsonObject,
        },
      };
    }
  }
}

/**
 * The first free id from an ordinal on. A reconstructed move keeps its id when its row turns up at another time, so an
 * id may be taken although no move stands at its entry any more; using it again would lose the new move.
 */
export function freeMoveId(
  portalId: string,
  kind: PipelineObjectKind,
  ownerId: string,
  entry: { pipelineId: string; stageId: string; movedAt: string },
  firstOrdinal: number,
  usedIds: ReadonlySet<string>,
): { moveId: string; ordinal: number } {
  for (let ordinal = firstOrdinal; ; ordinal += 1) {
    const moveId = moveIdOf(portalId, kind, ownerId, entry, ordinal);
    if (!usedIds.has(moveId)) return { moveId, ordinal };
  }
}

/** Id of a move and of the fact that tells it: (owner, pipeline, stage, time, ordinal) of the portal. */
function moveIdOf(
  portalId: string,
  kind: PipelineObjectKind,
  ownerId: string,
  entry: { pipelineId: string; stageId: string; movedAt: string },
  ordinal: number,
): string {
  const identity = [portalId, kind, ownerId, entry.pipelineId, entry.stageId, entry.movedAt, ordinal];
  return eventIdOf(entry.movedAt, `stage-move ${JSON.stringify(identity)}`);
}

export function stageMoved(
  kind: PipelineObjectKind,
  ownerId: string,
  move: KnownMove,
  entry: StageMovedData['entry'],
  movedBy: string | null,
  provenance: NewEvent['provenance'],
): NewEvent {
  const data: StageMovedData = {
    kind,
    id: ownerId,
    moveId: move.moveId,
    pipelineId: move.pipelineId as StageMovedData['pipelineId'],
    stageId: move.stageId,
    semantics: move.semantics,
    order: move.rowId,
    entry,
  };
  return {
    eventId: move.moveId,
    streamId: streamOf(kind, ownerId),
    type: factType(kind, 'StageMoved'),
    schemaVersion: 1,
    occurredAt: move.movedAt,
    actor: actorOf(movedBy),
    provenance,
    data: data as unknown as JsonObject,
  };
}

function rowsByOwner(rows: StageHistoryRow[]): Map<string, StageHistoryRow[]> {
  const byOwner = new Map<string, StageHistoryRow[]>();
  for (const row of rows) {
    const ofOwner = byOwner.get(row.ownerId);
    if (ofOwner) ofOwner.push(row);
    else byOwner.set(row.ownerId, [row]);
  }
  return byOwner;
}
