import {
  type AppearedData,
  type ChangedData,
  type EntityKind,
  factType,
  streamOf,
} from '@funnelwatch/capture-contracts';
import { eventIdOf } from '@funnelwatch/event-log';
import type { Actor, JsonObject, JsonValue, NewEvent } from '@funnelwatch/kernel';
import { withoutErased } from '../erasure/without-erased.js';
import { deriveFacts } from '../normalise/derived-facts.js';
import { isMatchedKind, MATCH_VALUES_VERSION, matchValuesOf } from '../matches/match-values.js';
import { type Cause, type MatchingTools, recordMatches } from '../matches/record-matches.js';
import type { Observation } from '../normalise/observation.js';
import type { CaptureTransaction, PersonalDataSealer, Sighting } from '../write/capture-writer.js';
import type { KeyedHash } from '../write/keyed-hash.js';
import { type Difference, differenceOf, isFact, personalHashesOf, textForHash } from './difference.js';
import { type EntityHead, lockHeads, markSeen, saveHeads } from './entity-head.js';
import { recordRebindings } from './rebindings.js';
import type { SeenContents } from './seen-contents.js';

/** What the observations of one transaction came to, by `kind:id` where it matters for further reading. */
export interface RecordedObservations {
  appeared: EntityHead[];
  changed: EntityHead[];
  /** Objects whose stage differs from the stored one, new objects included. */
  moved: EntityHead[];
  unchanged: number;
  /** Older than what is stored: passed over. */
  stale: number;
}

export interface RecordingTools extends MatchingTools {
  sealer: PersonalDataSealer;
  seen: SeenContents;
}

/** Observations that differ from what was written last; the others need no transaction. */
export function unseenOf(tools: RecordingTools, observations: Observation[]): Observation[] {
  return observations.filter(
    (observation) => !tools.seen.has(observation.kind, observation.id, contentHashOf(observation, tools.keyed)),
  );
}

/** At most this many facts in one transaction. */
export const FACTS_PER_TRANSACTION = 500;

interface PreparedFact {
  observation: Observation;
  head: EntityHead;
  difference: Difference | null;
  /** Content hash before: together with the one after it names the difference. */
  before: string | null;
}

/**
 * Compares observations of one kind with the stored heads under lock and tells the log what differs: `…Appeared` for
 * an unknown or returned object, `…Changed` for a known one. An observation older than the head is discarded. Of two
 * observations of one object in one call the later one counts.
 */
export async function recordObservations(
  unit: CaptureTransaction,
  tools: RecordingTools,
  kind: EntityKind,
  observations: Observation[],
  sighting: Sighting,
): Promise<RecordedObservations> {
  const recorded: RecordedObservations = { appeared: [], changed: [], moved: [], unchanged: 0, stale: 0 };
  if (observations.length === 0) return recorded;
  const allowed = await withoutErased(unit, observations);
  const byId = new Map(allowed.map((observation) => [observation.id, observation]));
  const heads = await lockHeads(unit.tx, unit.portal, kind, [...byId.keys()]);
  const facts: PreparedFact[] = [];
  const quiet: { observation: Observation; head: EntityHead }[] = [];
  const seenUnchanged: string[] = [];

  for (const observation of byId.values()) {
    const head = heads.get(observation.id);
    if (head && isOlder(sighting, head)) {
      recorded.stale += 1;
      continue;
    }
    if (!head && isEmptySet(observation)) continue;
    const contentHash = contentHashOf(observation, tools.keyed);
    if (head?.state === 'present' && head.contentHash === contentHash) {
      seenUnchanged.push(observation.id);
      continue;
    }
    const personalHashes = personalHashesOf(observation.personal, tools.keyed);
    const next = nextHead(observation, head, contentHash, personalHashes, sighting);
    if (head?.state !== 'present') {
      facts.push({ observation, head: next, difference: null, before: null });
      recorded.appeared.push(next);
      recorded.moved.push(next);
      continue;
    }
    const difference = differenceOf(head, observation, personalHashes);
    if (difference.hasMoved) recorded.moved.push(next);
    if (isFact(difference)) {
      facts.push({ observation, head: next, difference, before: head.contentHash });
      recorded.changed.push(next);
    } else {
      next.version = head.version;
      quiet.push({ observation, head: next });
    }
  }
  recorded.unchanged = seenUnchanged.length;

  const sealed = await sealFacts(unit, tools.sealer, facts);
  const causes = facts.map((fact, index) => {
    const event = eventOf(unit, tools, fact, sealed[index] ?? null, sighting);
    unit.append(event);
    return { observation: fact.observation, cause: event };
  });
  const written = [...facts, ...quiet].map(({ head }) => head);
  await saveHeads(unit.tx, unit.portal, written);
  const unchanged: Cause = { occurredAt: sighting.observedAt, provenance: sighting.provenance };
  await matchWritten(unit, tools, kind, heads, [
    ...causes,
    ...quiet.map(({ observation }) => ({ observation, cause: unchanged })),
  ]);
  for (const head of written) tools.seen.remember(kind, head.id, head.contentHash);
  for (const id of seenUnchanged) tools.seen.remember(kind, id, heads.get(id)?.contentHash ?? '');
  await markSeen(unit.tx, unit.portal, kind, seenUnchanged, sighting.observedAt, sighting.request);
  if (kind === 'activity') {
    await recordRebindings(
      unit,
      facts.flatMap(({ difference }) => (difference ? [difference] : [])),
      facts.flatMap(({ difference, head }) => (difference ? [head] : [])),
      sighting.observedAt,
    );
  }
  return recorded;
}

