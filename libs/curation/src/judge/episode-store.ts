import { jsonArray, textArray, timestamptzArray, uuidArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { CaseItem, VoidReason } from '../cases/case-events.js';
import type { PortalPlace } from './bundles.js';

/** An episode as it was last said. */
export interface SaidEpisode {
  ruleId: string;
  about: string;
  /** Milliseconds since the epoch, as all times here. */
  startAt: number;
  subject: string;
  caseId: string;
  opensAt: number;
  resolvedAt: number | null;
  voidAt: number | null;
  voidReason: VoidReason | null;
  /** What took the record over, where it was merged. */
  voidInto: string | null;
  items: CaseItem[];
  owner: string | null;
  inhibitedBy: string | null;
  /** By what version and parameters of its rule it was told last; null for those told before that was kept. */
  judgedBy: string | null;
}

export const episodeKey = ({ ruleId, about, startAt }: Pick<SaidEpisode, 'ruleId' | 'about' | 'startAt'>): string =>
  `${ruleId} ${about} ${startAt}`;

interface EpisodeRow {
  rule_id: string;
  about: string;
  started_at: Date;
  subject: string;
  case_id: string;
  opens_at: Date;
  resolved_at: Date | null;
  void_at: Date | null;
  void_reason: VoidReason | null;
  void_into: string | null;
  items: CaseItem[];
  owner_id: string | null;
  inhibited_by: string | null;
  judged_by: string | null;
}

const columns = `rule_id, about, started_at, subject, case_id, opens_at, resolved_at, void_at, void_reason, void_into,
  items, owner_id, inhibited_by, judged_by`;

const episodeOf = (row: EpisodeRow): SaidEpisode => ({
  ruleId: row.rule_id,
  about: row.about,
  startAt: row.started_at.getTime(),
  subject: row.subject,
  caseId: row.case_id,
  opensAt: row.opens_at.getTime(),
  resolvedAt: row.resolved_at?.getTime() ?? null,
  voidAt: row.void_at?.getTime() ?? null,
  voidReason: row.void_reason,
  voidInto: row.void_into,
  items: row.items,
  owner: row.owner_id,
  inhibitedBy: row.inhibited_by,
  judgedBy: row.judged_by,
});

/** Episodes found in the lives of subjects, and all others about the same records: a new one may belong to their case. */
export async function loadEpisodes(
  client: PoolClient,
  { portalId, bucket }: PortalPlace,
  subjects: readonly string[],
  abouts: readonly string[],
): Promise<SaidEpisode[]> {
  const { rows } = await client.query<EpisodeRow>({
    name: 'judge.episodes',
    text: `SELECT ${columns} FROM judge.episode
            WHERE bucket = $1 AND portal_id = $2 AND (subject = ANY ($3::text[]) OR about = ANY ($4::text[]))`,
    values: [bucket, portalId, textArray(subjects), textArray(abouts)],
  });
  return rows.map(episodeOf);
}

/** Writes what was said of episodes. */
export async function saveEpisodes(
  client: PoolClient,
  { portalId, bucket }: PortalPlace,
  unsorted: readonly SaidEpisode[],
): Promise<void> {
  if (unsorted.length === 0) return;
  const rows = [...unsorted].sort((left, right) => (episodeKey(left) < episodeKey(right) ? -1 : 1));
  const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  await client.query({
    name: 'judge.save_episodes',
    text: `INSERT INTO judge.episode (bucket, portal_id, rule_id, about, started_at, subject, case_id, opens_at, resolved_at,
                                      void_at, void_reason, void_into, items, owner_id, inhibited_by, judged_by)
           SELECT $1, $2, * FROM unnest($3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::uuid[], $8::timestamptz[],
                                        $9::timestamptz[], $10::timestamptz[], $11::text[], $12::text[], $13::json[],
                                        $14::text[], $15::text[], $16::text[])
           ON CONFLICT (bucket, portal_id, rule_id, about, started_at) DO UPDATE SET
             subject = excluded.subject, case_id = excluded.case_id, opens_at = excluded.opens_at,
             resolved_at = excluded.resolved_at, void_at = excluded.void_at, void_reason = excluded.void_reason,
             void_into = excluded.void_into,
             items = excluded.items, owner_id = excluded.owner_id, inhibited_by = excluded.inhibited_by,
             judged_by = excluded.judged_by`,
    values: [
      bucket,
      portalId,
      textArray(rows.map(({ ruleId }) => ruleId)),
      textArray(rows.map(({ about }) => about)),
      timestamptzArray(rows.map(({ startAt }) => date(startAt))),
      textArray(rows.map(({ subject }) => subject)),
      uuidArray(rows.map(({ caseId }) => caseId)),
      timestamptzArray(rows.map(({ opensAt }) => date(opensAt))),
      timestamptzArray(rows.map(({ resolvedAt }) => date(resolvedAt))),
      timestamptzArray(rows.map(({ voidAt }) => date(voidAt))),
      textArray(rows.map(({ voidReason }) => voidReason)),
      textArray(rows.map(({ voidInto }) => voidInto)),
      jsonArray(rows.map(({ items }) => JSON.stringify(items))),
      textArray(rows.map(({ owner }) => owner)),
      textArray(rows.map(({ inhibitedBy }) => inhibitedBy)),
      textArray(rows.map(({ judgedBy }) => judgedBy)),
    ],
  });
}
