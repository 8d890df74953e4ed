import { Rejection } from '@funnelwatch/kernel';
import type { Pool, PoolClient } from 'pg';
import { decryptCredentials, encryptCredentials } from '../credential-box.js';

interface StoredCredentials {
  portalId: string;
  name: string;
  credentials: Buffer;
}

/** Whether a webhook opens with this master key; null when no portal has one. One damaged row proves nothing. */
export async function opensCredentials(client: Pool | PoolClient, masterKey: Buffer): Promise<boolean | null> {
  const stored = await readCredentials(client);
  return stored.length === 0 ? null : stored.some((row) => open(masterKey, row) !== null);
}

/**
 * Encrypts all webhooks with another master key, in the transaction of `client`; lock the table before. Returns how many
 * there are. Throws `Rejection` KEYS_UNREADABLE when one opens with neither.
 */
export async function reencryptCredentials(client: PoolClient, from: Buffer, to: Buffer): Promise<number> {
  const stored = await readCredentials(client);
  for (const row of stored) {
    const webhookUrl = open(from, row) ?? open(to, row);
    if (webhookUrl === null) {
      throw new Rejection(
        'KEYS_UNREADABLE',
        `The webhook of ${row.name} (${row.portalId}) opens neither with the present master key nor with the new one: it is damaged, or was stored with another. Nothing was changed. Give the portal its webhook anew (funnelwatch portal webhook), and run the command again.`,
        { details: { portalId: row.portalId } },
      );
    }
    await client.query('UPDATE registry.portal SET credentials = $2 WHERE portal_id = $1', [
      row.portalId,
      encryptCredentials(to, row.portalId, webhookUrl),
    ]);
  }
  return stored.length;
}

async function readCredentials(client: Pool | PoolClient): Promise<StoredCredentials[]> {
  const { rows } = await client.query<StoredCredentials>(
    `SELECT portal_id AS "portalId", name, credentials FROM registry.portal WHERE credentials <> '' ORDER BY created_at`,
  );
  return rows;
}

function open(masterKey: Buffer, { portalId, credentials }: StoredCredentials): string | null {
  try {
    return decryptCredentials(masterKey, portalId, credentials);
  } catch (error) {
    if (error instanceof Rejection) return null;
    throw error;
  }
}
