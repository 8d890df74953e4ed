import { Rejection } from '@funnelwatch/kernel';
import { withTransaction } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { setAside } from '../quarantine/quarantine-rows.js';
import { EVENT_COLUMNS, readEvents } from '../read/read-events.js';
import { applyWhatCan } from './apply-what-can.js';
import { holdServing, servingOf } from './held-read-model.js';
import type { StreamRows } from './read-model.js';
import type { PartRebuilt, RebuildPartOptions } from './rebuild-part.js';
import { replaceQuarantine } from './replace-quarantine.js';

const BATCH_SIZE = 1_000;

/**
 * Makes the rows of one stream anew in what serves, in one transaction that holds its bucket. Rows that it shares with
 * other streams are added to, as applying does. Throws `Rejection` REBUILD_STREAM_NOT_SEPARABLE, and what `servingOf` does.
 */
export async function rebuildStream(options: RebuildPartOptions, streamId: string): Promise<PartRebuilt> {
  const { pool, model, catalogue, portal, signal } = options;
  const { bucket, portalId } = portal;
  const rows = model.rowsOfStream?.(streamId) ?? null;
  if (rows === null) {
    throw new Rejection(
      'REBUILD_STREAM_NOT_SEPARABLE',
      `What ${model.name} holds of ${streamId} cannot be told from other rows: rebuild the whole portal.`,
    );
  }
  const startedMs = performance.now();
  return withTransaction(pool, async (client) => {
    const position = await holdServing(client, model.name, bucket);
    const heldMs = performance.now();
    const { schema } = await servingOf(client, model);
    for (const part of rows) await deleteRows(client, schema, portal, part);
    const slot = `${model.name}@rebuilt`;
    const rebuilt = { events: 0, setAside: 0 };
    const blocked = new Set<string>();
    for (let version = 0; ;) {
      signal?.throwIfAborted();
      const events = await readEvents(client, bucket, {
        name: 'log.read_stream_up_to',
        text: `SELECT ${EVENT_COLUMNS} FROM log.event
                WHERE bucket = $1 AND portal_id = $2 AND stream_id = $3 AND version > $4 AND "position" <= $5
                ORDER BY version LIMIT $6`,
        values: [bucket, portalId, streamId, version, position, BATCH_SIZE],
      });
      const last = events.at(-1);
      if (last === undefined) break;
      version = last.version;
      const aside = await applyWhatCan(client, { model, catalogue, schema, bucket }, events, blocked);
      if (aside.length > 0) await setAside(client, { projection: slot, group: slot, bucket, epoch: 0 }, aside);
      rebuilt.events += events.length;
      rebuilt.setAside += aside.length;
    }
    await replaceQuarantine(client, { projection: model.name, bucket, portalId, streamId }, slot);
    const endedMs = performance.now();
    return { ...rebuilt, position, heldMs: endedMs - heldMs, tookMs: endedMs - startedMs };
  });
}

async function deleteRows(
  client: PoolClient,
  schema: string,
  { bucket, portalId }: RebuildPartOptions['portal'],
  { table, where }: StreamRows,
): Promise<void> {
  const conditions = Object.keys(where).map((column, index) => `"${column}" = $${index + 3}`);
  await client.query(
    `DELETE FROM ${schema}."${table}" WHERE ${['bucket = $1', 'portal_id = $2', ...conditions].join(' AND ')}`,
    [bucket, portalId, ...Object.values(where)],
  );
}
