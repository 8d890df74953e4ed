import type { ObjectListing } from '../listings/captured-listings.js';
import type { Observation } from '../normalise/observation.js';
import type { EntityHead } from '../observe/entity-head.js';
import { FACTS_PER_TRANSACTION, recordObservations } from '../observe/record-observations.js';
import type { PortalSession } from '../portal-session.js';
import type { Sighting } from '../write/capture-writer.js';
import { requestProductRows } from './follow-ups.js';

/** Writes observations of a live reading; new and changed owners are put down for their product rows. */
export async function recordLiveRows(
  session: PortalSession,
  captured: ObjectListing,
  observations: Observation[],
  seen: { observedAt: string; request: number },
): Promise<{ moved: EntityHead[]; facts: number }> {
  const moved: EntityHead[] = [];
  let facts = 0;
  for (let from = 0; from < observations.length; from += FACTS_PER_TRANSACTION) {
    const chunk = observations.slice(from, from + FACTS_PER_TRANSACTION);
    const sighting: Sighting = { ...seen, provenance: 'observed' };
    const recorded = await session.writer.write(async (unit) => {
      const result = await recordObservations(unit, session.tools, captured.kind, chunk, sighting);
      await requestProductRows(unit, [...result.appeared, ...result.changed], seen.observedAt);
      return result;
    });
    moved.push(...recorded.moved);
    facts += recorded.appeared.length + recorded.changed.length;
  }
  return { moved, facts };
}
