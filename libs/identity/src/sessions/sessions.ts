import { APIError } from 'better-auth/api';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type pg from 'pg';
import { addressHeader, type Auth } from '../auth/create-auth.js';

/** Where a request comes from, and what it carries. */
export interface Caller {
  /** The header as it came; empty when there was none. */
  cookies: string;
  /** Null when nobody knows it. */
  address: string | null;
  userAgent: string;
}

/** Somebody signed in, with what to send back as `Set-Cookie`. */
export interface SignedIn {
  accountId: string;
  cookies: string[];
}

export interface CurrentSession extends SignedIn {
  sessionId: string;
  name: string;
  email: string;
}

interface SessionRow {
  sessionId: string;
  createdAt: Date;
  expiresAt: Date;
  address: string | null;
  userAgent: string | null;
}

/** A token serves half a day; then the next request gets a new one. */
const rotateAfterMs = 12 * 3_600_000;
/** Requests that were on their way with the old token are answered that long. */
const graceMs = 60_000;

/** Sessions in the database, found by a signed cookie. */
export class Sessions {
  constructor(
    private readonly auth: Auth,
    private readonly pool: pg.Pool,
    private readonly clock: Clock,
  ) {}

  /** Null when the e-mail or the password is wrong, which nobody can tell apart, by time neither. */
  async signIn(email: string, password: string, caller: Caller): Promise<SignedIn | null> {
    try {
      const { headers, response } = await this.auth.api.signInEmail({
        body: { email, password },
        // Whatever session the browser had before is left alone: the new one has a token of its own.
        headers: headersOf({ ...caller, cookies: '' }),
        returnHeaders: true,
      });
      await this.dropExpired();
      return { accountId: response.user.id, cookies: headers.getSetCookie() };
    } catch (error) {
      if (error instanceof APIError && (error.status === 'UNAUTHORIZED' || error.status === 'BAD_REQUEST')) return null;
      throw error;
    }
  }

  /** A session without a password, for whoever used a one-time link. */
  async begin(accountId: string, caller: Caller): Promise<SignedIn> {
    const { headers } = await this.auth.api.issueSession({
      body: { accountId },
      headers: headersOf({ ...caller, cookies: '' }),
      returnHeaders: true,
    });
    return { accountId, cookies: headers.getSetCookie() };
  }

  /** Whose session the cookies name; null when there is none, or it has ended. A token that is old gives way to a new one. */
  async of(caller: Caller, { mayRotate } = { mayRotate: true }): Promise<CurrentSession | null> {
    if (!caller.cookies.includes('session_token')) return null;
    const found = await this.auth.api.getSession({
      headers: headersOf(caller),
      query: { disableRefresh: true },
    });
    if (!found) return null;
    const { session, user } = found;
    const isOld = this.clock.now().getTime() - session.createdAt.getTime() > rotateAfterMs;
    const cookies = isOld && mayRotate ? await this.rotate(session.id, user.id, caller) : [];
    return { accountId: user.id, sessionId: session.id, name: user.name, email: user.email, cookies };
  }

  /** Ends the session that the cookies name and tells the browser to forget it. */
  async end(caller: Caller): Promise<{ cookies: string[] }> {
    const { headers } = await this.auth.api.signOut({ headers: headersOf(caller), returnHeaders: true });
    return { cookies: headers.getSetCookie() };
  }

  /** Those that last, newest first. */
  async list(accountId: string): Promise<SessionRow[]> {
    const { rows } = await this.pool.query<SessionRow>(
      `SELECT id AS "sessionId", created_at AS "createdAt", expires_at AS "expiresAt", nullif(ip_address, '') AS address,
              nullif(user_agent, '') AS "userAgent"
         FROM identity.session
        WHERE account_id = $1 AND expires_at > $2 AND replaced_at IS NULL
        ORDER BY created_at DESC, id`,
      [accountId, this.clock.now()],
    );
    return rows;
  }

  /** Whether a session has not ended. */
  async lasts(sessionId: string): Promise<boolean> {
    const { rowCount } = await this.pool.query('SELECT FROM identity.session WHERE id = $1 AND expires_at > $2', [
      sessionId,
      this.clock.now(),
    ]);
    return rowCount === 1;
  }

  /** Throws `Rejection` SESSION_UNKNOWN. */
  async revoke(accountId: string, sessionId: string): Promise<void> {
    const { rowCount } = await this.pool.query('DELETE FROM identity.session WHERE account_id = $1 AND id = $2', [
      accountId,
      sessionId,
    ]);
    if (!rowCount) throw new Rejection('SESSION_UNKNOWN', 'There is no such session. It may have ended already.');
  }

  /** Ends all sessions of an account but the one named; with null every one. Returns how many ended. */
  async revokeAll(accountId: string, exceptSessionId: string | null): Promise<number> {
    const { rowCount } = await this.pool.query(
      'DELETE FROM identity.session WHERE account_id = $1 AND id IS DISTINCT FROM $2',
      [accountId, exceptSessionId],
    );
    return rowCount ?? 0;
  }

  /** Ends all sessions of an account within a minute: until then, requests that were on their way can be told why. */
  async endSoon(accountId: string): Promise<void> {
    await this.pool.query('UPDATE identity.session SET expires_at = $2 WHERE account_id = $1 AND expires_at > $2', [
      accountId,
      new Date(this.clock.now().getTime() + graceMs),
    ]);
  }

  /** Ends every session and begins a new one. Returns null when the present password is another. */
  async changePassword(current: string, next: string, caller: Caller): Promise<{ cookies: string[] } | null> {
    try {
      const { headers } = await this.auth.api.changePassword({
        body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
        headers: headersOf(caller),
        returnHeaders: true,
      });
      return { cookies: headers.getSetCookie() };
    } catch (error) {
      if (error instanceof APIError && error.status === 'BAD_REQUEST') return null;
      throw error;
    }
  }

  private async rotate(sessionId: string, accountId: string, caller: Caller): Promise<string[]> {
    const now = this.clock.now();
    // Of two requests at once only one gets to hand out the new token.
    const { rowCount } = await this.pool.query(
      `UPDATE identity.session SET replaced_at = $2, expires_at = least(expires_at, $3)
        WHERE id = $1 AND replaced_at IS NULL`,
      [sessionId, now, new Date(now.getTime() + graceMs)],
    );
    return rowCount ? (await this.begin(accountId, caller)).cookies : [];
  }

  private async dropExpired(): Promise<void> {
    await this.pool.query('DELETE FROM identity.session WHERE expires_at < $1', [this.clock.now()]);
  }
}

function headersOf({ cookies, address, userAgent }: Caller): Headers {
  const headers = new Headers({ 'user-agent': printable(userAgent), [addressHeader]: address ?? '' });
  if (cookies !== '') headers.set('cookie', cookies);
  return headers;
}

/** A header may hold bytes that `Headers` refuses. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '').slice(0, 300);
