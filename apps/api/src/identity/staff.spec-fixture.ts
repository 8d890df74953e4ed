import { randomUUID } from 'node:crypto';
import type { Auth } from '@funnelwatch/identity';
import type { Role } from '@funnelwatch/identity-contracts';
import type { Pool } from 'pg';

export interface StaffRole {
  role: Role;
  portalId: string | null;
  portalUserId?: string;
}

export interface StaffMember {
  accountId: string;
  email: string;
  cookie: string;
}

/** People with roles, as they are once they have joined by their links. */
export class Staff {
  constructor(
    private readonly pool: Pool,
    private readonly auth: Auth,
  ) {}

  async signedIn(roles: readonly StaffRole[]): Promise<StaffMember> {
    const accountId = randomUUID();
    const email = `${accountId}@example.com`;
    await this.pool.query('INSERT INTO identity.account (id, email, name) VALUES ($1, $2, $3)', [
      accountId,
      email,
      `Person ${accountId.slice(0, 8)}`,
    ]);
    for (const { role, portalId, portalUserId } of roles) {
      await this.pool.query(
        `INSERT INTO identity.membership (membership_id, account_id, portal_id, role, portal_user_id, granted_at)
         VALUES ($1, $2, $3, $4, $5, clock_timestamp())`,
        [randomUUID(), accountId, portalId, role, portalUserId ?? null],
      );
    }
    return { accountId, email, cookie: await this.cookieOf(accountId) };
  }

  async setPassword(accountId: string, password: string): Promise<void> {
    const { password: hasher } = await this.auth.$context;
    await this.pool.query(
      `INSERT INTO identity.credential (id, account_id, provider_id, provider_account_id, password)
       VALUES ($1, $2::uuid, 'credential', $2::uuid::text, $3)
       ON CONFLICT (account_id, provider_id) DO UPDATE SET password = $3`,
      [randomUUID(), accountId, await hasher.hash(password)],
    );
  }

  /** Another session of the account. */
  async cookieOf(accountId: string): Promise<string> {
    const { headers } = await this.auth.api.issueSession({
      body: { accountId },
      headers: new Headers(),
      returnHeaders: true,
    });
    return headers
      .getSetCookie()
      .map((cookie) => cookie.split(';', 1)[0])
      .join('; ');
  }
}
