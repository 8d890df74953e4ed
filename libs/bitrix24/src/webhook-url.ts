import { Rejection } from '@funnelwatch/kernel';

/** An incoming webhook taken apart. `code` is a secret: it never goes into logs, errors or answers. */
export interface Webhook {
  /** `https://example.bitrix24.ru`, without a slash at the end. */
  origin: string;
  /** Host with a port when it is not the default one. */
  host: string;
  userId: string;
  code: string;
}

const PATH = /^(?<prefix>(?:\/[\w.-]+)*?)\/rest\/(?<userId>\d{1,12})\/(?<code>[A-Za-z0-9_-]{1,128})(?:\/(?:[\w.]+)?)?$/;

/**
 * Takes an incoming webhook's address apart: `https://host[:port]/rest/{user}/{code}/`, with or without a method at the
 * end. Plain http is accepted for loopback hosts and for `httpHosts` only. Throws `Rejection` WEBHOOK_URL_INVALID.
 */
export function parseWebhookUrl(text: string, options: { httpHosts?: string[] } = {}): Webhook {
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    throw invalid('It is not an address.');
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw invalid('It must begin with https://.');
  if (url.username !== '' || url.password !== '') throw invalid('It must not contain a user name or a password.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && !options.httpHosts?.includes(url.hostname)) {
    throw invalid('It must begin with https://, since anyone on the way could read the code.');
  }
  const match = PATH.exec(url.pathname);
  if (!match?.groups || match.groups.prefix !== '') throw invalid('The part after the host is not /rest/number/code/.');
  const { userId = '', code = '' } = match.groups;
  return { origin: url.origin, host: url.host, userId, code };
}

/** The address of the webhook as the portal shows it. Contains the secret code. */
export function webhookUrlOf(webhook: Webhook): string {
  return `${webhook.origin}/rest/${webhook.userId}/${webhook.code}/`;
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function invalid(reason: string): Rejection {
  return new Rejection(
    'WEBHOOK_URL_INVALID',
    `This is not the address of an incoming webhook. ${reason} Copy it from Bitrix24: Developer resources → Other → Inbound webhook; it looks like https://example.bitrix24.ru/rest/1/code/.`,
    { details: { reason } },
  );
}
