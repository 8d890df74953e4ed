import { type MatchedKind, type MatchesFoundData, entityOf, factType, streamOf } from '@funnelwatch/capture-contracts';
import { eventIdOf } from '@funnelwatch/event-log';
import { canonicalJson, type JsonObject, type NewEvent } from '@funnelwatch/kernel';
import type { CaptureTransaction } from '../write/capture-writer.js';
import type { KeyedHash } from '../write/keyed-hash.js';
import { kindsListedBy, listOfMatches, type MatchList, MOST_MATCHES } from './list-of-matches.js';
import type { MatchHash } from './match-hash.js';
import { type AffectedRecord, type ChangedKey, readAffected, replaceKeys } from './match-keys.js';
import { saveLists, type ToldList } from './match-lists.js';
import type { MatchValue } from './match-values.js';
import { FEW_HOLDERS, holderOf, readHolders } from './read-holders.js';

export interface MatchingTools {
  keyed: KeyedHash;
  matchHash: MatchHash;
  /** How many matches a list names and how many holders of a value are read whole; what is usual unless told. */
  matchLimits?: { most: number; few: number };
}

/** What brought about that a list is another one. */
export type Cause = Pick<NewEvent, 'occurredAt' | 'provenance'>;

/** A record that was written: all values it has now. */
export interface WrittenRecord {
  kind: MatchedKind;
  id: string;
  values: MatchValue[];
  /** It was written before, so that it may have had other values. */
  isKnown: boolean;
  cause: Cause;
}

const usualLimits = { most: MOST_MATCHES, few: FEW_HOLDERS };

/**
 * Keeps the hashes of what written records have, and tells the log every list of matches that is another one for it: of
 * these records and of those that they have something in common with. Without values, a record has left.
 */
export async function recordMatches(
  unit: CaptureTransaction,
  tools: MatchingTools,
  records: readonly WrittenRecord[],
): Promise<void> {
  const { most } = tools.matchLimits ?? usualLimits;
  const keys = records.flatMap(({ kind, id, values }) => {
    const holder = holderOf(streamOf(kind, id));
    return holder ? values.map((value) => ({ ...holder, on: value.kind, hash: tools.matchHash.of(value) })) : [];
  });
  const known = records.filter(({ isKnown }) => isKnown).map(({ kind, id }) => streamOf(kind, id));
  const changed = await replaceKeys(unit, known, keys);
  if (changed.length === 0) return;
  const affected = await readAffected(unit, changed, most);
  await tellLists(unit, tools, affected, causesOf(records, changed));
}

/** Tells the log the lists among these that differ from what was told last. */
export async function tellLists(
  unit: CaptureTransaction,
  tools: MatchingTools,
  affected: readonly AffectedRecord[],
  causeOf: (record: AffectedRecord) => Cause,
): Promise<void> {
  const limits = tools.matchLimits ?? usualLimits;
  const holdersOf = await readHolders(unit, affected, limits);
  const saved: ToldList[] = [];
  for (const record of affected) {
    const own = holderOf(record.stream);
    if (!own) continue;
    const list = listOfMatches(own, record.keys, holdersOf, limits.most);
    if (!record.told && list.matches.length === 0) continue;
    const digest = tools.keyed.ofText(canonicalJson(list));
    if (record.told?.digest === digest) continue;
    const version = (record.told?.version ?? 0) + 1;
    saved.push({ stream: record.stream, version, digest });
    unit.append(factOf(unit, tools.keyed, { stream: record.stream, version, digest }, list, causeOf(record)));
  }
  await saveLists(unit, saved);
}

/** The latest of what happened to the record itself and to those whom it may list. */
function causesOf(records: readonly WrittenRecord[], changed: ChangedKey[]): (record: AffectedRecord) => Cause {
  const ofStream = new Map(records.map(({ kind, id, cause }) => [streamOf(kind, id), cause]));
  // An erasure that is not settled yet may have changed a list that no record here concerns.
  const latest = records.map(({ cause }) => cause).reduce<Cause | undefined>(later, undefined);
  const ofHolders = new Map<string, Cause | undefined>();
  for (const { stream, kind, hash } of changed) {
    const place = `${hash} ${kind}`;
    ofHolders.set(place, later(ofHolders.get(place), ofStream.get(stream)));
  }
  return ({ stream, keys }) => {
    const own = holderOf(stream);
    const causes = keys.flatMap(({ on, hash }) =>
      own ? kindsListedBy(own.kind, on).map((kind) => ofHolders.get(`${hash} ${kind}`)) : [],
    );
    const cause = causes.reduce(later, ofStream.get(stream)) ?? latest;
    if (!cause) throw new Error('A list of matches changed without a cause');
    return cause;
  };
}

function later(a: Cause | undefined, b: Cause | undefined): Cause | undefined {
  if (!a || !b) return a ?? b;
  if (a.occurredAt !== b.occurredAt) return a.occurredAt > b.occurredAt ? a : b;
  return a.provenance >= b.provenance ? a : b;
}

function factOf(
  unit: CaptureTransaction,
  keyed: KeyedHash,
  { stream: streamId, version, digest }: ToldList,
  list: MatchList,
  { occurredAt, provenance }: Cause,
): NewEvent {
  const entity = entityOf(streamId);
  if (!entity) throw new Error('A list of matches belongs to no captured record');
  const { kind, id } = entity;
  // Keys in order: the log writes them so, and faster when they stand so.
  const data: MatchesFoundData = { id, ...(list.isCapped && { isCapped: true }), kind, matches: list.matches };
  const identity = `${unit.portal.portalId} ${streamId} matches ${version} ${digest}`;
  return {
    eventId: eventIdOf(occurredAt, keyed.ofText(identity)),
    streamId,
    type: factType(kind, 'MatchesFound'),
    schemaVersion: 1,
    occurredAt,
    actor: 'unknown',
    provenance,
    data: data as unknown as JsonObject,
  };
}
