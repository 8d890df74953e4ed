import { type BatchOutcome, type BitrixFailure, type Command, type PortalTime, rowsOf } from '@funnelwatch/bitrix24';
import type { JsonValue } from '@funnelwatch/kernel';
import { isUnavailable } from '../configuration/read-configuration.js';
import { capturedListings, essentialListings } from '../listings/captured-listings.js';
import { numberOf, pageCommand } from '../listings/page-command.js';
import { type ProductRowOwnerKind, productRowOwners } from '../normalise/product-rows.js';
import type { PortalSession } from '../portal-session.js';
import { saveCursors } from '../write/cursors.js';
import { planListings } from './backfill-progress.js';

/** Kinds whose product rows are read owner by owner, and the name of that reading. */
export const productRowReadings: { name: string; kind: ProductRowOwnerKind; counted: string }[] = [
  { name: 'dealProductRows', kind: 'deal', counted: 'deals' },
  { name: 'invoiceProductRows', kind: 'invoice', counted: 'invoices' },
  { name: 'leadProductRows', kind: 'lead', counted: 'leads' },
];

export const liveIdsFeed = (listing: string): string => `live:ids:${listing}`;
export const liveWindowFeed = (listing: string): string => `live:window:${listing}`;
export const backfillFeed = (listing: string): string => `backfill:${listing}`;

/** Commands that count every listing and give its greatest id. */
export function countingCommands(): Record<string, Command> {
  return Object.fromEntries(
    capturedListings.map(({ name, listing }) => [
      `count_${name}`,
      pageCommand(listing, { direction: 'descending', counted: true, idsOnly: true }),
    ]),
  );
}

/**
 * Puts the backfill down before it begins: what is to be read, how much, and from which ids and instants the live
 * feeds carry on, so that nothing falls between the two.
 */
export async function planBackfill(session: PortalSession, outcomes: Record<string, BatchOutcome>): Promise<void> {
  const totals = new Map<string, { total: number | null; refusal: { code: string; message: string } | null }>();
  const cursors: Record<string, JsonValue> = {};
  for (const { name, listing } of capturedListings) {
    const outcome = outcomes[`count_${name}`];
    if (!outcome) throw new Error(`The portal did not count ${name}`);
    if (!outcome.ok) {
      if (essentialListings.has(name) || !isUnavailable(outcome.failure)) throw outcome.failure;
      totals.set(name, { total: null, refusal: refusalOf(outcome.failure) });
      continue;
    }
    const ids = rowsOf(listing, outcome.result).map((row) => numberOf(listing, row));
    totals.set(name, { total: outcome.total, refusal: null });
    cursors[liveIdsFeed(name)] = ids.reduce((greatest, id) => Math.max(greatest, id || 0), 0);
    cursors[liveWindowFeed(name)] = startOf(outcome.time);
  }
  const owners = productRowReadings.map(({ name, counted }) => ({ listing: name, ...totals.get(counted) }));
  await session.writer.write(async (unit) => {
    await planListings(
      unit.tx,
      unit.portal,
      [...capturedListings.map(({ name }) => ({ listing: name, ...totals.get(name) })), ...owners].map(
        ({ listing, total = null, refusal = null }) => ({ listing, total, refusal }),
      ),
    );
    await saveCursors(unit, cursors);
  });
  session.logger.info(
    { totals: Object.fromEntries([...totals].map(([name, { total }]) => [name, total])), owners: productRowOwners },
    'The portal was counted',
  );
}

export function refusalOf(failure: BitrixFailure): { code: string; message: string } {
  return { code: failure.code, message: failure.message };
}

function startOf(time: PortalTime | null): string {
  if (!time) throw new Error('The portal answered without its time');
  return time.startedAt;
}
