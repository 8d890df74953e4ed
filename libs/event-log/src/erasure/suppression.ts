import { textArray } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import type { PortalAddress } from '../port.js';

/** The subjects among these that were erased, each with whose erasure it was. Sees what is committed now. */
export async function readErased(
  source: Pool | PoolClient,
  portal: PortalAddress,
  subjects: readonly string[],
): Promise<Map<string, string>> {
  if (subjects.length === 0) return new Map();
  const { rows } = await source.query<{ subject: string; root: string }>({
    name: 'keys.read_erased',
    text: `SELECT subject, root FROM keys.erased_subject
            WHERE bucket = $1 AND portal_id = $2 AND subject = ANY ($3::text[])`,
    values: [portal.bucket, portal.portalId, textArray(subjects)],
  });
  return new Map(rows.map(({ subject, root }) => [subject, root]));
}

/** Puts subjects on the list; the ones that are on it stay as they are. Returns how many were not. */
export async function suppress(
  source: Pool | PoolClient,
  portal: PortalAddress,
  erased: readonly { subject: string; root: string }[],
): Promise<number> {
  const ordered = [...new Map(erased.map((one) => [one.subject, one])).values()];
  ordered.sort((a, b) => (a.subject < b.subject ? -1 : 1));
  const { rowCount } = await source.query({
    text: `INSERT INTO keys.erased_subject (bucket, portal_id, subject, root)
           SELECT $1, $2, gone.subject, gone.root FROM unnest($3::text[], $4::text[]) AS gone(subject, root)
           ON CONFLICT DO NOTHING`,
    values: [
      portal.bucket,
      portal.portalId,
      textArray(ordered.map(({ subject }) => subject)),
      textArray(ordered.map(({ root }) => root)),
    ],
  });
  return rowCount ?? 0;
}

/** Destroys the keys of subjects, those made later included. Put them on the list first. */
export async function destroyKeys(
  source: Pool | PoolClient,
  portal: PortalAddress,
  subjects: readonly string[],
): Promise<void> {
  await source.query({
    text: `INSERT INTO keys.subject_key (bucket, portal_id, subject, destroyed_at)
           SELECT $1, $2, gone.subject, now() FROM unnest($3::text[]) AS gone(subject)
           ON CONFLICT (bucket, portal_id, subject) DO UPDATE SET wrapped = NULL, destroyed_at = now()
             WHERE subject_key.destroyed_at IS NULL`,
    values: [portal.bucket, portal.portalId, textArray([...new Set(subjects)].sort())],
  });
}

/** Puts subjects on the list and destroys their keys, each for its own erasure. */
export async function eraseKeys(client: PoolClient, portal: PortalAddress, subjects: readonly string[]): Promise<void> {
  const roots = subjects.map((subject) => ({ subject, root: subject }));
  await suppress(client, portal, roots);
  await destroyKeys(client, portal, subjects);
}

/** When the subject was erased first. Throws when it was not. */
export async function erasedAt(source: Pool, portal: PortalAddress, subject: string): Promise<Date> {
  const { rows } = await source.query<{ erased_at: Date }>(
    'SELECT erased_at FROM keys.erased_subject WHERE bucket = $1 AND portal_id = $2 AND subject = $3',
    [portal.bucket, portal.portalId, subject],
  );
  const [row] = rows;
  if (!row) throw new Error(`${subject} is not on the list of the erased`);
  return row.erased_at;
}
