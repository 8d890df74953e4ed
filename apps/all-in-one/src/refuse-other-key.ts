import { readKeyFile } from '@funnelwatch/config';
import { refuseOtherKey } from '@funnelwatch/portals';
import { createPool } from '@funnelwatch/postgres';

/** Throws `KEY_FILE_OTHER` when the key in this data folder is not the one of its database. */
export async function refuseOtherKeyFile(databaseUrl: string, keyFile: string): Promise<void> {
  const pool = createPool({ url: databaseUrl, applicationName: 'funnelwatch-all-in-one', max: 1 });
  try {
    await refuseOtherKey(pool, await readKeyFile(keyFile));
  } finally {
    await pool.end();
  }
}
