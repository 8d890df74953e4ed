import { entityOf } from '@funnelwatch/capture-contracts';
import type { StreamRows } from '@funnelwatch/event-log';
import { isPipelineObject } from './fold-object.js';

const tablesOfObjects = ['funnel_object', 'object_version', 'stage_move', 'stage_visit', 'record_title'];
const tablesOfRecords = ['record', 'record_title'];

/** Rows that come from the facts of one captured record; null for any other stream, whose rows several make together. */
export function rowsOfStream(streamId: string): StreamRows[] | null {
  const entity = entityOf(streamId);
  if (!entity) return null;
  const { kind, id } = entity;
  const tables = isPipelineObject(kind) ? tablesOfObjects : tablesOfRecords;
  const rows: StreamRows[] = tables.map((table) => ({ table, where: { kind, object_id: id } }));
  if (kind === 'user') rows.push({ table: 'person', where: { user_id: id } });
  return rows;
}
