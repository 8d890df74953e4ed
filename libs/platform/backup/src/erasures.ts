import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool, PoolClient } from 'pg';
import { ERASURES_FILE } from './manifest.js';

/** Renews the list of the erased beside the copies of keys, by which every restore goes. */
export async function exportErasures(pool: Pool, keysFolder: string): Promise<void> {
  await mkdir(keysFolder, { recursive: true, mode: 0o700 });
  await writeErasures(pool, keysFolder);
}

/** The newest state, beside the copies of keys: whichever copy is restored, nobody comes back who was erased since. */
export async function writeErasures(client: Pool | PoolClient, keysFolder: string): Promise<void> {
  const { rows } = await client.query<{ portalId: string; subject: string; erasedAt: Date }>(
    `SELECT portal_id AS "portalId", subject, destroyed_at AS "erasedAt" FROM keys.subject_key
      WHERE destroyed_at IS NOT NULL ORDER BY destroyed_at, portal_id, subject`,
  );
  const path = join(keysFolder, ERASURES_FILE);
  await writeFile(`${path}.new`, rows.map((row) => `${JSON.stringify(row)}\n`).join(''), { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}
