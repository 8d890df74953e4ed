import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type pg from 'pg';

interface Limit {
  /** Failures that cost nothing. */
  free: number;
  /** The wait doubles with each failure after these, up to the longest. */
  firstWaitMs: number;
  longestWaitMs: number;
}

const minute = 60_000;
/**
 * Whoever guesses at one account from one address is slowed down at once; an account under attack from many addresses,
 * and an address that tries many accounts, later. The wait for an account is short, so that nobody can lock others out.
 */
const limits = {
  pair: { free: 5, firstWaitMs: 1000, longestWaitMs: 15 * minute },
  account: { free: 20, firstWaitMs: 1000, longestWaitMs: minute },
  address: { free: 50, firstWaitMs: 1000, longestWaitMs: 15 * minute },
} satisfies Record<string, Limit>;

/** After so long without an attempt everything begins anew. */
const forgottenAfterMs = 24 * 60 * minute;
/** So long an address is known as one's own after signing in from it. */
const familiarForMs = 30 * 24 * 60 * minute;

/** Counts attempts to sign in, and makes those wait who fail often. Shared by all programs through the database. */
export class SignInAttempts {
  constructor(
    private readonly pool: pg.Pool,
    private readonly hashKey: Buffer,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt before it is made, so that many at once count too. Throws `Rejection` SIGN_IN_SLOWED_DOWN with
   * `retryAfterSeconds`; then nothing may be tried, and nothing more is counted.
   */
  async begin(email: string, address: string | null): Promise<void> {
    for (const [limit, subject] of await this.open(this.subjects(email, address))) await this.count(limit, subject);
  }

  /** Forgets the failures of the account from this address, and the attempt that was none. */
  async succeeded(email: string, address: string | null): Promise<void> {
    const now = this.clock.now();
    const [pair, account, from] = this.subjects(email, address).map(([, subject]) => subject);
    await this.pool.query(
      `UPDATE identity.sign_in_attempts SET failures = 0, blocked_until = $2, last_at = $2, succeeded_at = $2
        WHERE subject = $1`,
      [pair, now],
    );
    await this.pool.query(
      `DELETE FROM identity.sign_in_attempts
        WHERE subject = $1 OR (last_at < $2 AND (succeeded_at IS NULL OR succeeded_at < $3))`,
      [account, new Date(now.getTime() - forgottenAfterMs), new Date(now.getTime() - familiarForMs)],
    );
    await this.pool.query(
      `UPDATE identity.sign_in_attempts SET failures = greatest(failures - 1, 0), blocked_until = $2 WHERE subject = $1`,
      [from, now],
    );
  }

  private subjects(email: string, address: string | null): [Limit, Buffer][] {
    const from = address === null ? 'unknown' : networkOf(address);
    const account = email.trim().toLowerCase();
    return [
      [limits.pair, this.hash(`pair\n${account}\n${from}`)],
      [limits.account, this.hash(`account\n${account}`)],
      [limits.address, this.hash(`address\n${from}`)],
    ];
  }

  /**
   * What an attempt counts against, once none of it has to wait. A storm against an account from elsewhere does not count
   * for whoever signed in from here lately.
   */
  private async open(subjects: [Limit, Buffer][]): Promise<[Limit, Buffer][]> {
    const now = this.clock.now();
    const { rows } = await this.pool.query<{ subject: Buffer; blockedUntil: Date; succeededAt: Date | null }>(
      `SELECT subject, blocked_until AS "blockedUntil", succeeded_at AS "succeededAt"
         FROM identity.sign_in_attempts WHERE subject = ANY ($1)`,
      [subjects.map(([, subject]) => subject)],
    );
    const known = new Map(rows.map((row) => [row.subject.toString('hex'), row]));
    const rowOf = ([, subject]: [Limit, Buffer]) => known.get(subject.toString('hex'));
    const since = now.getTime() - familiarForMs;
    const isFamiliar = subjects.some((each) => (rowOf(each)?.succeededAt?.getTime() ?? 0) > since);
    const counted = isFamiliar ? subjects.filter(([limit]) => limit !== limits.account) : subjects;
    const waits = counted.map((each) => rowOf(each)?.blockedUntil ?? now).filter((until) => until > now);
    if (waits[0]) throw slowedDown(waits[0], now);
    return counted;
  }

  private hash(text: string): Buffer {
    return createHmac('sha256', this.hashKey).update(text).digest();
  }

  private async count(limit: Limit, subject: Buffer): Promise<void> {
    const now = this.clock.now();
    const { rows } = await this.pool.query<{ blockedUntil: Date; isCounted: boolean }>(
      `WITH counted AS (
         INSERT INTO identity.sign_in_attempts AS known (subject, failures, last_at, blocked_until)
         VALUES ($1, 1, $2, $2)
         ON CONFLICT (subject) DO UPDATE SET
           failures = CASE WHEN known.last_at < $3 THEN 1 ELSE known.failures + 1 END,
           last_at = $2,
           blocked_until = CASE
             WHEN known.last_at < $3 OR known.failures + 1 < $4 THEN $2::timestamptz
             ELSE $2::timestamptz + least($6, $5 * power(2, least(known.failures + 1 - $4, 30))) * interval '1 millisecond'
           END
         WHERE known.blocked_until <= $2
         RETURNING blocked_until)
       SELECT blocked_until AS "blockedUntil", true AS "isCounted" FROM counted
       UNION ALL
       SELECT blocked_until, false FROM identity.sign_in_attempts
        WHERE subject = $1 AND NOT EXISTS (SELECT FROM counted)`,
      [subject, now, new Date(now.getTime() - forgottenAfterMs), limit.free, limit.firstWaitMs, limit.longestWaitMs],
    );
    const [found] = rows;
    if (!found || found.isCounted) return;
    throw slowedDown(found.blockedUntil, now);
  }
}

function slowedDown(until: Date, now: Date): Rejection {
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
  return new Rejection('SIGN_IN_SLOWED_DOWN', 'Too many attempts to sign in. Wait a moment and try again.', {
    details: { retryAfterSeconds: seconds },
  });
}

/** An address of IPv4 as it is; of IPv6 the network of 64 bits, whose addresses one machine can have all. */
export function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = '', tail = ''] = address.split('::');
  const [before, after] = [head, tail].map((part) => part.split(':').filter((group) => group !== ''));
  const missing = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [...(before ?? []), ...new Array<string>(Math.max(0, missing)).fill('0'), ...(after ?? [])];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
