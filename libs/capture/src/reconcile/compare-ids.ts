import type { EntityKind } from '@funnelwatch/capture-contracts';
import type { ObjectListing } from '../listings/captured-listings.js';
import { numberOf, PAGE_ROWS } from '../listings/page-command.js';
import { restOfListing } from '../live/rest-of-listing.js';
import type { PortalSession } from '../portal-session.js';

/** What a pass over the ids of one kind found. */
export interface IdComparison {
  kind: EntityKind;
  /** Ids the portal lists. */
  expected: number;
  /** Objects we hold: those listed, and those not listed although seen before the pass began. */
  held: number;
  /** Held and not listed. */
  missing: number[];
  /** Listed and not held. */
  unknown: number[];
  /** Portal time at which the pass began. */
  startedAt: string;
}

/** Pages in a request at most: 2500 ids. */
const MOST_PAGES = 50;

/**
 * Walks the ids of a listing and our heads side by side, range by range: neither side is ever held as a whole, only
 * the differences are. Objects seen after the pass began are not missing: they may be younger than the page.
 */
export async function compareIds(session: PortalSession, captured: ObjectListing): Promise<IdComparison> {
  const { kind, listing } = captured;
  const comparison: IdComparison = { kind, expected: 0, held: 0, missing: [], unknown: [], startedAt: '' };
  const firstRequest = session.nextRequest();
  const pages = Math.min(MOST_PAGES, Math.floor((await countHeld(session, kind)) / PAGE_ROWS) + 1);
  let low = 0;
  for await (const page of restOfListing(session, listing, { idsOnly: true }, 0, 'reconcile', pages)) {
    comparison.startedAt ||= page.observedAt;
    const listed = new Set(page.rows.map((row) => numberOf(listing, row)));
    const high = page.isEnd ? Number.MAX_SAFE_INTEGER : Math.max(low, ...listed);
    comparison.expected += listed.size;
    for (const head of await heldBetween(session, kind, low, high)) {
      if (listed.delete(head.number)) comparison.held += 1;
      else if (head.observedRequest < firstRequest) {
        comparison.held += 1;
        comparison.missing.push(head.number);
      }
    }
    comparison.unknown.push(...listed);
    low = high;
  }
  return comparison;
}

async function countHeld(session: PortalSession, kind: EntityKind): Promise<number> {
  const { rows } = await session.pool.query<{ held: number }>(
    `SELECT count(*) AS held FROM capture.entity_head WHERE portal_id = $1 AND kind = $2 AND state = 'present'`,
    [session.writer.portal.portalId, kind],
  );
  return rows[0]?.held ?? 0;
}

async function heldBetween(
  session: PortalSession,
  kind: EntityKind,
  low: number,
  high: number,
): Promise<{ number: number; observedRequest: number }[]> {
  const { rows } = await session.pool.query<{ number: number; observed_request: number }>({
    name: 'capture.held_between',
    text: `SELECT number, observed_request
             FROM capture.entity_head
            WHERE portal_id = $1 AND kind = $2 AND number > $3 AND number <= $4 AND state = 'present'`,
    values: [session.writer.portal.portalId, kind, low, high],
  });
  return rows.map((row) => ({ number: row.number, observedRequest: row.observed_request }));
}
