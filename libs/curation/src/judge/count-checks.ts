import { int8Array, jsonArray, textArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { Check } from '../episodes/episode.js';
import type { PortalPlace } from './bundles.js';
import { weekOf } from './portal-weeks.js';

/** Rule, person and week → how often. */
type Counts = Record<string, number>;

/** Opportunities by rule, person (empty: nobody) and week (its Monday in the portal's zone). */
export function countsOf(checks: readonly Check[], zone: string): Counts {
  const counts: Counts = {};
  for (const { ruleId, at, person } of checks) {
    const key = `${ruleId}|${person}|${weekOf(at, zone)}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Takes over how often each subject gave an opportunity; the sums change by the difference. */
export async function saveChecks(
  client: PoolClient,
  { portalId, bucket }: PortalPlace,
  given: ReadonlyMap<string, Counts>,
): Promise<void> {
  const subjects = [...given.keys()].sort();
  if (subjects.length === 0) return;
  const { rows } = await client.query<{ subject: string; counts: Counts }>({
    name: 'judge.subject_checks',
    text: `SELECT subject, counts FROM judge.subject_checks
            WHERE bucket = $1 AND portal_id = $2 AND subject = ANY ($3::text[])`,
    values: [bucket, portalId, textArray(subjects)],
  });
  const before = new Map(rows.map(({ subject, counts }) => [subject, counts]));
  const difference = new Map<string, number>();
  const changed = subjects.filter((subject) => {
    const was = before.get(subject) ?? {};
    const is = given.get(subject) ?? {};
    let isChanged = !before.has(subject);
    for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
      const by = (is[key] ?? 0) - (was[key] ?? 0);
      if (by === 0) continue;
      isChanged = true;
      difference.set(key, (difference.get(key) ?? 0) + by);
    }
    return isChanged;
  });
  if (changed.length > 0) {
    await client.query({
      name: 'judge.save_subject_checks',
      text: `INSERT INTO judge.subject_checks (bucket, portal_id, subject, counts)
             SELECT $1, $2, * FROM unnest($3::text[], $4::json[])
             ON CONFLICT (bucket, portal_id, subject) DO UPDATE SET counts = excluded.counts`,
      values: [
        bucket,
        portalId,
        textArray(changed),
        jsonArray(changed.map((subject) => JSON.stringify(given.get(subject)))),
      ],
    });
  }
  const sums = [...difference].filter(([, by]) => by !== 0).sort(([left], [right]) => (left < right ? -1 : 1));
  if (sums.length === 0) return;
  const parts = sums.map(([key]) => key.split('|'));
  await client.query({
    name: 'judge.add_checks',
    text: `INSERT INTO judge.checks AS known (bucket, portal_id, rule_id, person, week, checks)
           SELECT $1, $2, rule_id, person, week::date, by FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[])
                  AS added (rule_id, person, week, by)
           ON CONFLICT (bucket, portal_id, rule_id, person, week) DO UPDATE SET checks = known.checks + excluded.checks`,
    values: [
      bucket,
      portalId,
      textArray(parts.map(([rule]) => rule ?? '')),
      textArray(parts.map(([, person]) => person ?? '')),
      textArray(parts.map(([, , week]) => week ?? '')),
      int8Array(sums.map(([, by]) => by)),
    ],
  });
}
