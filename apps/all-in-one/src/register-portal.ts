import { readFile } from 'node:fs/promises';
import { BitrixClient, parseWebhookUrl, probePortal } from '@funnelwatch/bitrix24';
import { readKeyFile } from '@funnelwatch/config';
import { Rejection } from '@funnelwatch/kernel';
import { PortalRegistry, type RegisteredPortal } from '@funnelwatch/portals';
import { createPool } from '@funnelwatch/postgres';

export interface PortalOrder {
  webhookUrl: string;
  databaseUrl: string;
  keyFile: string;
  /** Shown in the console; the host when left out. */
  name?: string;
  /** Id that the simulated portal was given before, null for a real portal or the first start. */
  knownPortalId: string | null;
  /** The simulated portal of this data folder while a real one is read: it is paused, its history stays. */
  pausedPortalId: string | null;
}

/** Puts the portal into the registry, or finds it there under its host. */
export async function registerPortal(order: PortalOrder): Promise<RegisteredPortal> {
  const pool = createPool({ url: order.databaseUrl, applicationName: 'funnelwatch-all-in-one', max: 1 });
  try {
    const registry = new PortalRegistry(pool, await readKeyFile(order.keyFile));
    // It may have been removed by a person since.
    if (order.pausedPortalId && (await registry.get(order.pausedPortalId))) {
      await registry.setStatus(order.pausedPortalId, 'paused');
    }
    const known = order.knownPortalId === null ? null : await registry.get(order.knownPortalId);
    if (!known) return await registry.register({ webhookUrl: order.webhookUrl, name: order.name });
    if (known.status !== 'active') await registry.setStatus(known.portalId, 'active');
    if ((await registry.webhookOf(known.portalId)) === order.webhookUrl) return known;
    return await registry.replaceWebhook(known.portalId, order.webhookUrl);
  } finally {
    await pool.end();
  }
}

/**
 * Asks the portal who the webhook belongs to and what it may read. `certificateFile` names the authority of a portal in
 * a private network. Throws the client's `BitrixFailure`, one sentence for a person, or `CERTIFICATE_FILE_UNREADABLE`.
 */
export async function refuseBrokenWebhook(
  webhookUrl: string,
  { certificateFile, privateHosts }: { certificateFile?: string; privateHosts: readonly string[] },
): Promise<void> {
  const webhook = parseWebhookUrl(webhookUrl);
  const ca = certificateFile ? await readCertificate(certificateFile) : undefined;
  const client = new BitrixClient({ webhook, ca, privateHosts });
  try {
    await probePortal(client);
  } finally {
    await client.close();
  }
}

async function readCertificate(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Rejection(
      'CERTIFICATE_FILE_UNREADABLE',
      `The certificate file ${path} cannot be read. Check FUNNELWATCH_PORTAL_CA and the file's rights.`,
      { cause: error },
    );
  }
}
