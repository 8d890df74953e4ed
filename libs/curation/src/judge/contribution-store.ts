import { int4Array, jsonArray, textArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { Contribution } from '../stories/contribution.js';
import { channelOfHour } from '../stories/heard-hour.js';
import type { PortalPlace } from './bundles.js';
import { foldHeardHours } from './heard-hours.js';

/**
 * Replaces what records add to the stories of employees and of the portal. Notes whose story is thereby another one, and
 * changes nothing where it is the same.
 */
export async function saveContributions(
  client: PoolClient,
  place: PortalPlace,
  given: ReadonlyMap<string, readonly Contribution[]>,
): Promise<void> {
  const { portalId, bucket } = place;
  const sources = [...given.keys()].sort();
  if (sources.length === 0) return;
  const { rows } = await client.query<{ source: string; ordinal: number; contribution: Contribution }>({
    name: 'judge.contributions_of_sources',
    text: `SELECT source, ordinal, contribution FROM judge.contribution
            WHERE bucket = $1 AND portal_id = $2 AND source = ANY ($3::text[]) ORDER BY source, ordinal`,
    values: [bucket, portalId, textArray(sources)],
  });
  const before = Map.groupBy(rows, ({ source }) => source);
  const touched = new Set<string>();
  const hours = new Set<string>();
  const changed = sources.filter((source) => {
    const was = (before.get(source) ?? []).map(({ contribution }) => contribution);
    const is = given.get(source) ?? [];
    if (JSON.stringify(was) === JSON.stringify(is)) return false;
    for (const { to } of [...was, ...is]) (channelOfHour(to) === null ? touched : hours).add(to);
    return true;
  });
  if (changed.length === 0) return;
  await client.query(
    'DELETE FROM judge.contribution WHERE bucket = $1 AND portal_id = $2 AND source = ANY ($3::text[])',
    [bucket, portalId, textArray(changed)],
  );
  const added = changed.flatMap((source) =>
    (given.get(source) ?? []).map((contribution, ordinal) => ({ source, ordinal, contribution })),
  );
  await client.query(
    `INSERT INTO judge.contribution (bucket, portal_id, source, ordinal, subject, contribution)
     SELECT $1, $2, * FROM unnest($3::text[], $4::int[], $5::text[], $6::json[])`,
    [
      bucket,
      portalId,
      textArray(added.map(({ source }) => source)),
      int4Array(added.map(({ ordinal }) => ordinal)),
      textArray(added.map(({ contribution }) => contribution.to)),
      jsonArray(added.map(({ contribution }) => JSON.stringify(contribution))),
    ],
  );
  if (await foldHeardHours(client, place, [...hours].sort())) touched.add('portal:-');
  await client.query(
    `INSERT INTO judge.touched (bucket, portal_id, subject) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING`,
    [bucket, portalId, textArray([...touched].sort())],
  );
}

/** What records add to the story of one employee or of the portal. */
export async function loadContributions(
  client: PoolClient,
  { portalId, bucket }: PortalPlace,
  subject: string,
): Promise<Contribution[]> {
  const { rows } = await client.query<{ contribution: Contribution }>({
    name: 'judge.contributions_of_subject',
    text: `SELECT contribution FROM judge.contribution WHERE bucket = $1 AND portal_id = $2 AND subject = $3`,
    values: [bucket, portalId, subject],
  });
  return rows.map(({ contribution }) => contribution);
}
