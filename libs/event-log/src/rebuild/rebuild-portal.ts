import { withTransaction } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { checkpointOf } from '../project/checkpoint.js';
import { setAside } from '../quarantine/quarantine-rows.js';
import { columnsOf } from './compare-schemas.js';
import { holdServing, servingOf } from './held-read-model.js';
import type { PartRebuilt, RebuildPartOptions } from './rebuild-part.js';
import { rebuildStream } from './rebuild-stream.js';
import { replaceQuarantine } from './replace-quarantine.js';
import { catchUpPortal, type PortalReplay, replayPortal } from './replay-portal.js';
import { type Scratch, withScratch } from './scratch.js';

/**
 * So few positions are left to the transaction that replaces the rows; more with every round, so that it comes to an end
 * however much is appended meanwhile.
 */
const LEFT_TO_REPLACEMENT = 1_000;

/**
 * Makes what serves anew for one portal, or one stream of it, from the log, while everything goes on. Readers see the
 * old rows until the new ones take their place in one transaction; the bucket stands still for its duration. What can
 * be applied by now leaves the quarantine. Killed at any moment, it has changed nothing or everything.
 * Throws `Rejection` READ_MODEL_UNKNOWN, READ_MODEL_OF_OTHER_VERSION, REBUILD_STREAM_NOT_SEPARABLE.
 */
export async function rebuildPortal(
  options: RebuildPartOptions & { streamId?: string | undefined },
): Promise<PartRebuilt> {
  const { pool, model, portal, signal, streamId } = options;
  if (streamId !== undefined) return rebuildStream(options, streamId);
  await servingOf(pool, model);
  const startedMs = performance.now();
  return withScratch(pool, model, async (scratch) => {
    const replay = replayInto(options, scratch);
    const rebuilt = { events: 0, setAside: 0 };
    let after = 0;
    for (let round = 1; ; round += 1) {
      const upTo = (await checkpointOf(pool, model.name, portal.bucket))?.position ?? 0;
      if (upTo - after <= LEFT_TO_REPLACEMENT * round) break;
      const more = await replayPortal({
        ...replay,
        pool,
        after,
        upTo,
        signal,
        afterBatch: (through) => Promise.resolve(options.onProgress?.({ done: through, total: upTo })),
      });
      add(rebuilt, more);
      after = upTo;
    }
    signal?.throwIfAborted();
    const { position, heldMs, ...rest } = await withTransaction(pool, (client) =>
      replace(client, options, { scratch, replay, after }),
    );
    add(rebuilt, rest);
    options.onProgress?.({ done: position, total: position });
    return { ...rebuilt, position, heldMs, tookMs: performance.now() - startedMs };
  });
}

function add(to: { events: number; setAside: number }, more: { events: number; setAside: number }): void {
  to.events += more.events;
  to.setAside += more.setAside;
}

function replayInto(
  { model, catalogue, portal, batchSize }: RebuildPartOptions,
  { schema, slot }: Scratch,
): PortalReplay & { blocked: Set<string> } {
  const key = { projection: slot, group: slot, bucket: portal.bucket, epoch: 0 };
  return {
    model,
    catalogue,
    portal,
    batchSize,
    into: schema,
    blocked: new Set(),
    onSetAside: (client, events) => setAside(client, key, events),
  };
}

/** Adds what came meanwhile and lets the new rows of the portal take the place of those that serve. */
async function replace(
  client: PoolClient,
  { model, portal }: RebuildPartOptions,
  { scratch, replay, after }: { scratch: Scratch; replay: PortalReplay; after: number },
): Promise<Omit<PartRebuilt, 'tookMs'>> {
  const { bucket, portalId } = portal;
  const position = await holdServing(client, model.name, bucket);
  const startedMs = performance.now();
  const { schema } = await servingOf(client, model);
  const rest = await catchUpPortal(client, replay, { after, upTo: position });
  for (const [table, columns] of await columnsOf(client, scratch.schema)) {
    const list = columns.map((column) => `"${column}"`).join(', ');
    const ofPortal = `"${table}" WHERE bucket = ${bucket} AND portal_id = $1`;
    await client.query(`DELETE FROM ${schema}.${ofPortal}`, [portalId]);
    await client.query(`INSERT INTO ${schema}."${table}" (${list}) SELECT ${list} FROM ${scratch.schema}.${ofPortal}`, [
      portalId,
    ]);
  }
  await replaceQuarantine(client, { projection: model.name, bucket, portalId }, scratch.slot);
  return { ...rest, position, heldMs: performance.now() - startedMs };
}
