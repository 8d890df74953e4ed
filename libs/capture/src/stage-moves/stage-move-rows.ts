import type { PipelineObjectKind, StageSemantics } from '@funnelwatch/capture-contracts';
import type { PortalAddress } from '@funnelwatch/event-log';
import { int4Array, int8Array, textArray, timestamptzArray, uuidArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { KnownMove } from './match-history.js';

interface MoveRow {
  owner_id: string;
  move_id: string;
  pipeline_id: string;
  stage_id: string;
  semantics: StageSemantics;
  moved_at: Date;
  ordinal: number;
  row_id: number;
  state: KnownMove['state'];
}

/** Known moves by owner, locked until the end of the transaction. */
export async function lockMoves(
  tx: PoolClient,
  portal: PortalAddress,
  kind: PipelineObjectKind,
  ownerIds: string[],
): Promise<Map<string, KnownMove[]>> {
  const { rows } = await tx.query<MoveRow>({
    name: 'capture.lock_moves',
    text: `SELECT owner_id, move_id, pipeline_id, stage_id, semantics, moved_at, ordinal, row_id, state
             FROM capture.stage_move
            WHERE portal_id = $1 AND kind = $2 AND owner_id = ANY ($3::text[])
            ORDER BY owner_id, move_id
              FOR UPDATE`,
    values: [portal.portalId, kind, textArray(ownerIds)],
  });
  const byOwner = new Map<string, KnownMove[]>();
  for (const row of rows) {
    const move: KnownMove = {
      moveId: row.move_id,
      pipelineId: row.pipeline_id,
      stageId: row.stage_id,
      semantics: row.semantics,
      movedAt: row.moved_at.toISOString(),
      ordinal: row.ordinal,
      rowId: row.row_id,
      state: row.state,
    };
    const moves = byOwner.get(row.owner_id);
    if (moves) moves.push(move);
    else byOwner.set(row.owner_id, [move]);
  }
  return byOwner;
}

/** Inserts new moves and updates time, row and state of known ones. */
export async function saveMoves(
  tx: PoolClient,
  portal: PortalAddress,
  kind: PipelineObjectKind,
  moves: { ownerId: string; move: KnownMove }[],
): Promise<void> {
  if (moves.length === 0) return;
  await tx.query({
    name: 'capture.save_moves',
    text: `INSERT INTO capture.stage_move
             (bucket, portal_id, kind, owner_id, move_id, pipeline_id, stage_id, semantics, moved_at, ordinal, row_id, state)
           SELECT $1, $2, $3, new.*
             FROM unnest($4::text[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::int4[],
                         $11::int8[], $12::text[]) AS new
           ON CONFLICT (portal_id, kind, owner_id, move_id) DO UPDATE
              SET moved_at = excluded.moved_at, row_id = excluded.row_id, state = excluded.state`,
    values: [
      portal.bucket,
      portal.portalId,
      kind,
      textArray(moves.map(({ ownerId }) => ownerId)),
      uuidArray(moves.map(({ move }) => move.moveId)),
      textArray(moves.map(({ move }) => move.pipelineId)),
      textArray(moves.map(({ move }) => move.stageId)),
      textArray(moves.map(({ move }) => move.semantics)),
      timestamptzArray(moves.map(({ move }) => move.movedAt)),
      int4Array(moves.map(({ move }) => move.ordinal)),
      int8Array(moves.map(({ move }) => move.rowId)),
      textArray(moves.map(({ move }) => move.state)),
    ],
  });
}

/** Who moved an object last and when, as its row tells: the only trace of an actor. */
export async function lastMovers(
  tx: PoolClient,
  portal: PortalAddress,
  kind: PipelineObjectKind,
  ownerIds: string[],
): Promise<Map<string, { movedBy: string | null; movedAt: string | null }>> {
  const { rows } = await tx.query<{ id: string; moved_by: string | null; moved_at: string | null }>({
    name: 'capture.last_movers',
    text: `SELECT id, content -> 'fields' ->> 'movedBy' AS moved_by, content -> 'fields' ->> 'movedAt' AS moved_at
             FROM capture.entity_head
            WHERE portal_id = $1 AND kind = $2 AND id = ANY ($3::text[])`,
    values: [portal.portalId, kind, textArray(ownerIds)],
  });
  return new Map(rows.map((row) => [row.id, { movedBy: row.moved_by, movedAt: row.moved_at }]));
}
