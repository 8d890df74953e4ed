import { byteaArray, boolArray, int8Array, textArray } from '@funnelwatch/postgres';
import type { MatchedKind, MatchKind } from '@funnelwatch/capture-contracts';
import type { CaptureTransaction } from '../write/capture-writer.js';
import type { Holder } from './list-of-matches.js';

export interface MatchKey extends Holder {
  on: MatchKind;
  hash: Buffer;
}

/** A key that came or went, as far as it may change somebody's list. */
export interface ChangedKey extends Holder {
  /** As a text, so that maps find it. */
  hash: string;
}

interface ChangedRow {
  stream_id: string;
  stream_kind: MatchedKind;
  number: number;
  hash: string;
}

/**
 * Makes `keys` all that is kept of `streams`; the ones in `known` may have had others. Answers with the keys that went,
 * and the new ones that somebody else has too.
 */
export async function replaceKeys(unit: CaptureTransaction, known: string[], keys: MatchKey[]): Promise<ChangedKey[]> {
  if (known.length === 0 && keys.length === 0) return [];
  // In one order everywhere, so that two writers that meet the same keys cannot block each other.
  const ordered = keys
    .map((key) => ({ ...key, text: key.hash.toString('hex') }))
    .sort((a, b) => (a.stream === b.stream ? (a.text < b.text ? -1 : 1) : a.stream < b.stream ? -1 : 1));
  const counts = new Map<string, number>();
  for (const { text } of ordered) counts.set(text, (counts.get(text) ?? 0) + 1);
  const { rows } = await unit.tx.query<ChangedRow>({
    name: 'capture.replace_match_keys',
    text: `WITH wanted AS (
             SELECT * FROM unnest($3::text[], $4::text[], $5::int8[], $6::text[], $7::bytea[], $8::bool[])
                        AS wanted (stream_id, stream_kind, number, kind, hash, is_shared_here)
           ), outdated AS (
             SELECT stream_id, hash FROM capture.match_key AS held
              WHERE portal_id = $2 AND stream_id = ANY ($9::text[])
                AND NOT EXISTS (SELECT FROM wanted WHERE wanted.stream_id = held.stream_id AND wanted.hash = held.hash)
              ORDER BY stream_id, hash
                FOR UPDATE
           ), gone AS (
             DELETE FROM capture.match_key AS held USING outdated
              WHERE held.portal_id = $2 AND held.stream_id = outdated.stream_id AND held.hash = outdated.hash
             RETURNING held.stream_id, held.stream_kind, held.number, held.hash
           ), added AS (
             INSERT INTO capture.match_key (bucket, portal_id, stream_id, stream_kind, number, kind, hash)
             SELECT $1, $2, stream_id, stream_kind, number, kind, hash FROM wanted
             ON CONFLICT DO NOTHING
             RETURNING stream_id, stream_kind, number, hash
           )
           SELECT stream_id, stream_kind, number, encode(hash, 'hex') AS hash FROM gone
            UNION ALL
           SELECT stream_id, added.stream_kind, number, encode(hash, 'hex') FROM added JOIN wanted USING (stream_id, hash, number)
            WHERE is_shared_here OR EXISTS (
                  SELECT FROM capture.match_key AS other WHERE other.portal_id = $2 AND other.hash = added.hash)`,
    values: [
      unit.portal.bucket,
      unit.portal.portalId,
      textArray(ordered.map(({ stream }) => stream)),
      textArray(ordered.map(({ kind }) => kind)),
      int8Array(ordered.map(({ number }) => number)),
      textArray(ordered.map(({ on }) => on)),
      byteaArray(ordered.map(({ hash }) => hash)),
      boolArray(ordered.map(({ text }) => (counts.get(text) ?? 0) > 1)),
      textArray([...known].sort()),
    ],
  });
  return rows.map((row) => ({
    stream: row.stream_id,
    kind: row.stream_kind,
    number: row.number,
    hash: row.hash,
  }));
}

