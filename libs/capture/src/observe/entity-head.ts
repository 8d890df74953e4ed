import type { CapturedFields, EntityKind } from '@funnelwatch/capture-contracts';
import type { JsonValue } from '@funnelwatch/kernel';
import { int8Array, int4Array, jsonArray, textArray, timestamptzArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { PortalAddress } from '@funnelwatch/event-log';

/** What is kept in clear of the last known state. */
export interface HeadContent {
  fields: CapturedFields;
  extra: Record<string, JsonValue>;
}

/** The last known state of an object: what the next observation is compared with. */
export interface EntityHead {
  kind: EntityKind;
  id: string;
  /** Counts the facts of the object: the next one is version + 1. */
  version: number;
  state: 'present' | 'deleted' | 'merged';
  contentHash: string;
  content: HeadContent;
  /** Keyed hash by personal field. */
  personalHashes: Record<string, string>;
  observedAt: string;
  observedRequest: number;
}

interface HeadRow {
  id: string;
  version: number;
  state: EntityHead['state'];
  content_hash: string;
  content: HeadContent;
  personal_hashes: Record<string, string>;
  observed_at: Date;
  observed_request: number;
}

/** Heads of one kind, locked until the end of the transaction in the order of their ids. */
export async function lockHeads(
  tx: PoolClient,
  portal: PortalAddress,
  kind: EntityKind,
  ids: string[],
): Promise<Map<string, EntityHead>> {
  const { rows } = await tx.query<HeadRow>({
    name: 'capture.lock_heads',
    text: `SELECT id, version, state, content_hash, content, personal_hashes, observed_at, observed_request
             FROM capture.entity_head
            WHERE portal_id = $1 AND kind = $2 AND id = ANY ($3::text[])
            ORDER BY id
              FOR UPDATE`,
    values: [portal.portalId, kind, textArray(ids)],
  });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        kind,
        id: row.id,
        version: row.version,
        state: row.state,
        contentHash: row.content_hash,
        content: row.content,
        personalHashes: row.personal_hashes,
        observedAt: row.observed_at.toISOString(),
        observedRequest: row.observed_request,
      },
    ]),
  );
}

/** Writes new and changed heads: one statement for any number of them. */
export async function saveHeads(tx: PoolClient, portal: PortalAddress, heads: EntityHead[]): Promise<void> {
  if (heads.length === 0) return;
  const textField = (head: EntityHead, name: string): string | null => {
    const value = head.content.fields[name];
    return typeof value === 'string' ? value : null;
  };
  await tx.query({
    name: 'capture.save_heads',
    text: `INSERT INTO capture.entity_head AS head
             (bucket, portal_id, kind, id, number, version, state, content_hash, content, personal_hashes, pipeline_id,
              stage_id, semantics, moved_at, owner_kind, owner_id, observed_at, observed_request)
           SELECT $1, $2, new.*
             FROM unnest($3::text[], $4::text[], $5::int8[], $6::int4[], $7::text[], $8::text[], $9::json[],
                         $10::json[], $11::text[], $12::text[], $13::text[], $14::timestamptz[], $15::text[],
                         $16::text[], $17::timestamptz[], $18::int8[]) AS new
           ON CONFLICT (portal_id, kind, id) DO UPDATE
              SET version = excluded.version, state = excluded.state, content_hash = excluded.content_hash,
                  content = excluded.content, personal_hashes = excluded.personal_hashes,
                  pipeline_id = excluded.pipeline_id, stage_id = excluded.stage_id, semantics = excluded.semantics,
                  moved_at = excluded.moved_at, owner_kind = excluded.owner_kind, owner_id = excluded.owner_id,
                  observed_at = excluded.observed_at, observed_request = excluded.observed_request,
                  missed_passes = 0`,
    values: [
      portal.bucket,
      portal.portalId,
      textArray(heads.map((head) => head.kind)),
      textArray(heads.map((head) => head.id)),
      int8Array(heads.map((head) => (/^\d{1,15}$/.test(head.id) ? Number(head.id) : null))),
      int4Array(heads.map((head) => head.version)),
      textArray(heads.map((head) => head.state)),
      textArray(heads.map((head) => head.contentHash)),
      jsonArray(heads.map((head) => JSON.stringify(head.content))),
      jsonArray(heads.map((head) => JSON.stringify(head.personalHashes))),
      textArray(heads.map((head) => textField(head, 'pipelineId'))),
      textArray(heads.map((head) => textField(head, 'stageId'))),
      textArray(heads.map((head) => textField(head, 'stageSemantics'))),
      // Objects that never moved stand in their stage since they were created.
      timestamptzArray(heads.map((head) => textField(head, 'movedAt') ?? textField(head, 'createdAt'))),
      textArray(heads.map((head) => textField(head, 'ownerKind'))),
      textArray(heads.map((head) => textField(head, 'ownerObjectId'))),
      timestamptzArray(heads.map((head) => head.observedAt)),
      int8Array(heads.map((head) => head.observedRequest)),
    ],
  });
}

/** Notes that objects were seen unchanged, so that an older observation arriving later is known as old. */
export async function markSeen(
  tx: PoolClient,
  portal: PortalAddress,
  kind: EntityKind,
  ids: string[],
  observedAt: string,
  request: number,
): Promise<void> {
  if (ids.length === 0) return;
  await tx.query({
    name: 'capture.mark_seen',
    text: `UPDATE capture.entity_head SET observed_at = $4, observed_request = $5, missed_passes = 0
            WHERE portal_id = $1 AND kind = $2 AND id = ANY ($3::text[])`,
    values: [portal.portalId, kind, textArray(ids), observedAt, request],
  });
}
