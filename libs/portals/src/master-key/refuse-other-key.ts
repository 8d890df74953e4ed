import { opensSubjectKeys, otherMasterKey } from '@funnelwatch/event-log';
import { inScope } from '@funnelwatch/postgres';
import type { Pool, PoolClient } from 'pg';
import { opensCredentials } from './stored-credentials.js';

/** Whether what is encrypted in this database opens with the master key; null when nothing is. */
export async function opensDatabase(client: Pool | PoolClient, masterKey: Buffer): Promise<boolean | null> {
  const credentials = await opensCredentials(client, masterKey);
  // A row that does not open may be damaged; one that opens is a proof.
  return credentials ? true : ((await opensSubjectKeys(client, masterKey)) ?? credentials);
}

/** Throws `Rejection` KEY_FILE_OTHER when what is encrypted in this database was encrypted with another master key. */
export async function refuseOtherKey(client: Pool | PoolClient, masterKey: Buffer): Promise<void> {
  // Of no portal: the keys of all are looked at.
  if ((await inScope('all', () => opensDatabase(client, masterKey))) === false) throw otherMasterKey();
}