/** A record whose list may be another one than was told last. */
export interface AffectedRecord {
  stream: string;
  keys: { on: MatchKind; hash: string }[];
  /** The last list that was told; null when none ever was. */
  told: { version: number; digest: string } | null;
}

interface AffectedRow {
  stream_id: string;
  kinds: MatchKind[] | null;
  hashes: string[] | null;
  version: number | null;
  digest: string | null;
}

const AFFECTED = `
  SELECT affected.stream_id, key.kinds, key.hashes, list.version, list.digest
    FROM affected
    LEFT JOIN capture.match_list AS list ON list.portal_id = $1 AND list.stream_id = affected.stream_id
    LEFT JOIN LATERAL (
         SELECT array_agg(kind ORDER BY hash) AS kinds, array_agg(encode(hash, 'hex') ORDER BY hash) AS hashes
           FROM capture.match_key WHERE portal_id = $1 AND stream_id = affected.stream_id) AS key ON true`;

/**
 * The records whose keys changed, and those who may list them. A list names the nearest `most`, so nobody lists a record
 * behind more than that many of its kind with the same value.
 */
export async function readAffected(
  unit: CaptureTransaction,
  changed: ChangedKey[],
  most: number,
): Promise<AffectedRecord[]> {
  const { rows } = await unit.tx.query<AffectedRow>({
    name: 'capture.read_affected_by_keys',
    text: `WITH changed AS (
             SELECT stream_id, stream_kind, number, decode(hash, 'hex') AS hash
               FROM unnest($2::text[], $3::text[], $4::int8[], $5::text[]) AS changed (stream_id, stream_kind, number, hash)
           ), reach AS MATERIALIZED (
             SELECT hash,
                    (SELECT number FROM capture.match_key AS below
                      WHERE portal_id = $1 AND below.hash = changed.hash AND below.stream_kind = changed.stream_kind
                        AND below.number < changed.number
                      ORDER BY number DESC OFFSET $6::int LIMIT 1) AS lowest,
                    (SELECT number FROM capture.match_key AS above
                      WHERE portal_id = $1 AND above.hash = changed.hash AND above.stream_kind = changed.stream_kind
                        AND above.number > changed.number
                      ORDER BY number OFFSET $6::int LIMIT 1) AS highest
               FROM changed WHERE stream_kind <> 'call'
           ), affected AS (
             SELECT stream_id FROM changed
              UNION
             SELECT other.stream_id
               FROM reach
               JOIN capture.match_key AS other
                 ON portal_id = $1 AND other.hash = reach.hash
                AND number BETWEEN coalesce(lowest, 0) AND coalesce(highest, 9223372036854775807)
           ) ${AFFECTED}`,
    values: [
      unit.portal.portalId,
      textArray(changed.map(({ stream }) => stream)),
      textArray(changed.map(({ kind }) => kind)),
      int8Array(changed.map(({ number }) => number)),
      textArray(changed.map(({ hash }) => hash)),
      most + 1,
    ],
  });
  return rows.map(affectedOf);
}

/** As `readAffected`, of records whose lists an erasure made doubtful. */
export async function readDoubtful(unit: CaptureTransaction, atOnce: number): Promise<AffectedRecord[]> {
  const { rows } = await unit.tx.query<AffectedRow>({
    name: 'capture.read_doubtful_lists',
    text: `WITH affected AS (
             SELECT stream_id FROM capture.match_list WHERE portal_id = $1 AND is_doubtful
              ORDER BY stream_id LIMIT $2 FOR UPDATE
           ) ${AFFECTED}`,
    values: [unit.portal.portalId, atOnce],
  });
  return rows.map(affectedOf);
}

const affectedOf = ({ stream_id, kinds, hashes, version, digest }: AffectedRow): AffectedRecord => ({
  stream: stream_id,
  keys: (hashes ?? []).flatMap((hash, index) => {
    const on = kinds?.[index];
    return on === undefined ? [] : [{ on, hash }];
  }),
  told: version === null || digest === null ? null : { version, digest },
});
