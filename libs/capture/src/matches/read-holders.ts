import { type MatchedKind, entityOf } from '@funnelwatch/capture-contracts';
import { int8Array, textArray } from '@funnelwatch/postgres';
import type { CaptureTransaction } from '../write/capture-writer.js';
import { type Holder, kindsListedBy } from './list-of-matches.js';
import type { AffectedRecord } from './match-keys.js';
import { isMatchedKind } from './match-values.js';

/** Up to so many holders of one value are read whole; of a value that more have, the ones near to whom it concerns. */
export const FEW_HOLDERS = 300;

/** The record as a holder of values, null when its kind has none. */
export function holderOf(stream: string): Holder | null {
  const entity = entityOf(stream);
  if (!entity || !isMatchedKind(entity.kind) || !/^\d{1,15}$/.test(entity.id)) return null;
  return { stream, kind: entity.kind, number: Number(entity.id) };
}

/** Holders by value and kind, in ascending order of number. */
export type HoldersOf = (hash: string, kind: MatchedKind) => readonly Holder[];

interface Asked {
  hash: string;
  kind: MatchedKind;
  lowest: number;
  highest: number;
}

/** Reads who has the values of these records, as far as their lists can name them. */
export async function readHolders(
  unit: CaptureTransaction,
  affected: readonly AffectedRecord[],
  limits: { most: number; few: number },
): Promise<HoldersOf> {
  const asked = askedBy(affected);
  const holders = new Map<string, Holder[]>();
  const add = (hash: string, stream: string): void => {
    const holder = holderOf(stream);
    if (!holder) return;
    const place = `${hash} ${holder.kind}`;
    const known = holders.get(place);
    if (known) known.push(holder);
    else holders.set(place, [holder]);
  };
  const common = new Set<string>();
  for (const { hash, streams } of await readFew(unit, [...new Set(asked.map(({ hash }) => hash))], limits.few)) {
    if (streams.length > limits.few) common.add(hash);
    else for (const stream of streams) add(hash, stream);
  }
  const ofCommon = asked.filter(({ hash }) => common.has(hash));
  for (const { hash, stream } of await readNear(unit, ofCommon, limits.most)) add(hash, stream);
  for (const ofOne of holders.values()) ofOne.sort((a, b) => a.number - b.number);
  return (hash, kind) => holders.get(`${hash} ${kind}`) ?? [];
}

/** Each value with each kind that somebody lists for it, and the range of those who do. */
function askedBy(affected: readonly AffectedRecord[]): Asked[] {
  const asked = new Map<string, Asked>();
  for (const { stream, keys } of affected) {
    const own = holderOf(stream);
    if (!own) continue;
    for (const { on, hash } of keys) {
      for (const kind of kindsListedBy(own.kind, on)) {
        const place = `${hash} ${kind}`;
        const known = asked.get(place);
        if (!known) asked.set(place, { hash, kind, lowest: own.number, highest: own.number });
        else {
          known.lowest = Math.min(known.lowest, own.number);
          known.highest = Math.max(known.highest, own.number);
        }
      }
    }
  }
  return [...asked.values()];
}

/** All holders of each value but calls, one more than `few` where there are more. */
async function readFew(
  unit: CaptureTransaction,
  hashes: string[],
  few: number,
): Promise<{ hash: string; streams: string[] }[]> {
  if (hashes.length === 0) return [];
  const { rows } = await unit.tx.query<{ hash: string; streams: string[] }>({
    name: 'capture.read_holders',
    // Calls stand first in the index: with "greater than" they are not even looked at.
    text: `SELECT asked.hash, holder.streams
             FROM unnest($2::text[]) AS asked (hash)
            CROSS JOIN LATERAL (
                  SELECT array_agg(stream_id) AS streams
                    FROM (SELECT stream_id FROM capture.match_key AS key
                           WHERE portal_id = $1 AND key.hash = decode(asked.hash, 'hex') AND stream_kind > 'call'
                           LIMIT $3::int) AS first) AS holder
            WHERE holder.streams IS NOT NULL`,
    values: [unit.portal.portalId, textArray(hashes), few + 1],
  });
  return rows;
}

/** Holders in each range, and the nearest on both sides of it. */
async function readNear(
  unit: CaptureTransaction,
  asked: Asked[],
  most: number,
): Promise<{ hash: string; stream: string }[]> {
  if (asked.length === 0) return [];
  const { rows } = await unit.tx.query<{ hash: string; stream: string }>({
    name: 'capture.read_near_holders',
    text: `SELECT asked.hash, holder.stream_id AS stream
             FROM unnest($2::text[], $3::text[], $4::int8[], $5::int8[]) AS asked (hash, stream_kind, lowest, highest)
            CROSS JOIN LATERAL (
                  (SELECT stream_id FROM capture.match_key AS key
                    WHERE portal_id = $1 AND key.hash = decode(asked.hash, 'hex') AND stream_kind = asked.stream_kind
                      AND number BETWEEN asked.lowest AND asked.highest)
                   UNION ALL
                  (SELECT stream_id FROM capture.match_key AS key
                    WHERE portal_id = $1 AND key.hash = decode(asked.hash, 'hex') AND stream_kind = asked.stream_kind
                      AND number < asked.lowest
                    ORDER BY number DESC LIMIT $6::int)
                   UNION ALL
                  (SELECT stream_id FROM capture.match_key AS key
                    WHERE portal_id = $1 AND key.hash = decode(asked.hash, 'hex') AND stream_kind = asked.stream_kind
                      AND number > asked.highest
                    ORDER BY number LIMIT $6::int)) AS holder`,
    values: [
      unit.portal.portalId,
      textArray(asked.map(({ hash }) => hash)),
      textArray(asked.map(({ kind }) => kind)),
      int8Array(asked.map(({ lowest }) => lowest)),
      int8Array(asked.map(({ highest }) => highest)),
      most + 1,
    ],
  });
  return rows;
}