/** What was written is compared with others; what is erased has no values any more. */
async function matchWritten(
  unit: CaptureTransaction,
  tools: RecordingTools,
  kind: EntityKind,
  heads: ReadonlyMap<string, EntityHead>,
  written: { observation: Observation; cause: Cause }[],
): Promise<void> {
  if (!isMatchedKind(kind)) return;
  const records = written.map(({ observation, cause }) => {
    const { id } = observation;
    return { kind, id, values: matchValuesOf(kind, observation), isKnown: heads.has(id), cause };
  });
  await recordMatches(unit, tools, records);
}

/** An owner that never had product rows is not worth a fact: most have none. */
function isEmptySet({ kind, fields }: Observation): boolean {
  return kind === 'product-rows' && Array.isArray(fields['rows']) && fields['rows'].length === 0;
}

function isOlder(sighting: Sighting, head: EntityHead): boolean {
  if (sighting.observedAt !== head.observedAt) return sighting.observedAt < head.observedAt;
  return sighting.request < head.observedRequest;
}

/** One keyed hash of everything: most observations of a live feed repeat what is known, and this ends them early. */
function contentHashOf(observation: Observation, keyed: KeyedHash): string {
  const personal = Object.fromEntries(
    Object.entries(observation.personal).map(([name, value]) => [name, textForHash(value)]),
  );
  // Canonical order would cost as much as all the rest: another order only means a closer look.
  const all = [observation.fields, observation.extra, personal];
  return keyed.ofText(JSON.stringify(isMatchedKind(observation.kind) ? [...all, MATCH_VALUES_VERSION] : all));
}

function nextHead(
  observation: Observation,
  head: EntityHead | undefined,
  contentHash: string,
  personalHashes: Record<string, string>,
  sighting: Sighting,
): EntityHead {
  return {
    kind: observation.kind,
    id: observation.id,
    version: (head?.version ?? 0) + 1,
    state: 'present',
    contentHash,
    content: { fields: observation.fields, extra: observation.extra },
    personalHashes,
    observedAt: sighting.observedAt,
    observedRequest: sighting.request,
  };
}

/** The texts each fact carries: all of an appearance, the changed ones of a change, null where one was emptied. */
function personalOf({ observation, difference }: PreparedFact): Record<string, JsonValue> | null {
  if (!difference) return Object.keys(observation.personal).length > 0 ? observation.personal : null;
  if (difference.personalChanged.length === 0) return null;
  return Object.fromEntries(difference.personalChanged.map((name) => [name, observation.personal[name] ?? null]));
}

async function sealFacts(
  unit: CaptureTransaction,
  sealer: PersonalDataSealer,
  facts: PreparedFact[],
): Promise<(string | null)[]> {
  const items = facts.map((fact) => ({
    subject: streamOf(fact.observation.kind, fact.observation.id),
    fields: personalOf(fact),
  }));
  const filled = items.filter((item): item is { subject: string; fields: Record<string, JsonValue> } => !!item.fields);
  const texts = filled.length > 0 ? await sealer.sealMany(unit.portal, filled) : [];
  let next = 0;
  return items.map((item) => (item.fields ? (texts[next++] ?? null) : null));
}

function eventOf(
  unit: CaptureTransaction,
  { keyed }: RecordingTools,
  fact: PreparedFact,
  sealedText: string | null,
  sighting: Sighting,
): NewEvent {
  const { observation, head, difference } = fact;
  const streamId = streamOf(observation.kind, observation.id);
  const data = difference ? changedData(observation, difference) : appearedData(observation);
  // A change of which the portal tells no time, or that left the modified time as it was, happened by the reply.
  const isDated = !difference || 'modifiedAt' in difference.changes || !('modifiedAt' in observation.fields);
  const tellsTime = difference ? (isDated ? observation.changedAt : null) : observation.appearedAt;
  const occurredAt = tellsTime ?? sighting.observedAt;
  return {
    eventId: eventIdOf(
      occurredAt,
      keyed.ofText(`${unit.portal.portalId} ${streamId} ${head.version} ${fact.before ?? ''} ${head.contentHash}`),
    ),
    streamId,
    type: factType(observation.kind, difference ? 'Changed' : 'Appeared'),
    schemaVersion: 1,
    occurredAt,
    actor: actorOf(difference ? (isDated ? observation.changedBy : null) : observation.createdBy),
    provenance: sighting.provenance,
    data: data as unknown as JsonObject,
    ...(sealedText === null ? {} : { sealed: { [streamId]: sealedText } }),
  };
}

export function actorOf(userId: string | null): Actor {
  return userId === null ? 'unknown' : `user:${userId}`;
}

function appearedData(observation: Observation): AppearedData {
  const { kind, id, fields, extra, personal } = observation;
  const derived = Object.entries(personal).map(([name, value]) => [name, deriveFacts(kind, id, name, value)] as const);
  // Keys in order: the log writes them so, and faster when they stand so.
  return { derived: Object.fromEntries(derived), extra, fields, id, kind };
}

function changedData(observation: Observation, difference: Difference): ChangedData {
  const { kind, id, personal } = observation;
  const derived = difference.personalChanged.map(
    (name) => [name, deriveFacts(kind, id, name, personal[name] ?? null)] as const,
  );
  return {
    changes: difference.changes,
    derived: Object.fromEntries(derived),
    extra: difference.extra,
    id,
    kind,
    sealedChanged: difference.personalChanged,
  };
}
