import type { BitrixClient, CallOptions } from './client.js';
import { BitrixFailure } from './failure.js';
import { readProfile, readScopes, readServerTime } from './portal-reads.js';

export interface PortalProbe {
  host: string;
  userId: string;
  isAdministrator: boolean;
  /** The portal's clock with its offset, ISO 8601. */
  serverTime: string;
  scopes: string[];
  /** Rights without which something is not read; `crm` and a form of `user` are demanded. */
  missingScopes: string[];
}

const USEFUL_SCOPES = ['crm', 'user', 'department', 'task', 'telephony'];

/**
 * Whether a webhook works and what it may read. Throws `BitrixFailure`; SCOPE_MISSING when CRM or users may not be
 * read at all, since nothing works without them.
 */
export async function probePortal(client: BitrixClient, options: CallOptions = {}): Promise<PortalProbe> {
  const callOptions: CallOptions = { priority: 'interactive', attempts: 2, ...options };
  const profile = await readProfile(client, callOptions);
  const serverTime = await readServerTime(client, callOptions);
  const scopes = await readScopes(client, callOptions);
  const missingScopes = USEFUL_SCOPES.filter((scope) => !hasScope(scopes, scope));
  for (const scope of ['crm', 'user']) {
    if (missingScopes.includes(scope)) throw scopeMissing(client.host, scope);
  }
  return {
    host: client.host,
    userId: profile.userId,
    isAdministrator: profile.isAdministrator,
    serverTime,
    scopes,
    missingScopes,
  };
}

function hasScope(scopes: string[], scope: string): boolean {
  if (scope === 'user') return scopes.some((granted) => /^user(?:_basic|_brief)?$/.test(granted));
  return scopes.includes(scope);
}

function scopeMissing(host: string, scope: string): BitrixFailure {
  return new BitrixFailure('SCOPE_MISSING', 'never', {
    host,
    method: 'scope',
    status: null,
    portalCode: null,
    reason: null,
    scope,
    newHost: null,
  });
}
