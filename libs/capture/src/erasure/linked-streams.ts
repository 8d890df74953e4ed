import { entityOf, type EntityKind } from '@funnelwatch/capture-contracts';
import type { PortalAddress } from '@funnelwatch/event-log';
import type { JsonObject, JsonValue } from '@funnelwatch/kernel';
import type { Pool } from 'pg';
import { linksOf } from './links-of.js';

interface EventRow {
  position: number;
  stream_id: string;
  data: JsonObject;
}

const IDS_AT_ONCE = 200;
const ROWS_AT_ONCE = 1_000;
const linkedKinds: readonly EntityKind[] = [
  'lead',
  'deal',
  'invoice',
  'contact',
  'activity',
  'call',
  'task',
  'requisite',
  'product-rows',
];

/**
 * Streams of records that were linked to any of these at any time, by what the log tells after a position. Walks the
 * events of the portal once for every two hundred streams; memory holds what is found.
 */
export async function linkedStreams(
  pool: Pool,
  portal: PortalAddress,
  streams: ReadonlySet<string>,
  afterPosition: number,
): Promise<string[]> {
  const linked = new Set<string>();
  const all = [...streams];
  for (let start = 0; start < all.length; start += IDS_AT_ONCE) {
    const part = new Set(all.slice(start, start + IDS_AT_ONCE));
    const ids = new Set(
      [...part].map((stream) => stream.slice(stream.indexOf(':') + 1)).filter((id) => /^\d+$/.test(id)),
    );
    if (ids.size === 0) continue;
    // Ids stand in quotes, as numbers, or behind a short name of their kind (D_10); what is found so is looked at.
    const pattern = `[":_](${[...ids].join('|')})["},\\]]`;
    for (let after = afterPosition; ;) {
      const { rows } = await pool.query<EventRow>({
        text: `SELECT "position", stream_id, body->'data' AS data FROM log.event
                WHERE bucket = $1 AND portal_id = $2 AND "position" > $3
                  AND split_part(stream_id, ':', 1) = ANY ($4::text[]) AND body->>'data' IS NOT NULL
                  AND body::text ~ $5
                ORDER BY "position" LIMIT $6`,
        values: [portal.bucket, portal.portalId, after, linkedKinds, pattern, ROWS_AT_ONCE],
      });
      for (const { stream_id: streamId, data } of rows) {
        if (!streams.has(streamId) && linksToldBy(streamId, data).some((link) => part.has(link))) linked.add(streamId);
      }
      const last = rows.at(-1);
      if (!last || rows.length < ROWS_AT_ONCE) break;
      after = last.position;
    }
  }
  return [...linked];
}

/** Links of a record by one of its facts: a snapshot, or what a field was before and after a change. */
function linksToldBy(streamId: string, data: JsonObject): string[] {
  const entity = entityOf(streamId);
  if (!entity) return [];
  const sides = [[data['fields'], data['extra']]];
  for (const side of ['before', 'after'] as const) {
    sides.push([sideOf(data['changes'], side), sideOf(data['extra'], side)]);
  }
  return sides.flatMap(([fields, extra]) => linksOf(entity.kind, objectOf(fields), objectOf(extra)));
}

/** `{name: {before, after}}` → `{name: value}`. */
function sideOf(changes: JsonValue | undefined, side: 'before' | 'after'): JsonObject {
  return Object.fromEntries(
    Object.entries(objectOf(changes)).map(([name, change]) => [name, objectOf(change)[side] ?? null]),
  );
}

const objectOf = (value: JsonValue | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
