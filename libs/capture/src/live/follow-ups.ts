import { readPerOwner } from '@funnelwatch/bitrix24';
import { int4Array, textArray } from '@funnelwatch/postgres';
import { productRowReads, recordProductRows } from '../backfill/read-product-rows.js';
import { isUnavailable } from '../configuration/read-configuration.js';
import type { ProductRowOwnerKind } from '../normalise/product-rows.js';
import type { EntityHead } from '../observe/entity-head.js';
import type { PortalSession } from '../portal-session.js';
import type { CaptureTransaction } from '../write/capture-writer.js';

const ownerKinds = Object.keys(productRowReads) as ProductRowOwnerKind[];
const isOwnerKind = (kind: string): kind is ProductRowOwnerKind => (ownerKinds as string[]).includes(kind);

/** Puts new and changed objects down for a reading of their product rows, in the transaction of their facts. */
export async function requestProductRows(
  unit: CaptureTransaction,
  heads: EntityHead[],
  observedAt: string,
): Promise<void> {
  const owners = heads.filter(({ kind }) => isOwnerKind(kind));
  if (owners.length === 0) return;
  await unit.tx.query({
    name: 'capture.request_product_rows',
    text: `INSERT INTO capture.follow_up AS known (bucket, portal_id, work, kind, id, since)
           SELECT $1, $2, 'product-rows', new.kind, new.id, $5 FROM unnest($3::text[], $4::text[]) AS new (kind, id)
           ON CONFLICT (portal_id, work, kind, id) DO UPDATE SET revision = known.revision + 1`,
    values: [
      unit.portal.bucket,
      unit.portal.portalId,
      textArray(owners.map(({ kind }) => kind)),
      textArray(owners.map(({ id }) => id)),
      observedAt,
    ],
  });
}

interface AwaitedOwner {
  kind: ProductRowOwnerKind;
  id: string;
  /** Grows each time the owner is put down again. */
  revision: number;
  changed_at: string | null;
}

/** Only as they were found: an owner put down again meanwhile may have changed after its rows were read. */
async function takeOff(unit: CaptureTransaction, owners: AwaitedOwner[]): Promise<void> {
  await unit.tx.query({
    name: 'capture.take_off_product_rows',
    text: `DELETE FROM capture.follow_up AS work
            USING unnest($2::text[], $3::text[], $4::int4[]) AS read (kind, id, revision)
            WHERE work.portal_id = $1 AND work.work = 'product-rows'
              AND work.kind = read.kind AND work.id = read.id AND work.revision = read.revision`,
    values: [
      unit.portal.portalId,
      textArray(owners.map(({ kind }) => kind)),
      textArray(owners.map(({ id }) => id)),
      int4Array(owners.map(({ revision }) => revision)),
    ],
  });
}

/** Most owners whose rows one tick reads; the rest waits for the next tick. */
const OWNERS_PER_TICK = 100;

/** Reads the product rows of the owners put down. Returns how many owners were read. */
export async function followProductRows(session: PortalSession): Promise<number> {
  const { rows } = await session.pool.query<AwaitedOwner>({
    name: 'capture.awaited_product_rows',
    text: `SELECT work.kind, work.id, work.revision, head.content -> 'fields' ->> 'modifiedAt' AS changed_at
             FROM capture.follow_up AS work
             LEFT JOIN capture.entity_head AS head USING (portal_id, kind, id)
            WHERE work.portal_id = $1 AND work.work = 'product-rows'
            ORDER BY work.since
            LIMIT $2`,
    values: [session.writer.portal.portalId, OWNERS_PER_TICK],
  });
  for (const kind of ownerKinds) {
    const owners = new Map(rows.filter((row) => row.kind === kind).map((row) => [Number(row.id), row.changed_at]));
    if (owners.size === 0) continue;
    const reading = readPerOwner(session.client, productRowReads[kind], [...owners.keys()], {
      priority: 'live',
      signal: session.signal,
    });
    let request = session.nextRequest();
    for await (const answers of reading) {
      for (const answer of answers) {
        if ('failure' in answer && !isUnavailable(answer.failure)) throw answer.failure;
      }
      await session.writer.write(async (unit) => {
        await recordProductRows(unit, session, kind, answers, owners, { request, provenance: 'observed' });
        await takeOff(
          unit,
          rows.filter((row) => row.kind === kind && answers.some(({ ownerId }) => String(ownerId) === row.id)),
        );
      });
      request = session.nextRequest();
    }
  }
  return rows.length;
}
