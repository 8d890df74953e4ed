import { type Command, getCommand, type GettableKind, rowsOf } from '@funnelwatch/bitrix24';
import { type DeletedData, type EntityKind, factType, type MergedData, streamOf } from '@funnelwatch/capture-contracts';
import { eventIdOf } from '@funnelwatch/event-log';
import type { JsonObject, Provenance } from '@funnelwatch/kernel';
import { int8Array } from '@funnelwatch/postgres';
import { objectListingOf, type ObjectListing } from '../listings/captured-listings.js';
import { pageCommand } from '../listings/page-command.js';
import { recordLiveRows } from '../live/record-live-rows.js';
import { isMatchedKind } from '../matches/match-values.js';
import { recordMatches, type WrittenRecord } from '../matches/record-matches.js';
import type { PortalSession } from '../portal-session.js';

const gettableKinds: readonly string[] = [
  'lead',
  'deal',
  'contact',
  'company',
  'invoice',
  'activity',
  'task',
] satisfies GettableKind[];
/** Kinds whose merging the portal offers. */
const mergeableKinds: readonly string[] = ['lead', 'deal', 'contact', 'company'] satisfies EntityKind[];

const PASSES_UNTIL_ASKED = 2;
const COMMANDS_PER_REQUEST = 50;
const ACTIVITIES_PER_REQUEST = 500;

/**
 * Counts one more pass in which these objects were missing, asks the portal for those missing twice, and tells the log
 * which it refuses: deleted, or merged when their activities now belong to another object. Returns the numbers of the
 * objects that went.
 */
export async function findDeletions(session: PortalSession, kind: EntityKind, missing: number[]): Promise<number[]> {
  if (missing.length === 0) return [];
  const suspects = await session.writer.write(async (unit) => {
    const { rows } = await unit.tx.query<{ number: number; missed_passes: number }>(
      `UPDATE capture.entity_head SET missed_passes = missed_passes + 1
        WHERE portal_id = $1 AND kind = $2 AND number = ANY ($3::int8[]) AND state = 'present'
    RETURNING number, missed_passes`,
      [unit.portal.portalId, kind, int8Array(missing)],
    );
    return rows.filter((row) => row.missed_passes >= PASSES_UNTIL_ASKED).map((row) => row.number);
  });
  const gone: number[] = [];
  for (let from = 0; from < suspects.length; from += COMMANDS_PER_REQUEST) {
    const asked = suspects.slice(from, from + COMMANDS_PER_REQUEST).sort((a, b) => a - b);
    const { refused, alive, ...seen } = await ask(session, kind, asked);
    await session.writer.write(async (unit) => {
      await unit.tx.query(
        `UPDATE capture.entity_head SET missed_passes = 0
          WHERE portal_id = $1 AND kind = $2 AND number = ANY ($3::int8[])`,
        [unit.portal.portalId, kind, int8Array(alive)],
      );
    });
    if (mergeableKinds.includes(kind)) await rereadActivitiesOf(session, kind, refused);
    await recordDeletions(session, kind, refused, seen);
    gone.push(...refused);
  }
  return gone;
}

async function ask(
  session: PortalSession,
  kind: EntityKind,
  numbers: number[],
): Promise<{ refused: number[]; alive: number[]; observedAt: string; request: number }> {
  const commands = Object.fromEntries(numbers.map((number) => [`g${number}`, commandFor(kind, number)]));
  const request = session.nextRequest();
  const { outcomes, time } = await session.client.batch(commands, { priority: 'reconcile', signal: session.signal });
  const refused: number[] = [];
  const alive: number[] = [];
  for (const number of numbers) {
    const outcome = outcomes[`g${number}`];
    if (!outcome) continue;
    if (outcome.ok) (isListedAway(kind, outcome.result) ? refused : alive).push(number);
    else if (outcome.failure.code === 'NOT_FOUND' || outcome.failure.code === 'ACCESS_DENIED') refused.push(number);
    // Anything else says nothing about the object: the next pass asks again.
  }
  if (!time) throw new Error('The portal answered without its time');
  return { refused, alive, observedAt: time.startedAt, request };
}

const isGettable = (kind: EntityKind): kind is GettableKind => gettableKinds.includes(kind);

/** Requisites have no `get` on every portal: their list is asked for the one id. */
function commandFor(kind: EntityKind, number: number): Command {
  if (isGettable(kind)) return getCommand(kind, number);
  const captured = objectListingOf(kind);
  if (!captured) throw new Error(`No listing reads ${kind}`);
  return pageCommand(captured.listing, { filter: { [captured.listing.filterId]: number } });
}

function isListedAway(kind: EntityKind, result: unknown): boolean {
  const captured = objectListingOf(kind);
  return !isGettable(kind) && captured !== undefined && rowsOf(captured.listing, result).length === 0;
}

