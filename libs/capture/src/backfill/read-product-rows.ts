import { ownerReads, type OwnerRows, readPerOwner } from '@funnelwatch/bitrix24';
import type { JsonValue } from '@funnelwatch/kernel';
import { isUnavailable } from '../configuration/read-configuration.js';
import type { Observation } from '../normalise/observation.js';
import { normaliseProductRows, type ProductRowOwnerKind } from '../normalise/product-rows.js';
import { recordObservations } from '../observe/record-observations.js';
import type { PortalSession } from '../portal-session.js';
import type { CaptureTransaction, Sighting } from '../write/capture-writer.js';
import { saveCursors } from '../write/cursors.js';
import { advanceListing, refuseListing } from './backfill-progress.js';
import { backfillFeed, refusalOf } from './plan-backfill.js';

export const productRowReads = {
  deal: ownerReads.dealProductRows,
  lead: ownerReads.leadProductRows,
  invoice: ownerReads.invoiceProductRows,
} as const;

/** Owners fetched from our own heads at a time. */
const OWNERS_PER_PAGE = 1000;

/** Reads the product rows of every object of a kind, owner by owner, 50 to a request. */
export async function readProductRows(
  session: PortalSession,
  reading: { name: string; kind: ProductRowOwnerKind },
  stored: JsonValue | undefined,
  mostCommands: () => number,
  pace?: () => Promise<void>,
): Promise<void> {
  let after = typeof stored === 'number' ? stored : -1;
  for (;;) {
    const owners = await ownersAfter(session, reading.kind, after);
    const numbers = [...owners.keys()];
    const answered = new Set<number>();
    let next = 0;
    let writing: Promise<void> = Promise.resolve();
    const options = { priority: 'backfill', signal: session.signal, maxCommands: mostCommands() } as const;
    let request = session.nextRequest();
    try {
      for await (const answers of readPerOwner(session.client, productRowReads[reading.kind], numbers, options)) {
        await writing;
        await pace?.();
        const refusal = refusalIn(answers);
        if (refusal) {
          await session.writer.write((unit) => refuseListing(unit.tx, unit.portal, reading.name, refusal));
          return;
        }
        // An owner that has to be asked again holds the cursor back.
        const first = next;
        for (const { ownerId } of answers) answered.add(ownerId);
        while (next < numbers.length && answered.has(numbers[next] as number)) next += 1;
        after = numbers[next - 1] ?? after;
        writing = writeRows(session, reading, answers, owners, { request, after, advanced: next - first });
        request = session.nextRequest();
        // Awaited on the next turn.
        writing.catch(() => undefined);
      }
    } finally {
      await writing;
    }
    if (owners.size < OWNERS_PER_PAGE) break;
  }
  await session.writer.write((unit) => advanceListing(unit.tx, unit.portal, reading.name, 0, true));
}

/**
 * A refusal of the whole reading: every owner of the request was refused. One refused owner, deleted or hidden since it
 * was listed, keeps nobody else from being read.
 */
function refusalIn(answers: OwnerRows[]): { code: string; message: string } | null {
  let refusal: { code: string; message: string } | null = null;
  let refused = 0;
  for (const answer of answers) {
    if (!('failure' in answer) || answer.failure.code === 'NOT_FOUND') continue;
    if (!isUnavailable(answer.failure)) throw answer.failure;
    refusal = refusalOf(answer.failure);
    refused += 1;
  }
  return refused === answers.length ? refusal : null;
}

async function writeRows(
  session: PortalSession,
  reading: { name: string; kind: ProductRowOwnerKind },
  answers: OwnerRows[],
  owners: ReadonlyMap<number, string | null>,
  progress: { request: number; after: number; advanced: number },
): Promise<void> {
  await session.writer.write(async (unit) => {
    await recordProductRows(unit, session, reading.kind, answers, owners, {
      request: progress.request,
      provenance: 'backfilled',
    });
    await saveCursors(unit, { [backfillFeed(reading.name)]: progress.after });
    await advanceListing(unit.tx, unit.portal, reading.name, progress.advanced, false);
  });
}

/** Tells the log the product rows of owners that answered; `owners` gives the modified time of each. */
export async function recordProductRows(
  unit: CaptureTransaction,
  session: PortalSession,
  kind: ProductRowOwnerKind,
  answers: OwnerRows[],
  owners: ReadonlyMap<number, string | null>,
  seen: Omit<Sighting, 'observedAt'>,
): Promise<void> {
  const observations: Observation[] = [];
  let observedAt: string | undefined;
  for (const answer of answers) {
    if ('failure' in answer) continue;
    observedAt ??= answer.time?.startedAt;
    const changedAt = owners.get(answer.ownerId) ?? null;
    observations.push(normaliseProductRows(kind, String(answer.ownerId), answer.rows, changedAt));
  }
  if (observedAt === undefined) return;
  await recordObservations(unit, session.tools, 'product-rows', observations, { observedAt, ...seen });
}

/** Objects of a kind in the order of their numbers, with the modified time of each. */
async function ownersAfter(
  session: PortalSession,
  kind: ProductRowOwnerKind,
  after: number,
): Promise<Map<number, string | null>> {
  const { rows } = await session.pool.query<{ number: number; changed_at: string | null }>({
    name: 'capture.owners_after',
    text: `SELECT number, content -> 'fields' ->> 'modifiedAt' AS changed_at
             FROM capture.entity_head
            WHERE portal_id = $1 AND kind = $2 AND number > $3 AND state = 'present'
            ORDER BY number
            LIMIT $4`,
    values: [session.writer.portal.portalId, kind, after, OWNERS_PER_PAGE],
  });
  return new Map(rows.map((row) => [row.number, row.changed_at]));
}
