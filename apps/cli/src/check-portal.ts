import { readFile } from 'node:fs/promises';
import { type AddressRules, BitrixClient, parseWebhookUrl, type PortalProbe, probePortal } from '@funnelwatch/bitrix24';
import { hostList, parseConfig } from '@funnelwatch/config';
import { Rejection } from '@funnelwatch/kernel';
import { z } from 'zod';
import type { Texts } from './texts.js';

/** How portals outside of the public internet are reached. */
export interface PortalNetwork extends Pick<AddressRules, 'privateHosts'> {
  certificateFile: string | undefined;
}

/**
 * Tries a webhook: whose it is, what time the portal has, what it may read. Throws `BitrixFailure`, or `Rejection`
 * WEBHOOK_URL_INVALID or CERTIFICATE_FILE_UNREADABLE.
 */
export async function checkPortal(
  webhookUrl: string,
  { certificateFile, privateHosts }: PortalNetwork,
): Promise<PortalProbe> {
  const webhook = parseWebhookUrl(webhookUrl);
  const ca = certificateFile ? await readCertificate(certificateFile) : undefined;
  const timeouts = { headersMs: 20_000, totalMs: 30_000 };
  const client = new BitrixClient({ webhook, ca, privateHosts, timeouts });
  try {
    return await probePortal(client);
  } finally {
    await client.close();
  }
}

/** From FUNNELWATCH_PORTAL_CA and PORTAL_PRIVATE_HOSTS. Throws `ConfigurationProblem`. */
export function portalNetworkOf(environment: Record<string, string | undefined>): PortalNetwork {
  const { FUNNELWATCH_PORTAL_CA, PORTAL_PRIVATE_HOSTS } = environment;
  const schema = z.object({ PORTAL_PRIVATE_HOSTS: hostList.default([]) });
  const settings = parseConfig(schema, { PORTAL_PRIVATE_HOSTS }, { program: 'funnelwatch' });
  return { certificateFile: FUNNELWATCH_PORTAL_CA, privateHosts: settings.PORTAL_PRIVATE_HOSTS };
}

export function describeProbe(probe: PortalProbe, texts: Texts): string {
  const { host, userId, isAdministrator, serverTime, scopes } = probe;
  return [
    texts.portalWorks(host, userId, isAdministrator, serverTime, scopes.join(', ')),
    ...(isAdministrator ? [] : [texts.notAdministrator]),
    ...probe.missingScopes.map(texts.scopeMissing),
  ].join('\n');
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