/** A merge re-binds activities without touching their modified time in some builds: only reading them shows it. */
async function rereadActivitiesOf(session: PortalSession, kind: EntityKind, numbers: number[]): Promise<void> {
  const activities = objectListingOf('activity');
  if (!activities || numbers.length === 0) return;
  const { rows } = await session.pool.query<{ id: string }>(
    `SELECT id FROM capture.entity_head
      WHERE portal_id = $1 AND kind = 'activity' AND state = 'present'
        AND owner_kind = $2 AND owner_id = ANY ($3::text[])
      ORDER BY number DESC`,
    [session.writer.portal.portalId, kind, numbers.map(String)],
  );
  const ids = rows.map(({ id }) => id);
  for (let from = 0; from < ids.length; from += ACTIVITIES_PER_REQUEST) {
    await readActivities(session, activities, ids.slice(from, from + ACTIVITIES_PER_REQUEST));
  }
}

async function readActivities(session: PortalSession, activities: ObjectListing, ids: string[]): Promise<void> {
  const pages = Array.from({ length: Math.ceil(ids.length / 50) }, (_, page) => ids.slice(page * 50, page * 50 + 50));
  const commands = Object.fromEntries(
    pages.map((page, index) => [`a${index}`, pageCommand(activities.listing, { filter: { '@ID': page } })]),
  );
  const request = session.nextRequest();
  const { outcomes, time } = await session.client.batch(commands, { priority: 'reconcile', signal: session.signal });
  for (const outcome of Object.values(outcomes)) {
    if (!outcome.ok) throw outcome.failure;
    const observations = rowsOf(activities.listing, outcome.result).map((row) =>
      activities.normalise(row, session.configuration),
    );
    const observedAt = outcome.time?.startedAt ?? time?.startedAt ?? '';
    await recordLiveRows(session, activities, observations, { observedAt, request });
  }
}

async function recordDeletions(
  session: PortalSession,
  kind: EntityKind,
  numbers: number[],
  { observedAt, request }: { observedAt: string; request: number },
): Promise<void> {
  if (numbers.length === 0) return;
  await session.writer.write(async (unit) => {
    const { rows } = await unit.tx.query<{ id: string; version: number; observed_at: Date; into_id: string | null }>(
      `SELECT gone.id, gone.version, gone.observed_at,
              (SELECT rebinding.to_id
                 FROM capture.rebinding
                 JOIN capture.entity_head AS survivor
                   ON survivor.portal_id = rebinding.portal_id AND survivor.kind = rebinding.kind
                  AND survivor.id = rebinding.to_id AND survivor.state = 'present'
                WHERE rebinding.portal_id = gone.portal_id AND rebinding.kind = gone.kind
                  AND rebinding.from_id = gone.id
                  -- A merge takes all activities along, after the loser was last seen: anything else was a re-binding
                  -- of some day, and the object was deleted.
                  AND rebinding.last_at >= gone.observed_at
                  AND NOT EXISTS (
                      SELECT FROM capture.entity_head AS left_behind
                       WHERE left_behind.portal_id = gone.portal_id AND left_behind.kind = 'activity'
                         AND left_behind.owner_kind = gone.kind AND left_behind.owner_id = gone.id
                         AND left_behind.state = 'present')
                ORDER BY rebinding.activities DESC, rebinding.last_at DESC
                LIMIT 1) AS into_id
         FROM capture.entity_head AS gone
        WHERE gone.portal_id = $1 AND gone.kind = $2 AND gone.number = ANY ($3::int8[]) AND gone.state = 'present'
        ORDER BY gone.id
          FOR UPDATE OF gone`,
      [unit.portal.portalId, kind, int8Array(numbers)],
    );
    const left: WrittenRecord[] = [];
    for (const { id, version, observed_at, into_id } of rows) {
      const streamId = streamOf(kind, id);
      const verb = into_id === null ? 'Deleted' : 'Merged';
      const data: DeletedData | MergedData =
        into_id === null ? { kind, id, lastSeenAt: observed_at.toISOString() } : { kind, id, into: into_id };
      const provenance: Provenance = into_id === null ? 'observed' : 'reconstructed';
      unit.append({
        eventId: eventIdOf(observedAt, `${unit.portal.portalId} ${streamId} ${version + 1} ${verb}`),
        streamId,
        type: factType(kind, verb),
        schemaVersion: 1,
        occurredAt: observedAt,
        actor: 'unknown',
        provenance,
        data: data as unknown as JsonObject,
      });
      await unit.tx.query(
        `UPDATE capture.entity_head
            SET state = $4, version = version + 1, observed_at = $5, observed_request = $6, missed_passes = 0
          WHERE portal_id = $1 AND kind = $2 AND id = $3`,
        [unit.portal.portalId, kind, id, into_id === null ? 'deleted' : 'merged', observedAt, request],
      );
      const cause = { occurredAt: observedAt, provenance };
      if (isMatchedKind(kind)) left.push({ kind, id, values: [], isKnown: true, cause });
    }
    await recordMatches(unit, session.tools, left);
  });
}
