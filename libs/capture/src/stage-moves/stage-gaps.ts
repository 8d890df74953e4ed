import type { PipelineObjectKind, StageSemantics } from '@funnelwatch/capture-contracts';
import { textArray } from '@funnelwatch/postgres';
import type { CaptureTransaction } from '../write/capture-writer.js';
import type { KnownMove } from './match-history.js';
import { freeMoveId, stageMoved } from './record-history.js';
import { lockMoves, saveMoves } from './stage-move-rows.js';

/** How long the history may lag behind the object before a move is reconstructed, in portal time. */
export const RECONSTRUCT_AFTER_MS = 600_000;

interface GapRow {
  id: string;
  pipeline_id: string;
  stage_id: string;
  semantics: StageSemantics;
  moved_at: Date;
  moved_by: string | null;
}

/**
 * Objects that stand in a stage which their last known move does not lead to, the move not being newer than what the
 * object says of itself.
 */
const GAPS = `
  SELECT head.id, head.pipeline_id, head.stage_id, head.semantics, head.moved_at,
         head.content -> 'fields' ->> 'movedBy' AS moved_by
    FROM capture.entity_head AS head
    LEFT JOIN LATERAL (
         SELECT pipeline_id, stage_id, moved_at
           FROM capture.stage_move AS move
          WHERE move.portal_id = head.portal_id AND move.kind = head.kind AND move.owner_id = head.id
            AND move.state <> 'withdrawn'
          ORDER BY moved_at DESC, row_id DESC
          LIMIT 1) AS last ON true
   WHERE head.portal_id = $1 AND head.kind = $2 AND head.state = 'present' AND head.moved_at IS NOT NULL
     AND (last.moved_at IS NULL OR head.moved_at >= last.moved_at)
     AND (last.pipeline_id, last.stage_id) IS DISTINCT FROM (head.pipeline_id, head.stage_id)`;

/**
 * Compares objects with their last known move. Those that differ are put down for a reading of their own history
 * (kept with the time of first sight), those that agree again are taken off once their history was read: it may have
 * been asked for because rows were unclear, not because of a gap.
 */
export async function noteStageGaps(
  unit: CaptureTransaction,
  kind: PipelineObjectKind,
  ids: string[],
  observedAt: string,
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await unit.tx.query<GapRow>({
    name: 'capture.stage_gaps_of',
    text: `${GAPS} AND head.id = ANY ($3::text[]) ORDER BY head.id`,
    values: [unit.portal.portalId, kind, textArray(ids)],
  });
  const gaps = rows.map((row) => row.id);
  const isGap = new Set(gaps);
  await requestHistory(unit, kind, gaps, observedAt);
  await unit.tx.query({
    name: 'capture.drop_answered_history_requests',
    text: `DELETE FROM capture.follow_up
            WHERE portal_id = $1 AND work = 'stage-history' AND kind = $2 AND id = ANY ($3::text[]) AND attempts > 0`,
    values: [unit.portal.portalId, kind, textArray(ids.filter((id) => !isGap.has(id)))],
  });
  return gaps;
}

/** Puts owners down for a reading of their whole history; those put down already keep their time. */
export async function requestHistory(
  unit: CaptureTransaction,
  kind: PipelineObjectKind,
  ids: string[],
  observedAt: string,
): Promise<void> {
  if (ids.length === 0) return;
  await unit.tx.query({
    name: 'capture.request_history',
    text: `INSERT INTO capture.follow_up (bucket, portal_id, work, kind, id, since)
           SELECT $1, $2, 'stage-history', $3, id, $5 FROM unnest($4::text[]) AS id
           ON CONFLICT DO NOTHING`,
    values: [unit.portal.bucket, unit.portal.portalId, kind, textArray(ids), observedAt],
  });
}

export async function dropHistoryRequests(
  unit: CaptureTransaction,
  kind: PipelineObjectKind,
  ids: string[],
): Promise<void> {
  if (ids.length === 0) return;
  await unit.tx.query({
    name: 'capture.drop_history_requests',
    text: `DELETE FROM capture.follow_up
            WHERE portal_id = $1 AND work = 'stage-history' AND kind = $2 AND id = ANY ($3::text[])`,
    values: [unit.portal.portalId, kind, textArray(ids)],
  });
}

/**
 * Tells the log the move into the present stage of objects whose history has no row for it (imports, changes made with
 * the history switched off). Returns the ids of the objects that got one.
 */
export async function reconstructMoves(
  unit: CaptureTransaction,
  kind: PipelineObjectKind,
  ids: string[],
): Promise<string[]> {
  if (ids.length === 0) return [];
  const { rows } = await unit.tx.query<GapRow>({
    name: 'capture.stage_gaps_of',
    text: `${GAPS} AND head.id = ANY ($3::text[]) ORDER BY head.id`,
    values: [unit.portal.portalId, kind, textArray(ids)],
  });
  const known = await lockMoves(
    unit.tx,
    unit.portal,
    kind,
    rows.map((row) => row.id),
  );
  const saved = rows.map((row) => {
    const entry = { pipelineId: row.pipeline_id, stageId: row.stage_id, movedAt: row.moved_at.toISOString() };
    const knownMoves = known.get(row.id) ?? [];
    const equalMoves = knownMoves.filter(
      (move) =>
        move.pipelineId === entry.pipelineId && move.stageId === entry.stageId && move.movedAt === entry.movedAt,
    );
    const usedIds = new Set(knownMoves.map(({ moveId }) => moveId));
    const { moveId, ordinal } = freeMoveId(unit.portal.portalId, kind, row.id, entry, equalMoves.length, usedIds);
    const move: KnownMove = {
      ...entry,
      moveId,
      semantics: row.semantics,
      ordinal,
      rowId: 0,
      state: 'reconstructed',
    };
    unit.append(stageMoved(kind, row.id, move, 'unknown', row.moved_by, 'reconstructed'));
    return { ownerId: row.id, move };
  });
  await saveMoves(unit.tx, unit.portal, kind, saved);
  return rows.map((row) => row.id);
}

/** Ids of objects with a gap, ascending by number after `afterNumber`, for a sweep after a backfill. */
export async function findStageGaps(
  unit: CaptureTransaction,
  kind: PipelineObjectKind,
  afterNumber: number,
  limit: number,
): Promise<{ id: string; number: number; movedAt: string }[]> {
  const { rows } = await unit.tx.query<{ id: string; moved_at: Date }>({
    name: 'capture.find_stage_gaps',
    text: `${GAPS} AND head.number > $3 ORDER BY head.number LIMIT $4`,
    values: [unit.portal.portalId, kind, afterNumber, limit],
  });
  return rows.map((row) => ({ id: row.id, number: Number(row.id), movedAt: row.moved_at.toISOString() }));
}
