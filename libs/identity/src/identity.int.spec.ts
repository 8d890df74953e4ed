import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Clock } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Audit } from './audit/audit.js';
import { createAuth } from './auth/create-auth.js';
import { identityMigrations } from './identity-migrations.js';
import { OneTimeLinks } from './links/one-time-links.js';
import { joinByLink, resetByLink } from './links/use-link.js';
import { Memberships } from './memberships/memberships.js';
import { type Caller, Sessions } from './sessions/sessions.js';
import { networkOf, SignInAttempts } from './sign-in/sign-in-attempts.js';
import { Substitutions } from './substitutions/substitutions.js';

/** The registry, as far as identity refers to it. */
class CreateRegistry1795810000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA registry; CREATE TABLE registry.portal (portal_id uuid PRIMARY KEY, bucket int)');
  }
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
const migrations = [CreateRegistry1795810000001, ...identityMigrations];
const masterKey = randomBytes(32);
const portalId = '11111111-1111-4111-8111-111111111111';
const here: Caller = { cookies: '', address: '192.0.2.7', userAgent: 'Firefox' };
const person = { email: 'anna@example.com', name: 'Анна', password: 'correct horse battery' };

let database: TestDatabase;
let pool: Pool;
let time: number;
const clock: Clock = { now: () => new Date(time) };
let sessions: Sessions;
let links: OneTimeLinks;
let memberships: Memberships;

beforeAll(async () => {
  database = await createTestDatabase({ migrations });
  pool = createPool({ url: database.url, applicationName: 'identity-spec', max: 8, searchPath: 'identity' });
  await pool.query('INSERT INTO registry.portal VALUES ($1)', [portalId]);
  sessions = new Sessions(createAuth({ pool, masterKey, isSecure: false }), pool, clock);
  links = new OneTimeLinks(pool, clock);
  memberships = new Memberships(pool, clock);
});
beforeEach(async () => {
  time = Date.now();
  await pool.query('DELETE FROM identity.account');
  await pool.query('DELETE FROM identity.one_time_link');
  await pool.query('DELETE FROM identity.sign_in_attempts');
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const parts = () => ({ pool, links, clock });
const cookieOf = (cookies: string[]) => cookies.map((one) => one.split(';', 1)[0]).join('; ');
const withCookie = (cookies: string[]): Caller => ({ ...here, cookies: cookieOf(cookies) });

async function join(order: Partial<Parameters<OneTimeLinks['create']>[0]> = {}, user = person): Promise<string> {
  const { token } = await links.create({ kind: 'first', role: 'integrator', createdBy: null, ...order });
  return (await joinByLink(parts(), token, user)).accountId;
}

test('the first link makes an integrator once, and its password signs in', async () => {
  expect(await memberships.hasIntegrator()).toBe(false);
  const { token } = await links.create({ kind: 'first', role: 'integrator', createdBy: null });
  const { accountId } = await joinByLink(parts(), token, person);
  expect(await memberships.hasIntegrator()).toBe(true);
  await expect(joinByLink(parts(), token, { ...person, email: 'b@example.com' })).rejects.toMatchObject({
    code: 'LINK_USED',
  });
  const signedIn = await sessions.signIn('Anna@Example.com', person.password, here);
  expect(signedIn).toMatchObject({ accountId });
  expect(await sessions.of(withCookie(signedIn?.cookies ?? []))).toMatchObject({ accountId, name: 'Анна' });
  expect(await sessions.signIn(person.email, 'wrong password', here)).toBeNull();
  expect(await sessions.signIn('nobody@example.com', person.password, here)).toBeNull();
  const { rows } = await pool.query<{ password: string }>('SELECT password FROM identity.credential');
  expect(rows[0]?.password).toMatch(/^\$argon2id\$/);
});

test('of twenty who use a link at once one gets in, and the others leave nothing behind', async () => {
  const { token } = await links.create({ kind: 'first', role: 'integrator', createdBy: null });
  const tried = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => joinByLink(parts(), token, { ...person, email: `p${index}@example.com` })),
  );
  expect(tried.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { rows } = await pool.query<{ count: number }>('SELECT count(*) FROM identity.account');
  expect(rows[0]?.count).toBe(1);
});

test('a link expires, a newer one withdraws it, and none is guessed', async () => {
  const old = await links.create({ kind: 'first', role: 'integrator', createdBy: null });
  const newer = await links.create({ kind: 'first', role: 'integrator', createdBy: null });
  await expect(links.find(old.token)).rejects.toMatchObject({ code: 'LINK_UNKNOWN' });
  await expect(links.find(randomBytes(32).toString('base64url'))).rejects.toMatchObject({ code: 'LINK_UNKNOWN' });
  time += 24 * 3_600_000;
  await expect(links.find(newer.token)).rejects.toMatchObject({ code: 'LINK_EXPIRED' });
  await expect(joinByLink(parts(), newer.token, person)).rejects.toMatchObject({ code: 'LINK_EXPIRED' });
  const { rows } = await pool.query<{ text: string }>('SELECT one_time_link::text AS text FROM identity.one_time_link');
  expect(rows.some(({ text }) => text.includes(newer.token))).toBe(false);
});

test('an invitation adds a role to an account that is there, but never a second one in the same portal', async () => {
  const accountId = await join();
  const invite = async () =>
    (await links.create({ kind: 'invitation', role: 'curator', portalId, createdBy: accountId })).token;
  const token = await invite();
  await expect(joinByLink(parts(), token, person)).rejects.toMatchObject({ code: 'EMAIL_TAKEN' });
  await joinByLink(parts(), token, { accountId });
  expect((await memberships.heldBy(accountId)).map(({ role }) => role).sort()).toEqual(['curator', 'integrator']);
  await expect(joinByLink(parts(), await invite(), { accountId })).rejects.toMatchObject({ code: 'ROLE_HELD_ALREADY' });
});

test('one user of the portal has one account', async () => {
  await join({ kind: 'invitation', role: 'seller', portalId, portalUserId: '7' });
  await expect(
    join({ kind: 'invitation', role: 'seller', portalId, portalUserId: '7' }, { ...person, email: 'b@example.com' }),
  ).rejects.toMatchObject({ code: 'PORTAL_USER_TAKEN' });
});

test('a reset link sets another password and ends every session', async () => {
  const accountId = await join();
  const before = await sessions.begin(accountId, here);
  const { token } = await links.create({ kind: 'reset', accountId, createdBy: null });
  await resetByLink(parts(), token, 'another long password');
  expect(await sessions.of(withCookie(before.cookies))).toBeNull();
  expect(await sessions.signIn(person.email, person.password, here)).toBeNull();
  expect(await sessions.signIn(person.email, 'another long password', here)).toMatchObject({ accountId });
  await expect(resetByLink(parts(), token, 'a third long password')).rejects.toMatchObject({ code: 'LINK_USED' });
});

test('signing in never takes over a session that was there before', async () => {
  const accountId = await join();
  const planted = await sessions.begin(accountId, here);
  const signedIn = await sessions.signIn(person.email, person.password, withCookie(planted.cookies));
  expect(cookieOf(signedIn?.cookies ?? [])).not.toBe(cookieOf(planted.cookies));
  const forged = { ...here, cookies: cookieOf(planted.cookies).replace(/=.{8}/, '=AAAAAAAA') };
  expect(await sessions.of(forged)).toBeNull();
});

test('a token that is half a day old gives way to one new token; the old one ends after a minute', async () => {
  const accountId = await join();
  const old = withCookie((await sessions.begin(accountId, here)).cookies);
  expect((await sessions.of(old))?.cookies).toEqual([]);
  time += 12 * 3_600_000 + 1000;
  const answers = await Promise.all(Array.from({ length: 8 }, () => sessions.of(old)));
  const handedOut = answers.flatMap((answer) => answer?.cookies ?? []);
  expect(answers.every((answer) => answer?.accountId === accountId)).toBe(true);
  expect(handedOut).toHaveLength(1);
  expect(await sessions.of(withCookie(handedOut))).toMatchObject({ accountId });
  expect(await sessions.list(accountId)).toHaveLength(1);
  await pool.query(`UPDATE identity.session SET expires_at = clock_timestamp() - interval '1 second'
                     WHERE replaced_at IS NOT NULL`);
  expect(await sessions.of(old)).toBeNull();
});

test('sessions are listed and revoked, only one’s own', async () => {
  const accountId = await join();
  const [one, other] = [await sessions.begin(accountId, here), await sessions.begin(accountId, here)];
  const current = await sessions.of(withCookie(one.cookies));
  expect(await sessions.list(accountId)).toMatchObject([
    { address: '192.0.2.7', userAgent: 'Firefox' },
    { address: '192.0.2.7', userAgent: 'Firefox' },
  ]);
  await expect(sessions.revoke(randomUUID(), current?.sessionId ?? '')).rejects.toMatchObject({
    code: 'SESSION_UNKNOWN',
  });
  expect(await sessions.revokeAll(accountId, current?.sessionId ?? null)).toBe(1);
  expect(await sessions.of(withCookie(other.cookies))).toBeNull();
  const changed = await sessions.changePassword(person.password, 'another long password', withCookie(one.cookies));
  expect(await sessions.of(withCookie(one.cookies))).toBeNull();
  expect(await sessions.of(withCookie(changed?.cookies ?? []))).toMatchObject({ accountId });
  expect(
    await sessions.changePassword('wrong', 'another long password', withCookie(changed?.cookies ?? [])),
  ).toBeNull();
  await sessions.end(withCookie(changed?.cookies ?? []));
  expect(await sessions.list(accountId)).toEqual([]);
});

test('guessing is slowed down by account and by address, also when it comes all at once', async () => {
  const attempts = new SignInAttempts(pool, masterKey, clock);
  const guess = (email: string, address: string) =>
    attempts.begin(email, address).then(
      () => 'tried',
      (error: { code: string; details: { retryAfterSeconds: number } }) => error.details.retryAfterSeconds,
    );
  const storm = await Promise.all(Array.from({ length: 40 }, () => guess('a@example.com', '192.0.2.1')));
  expect(storm.filter((one) => one === 'tried').length).toBeLessThanOrEqual(6);
  // The owner elsewhere is not locked out.
  expect(await guess('a@example.com', '192.0.2.2')).toBe('tried');
  // Waits grow, and end.
  const waits: number[] = [];
  for (let turn = 0; turn < 14; turn += 1) {
    const wait = await guess('b@example.com', '192.0.2.3');
    if (typeof wait === 'number') {
      waits.push(wait);
      time += wait * 1000;
    }
  }
  expect(waits.slice(0, 4)).toEqual([1, 2, 4, 8]);
  // One address that tries many accounts.
  const many: (string | number)[] = [];
  for (let account = 0; account < 60; account += 1) many.push(await guess(`${account}@example.com`, '192.0.2.4'));
  expect(many.some((one) => one !== 'tried')).toBe(true);
  await attempts.succeeded('b@example.com', '192.0.2.3');
  expect(await guess('b@example.com', '192.0.2.3')).toBe('tried');
  const { rows } = await pool.query<{ text: string }>(
    'SELECT sign_in_attempts::text AS text FROM identity.sign_in_attempts',
  );
  expect(rows.some(({ text }) => text.includes('example') || text.includes('192.0.2'))).toBe(false);
});

test('an office that signs in often is not taken for one that guesses, and a storm keeps nobody out who is known', async () => {
  const attempts = new SignInAttempts(pool, masterKey, clock);
  for (let turn = 0; turn < 120; turn += 1) {
    await attempts.begin(`${turn % 7}@example.com`, '192.0.2.50');
    await attempts.succeeded(`${turn % 7}@example.com`, '192.0.2.50');
    time += 1000;
  }
  for (let turn = 0; turn < 40; turn += 1) {
    await attempts.begin('1@example.com', `198.51.100.${turn}`).catch(() => undefined);
  }
  await expect(attempts.begin('1@example.com', '203.0.113.1')).rejects.toMatchObject({ code: 'SIGN_IN_SLOWED_DOWN' });
  await expect(attempts.begin('1@example.com', '192.0.2.50')).resolves.toBeUndefined();
});

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '::ffff:192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:DB8:1:2::6', '2001:db8:1:2'],
  ['2001:db8::6', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
  ['unknown', 'unknown'],
])('%s is of the network %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test('whoever stands in holds the role for the time, and no longer', async () => {
  const absent = await join({ kind: 'invitation', role: 'seller', portalId, portalUserId: '7' });
  const substitute = await join(
    { kind: 'invitation', role: 'seller', portalId, portalUserId: '9' },
    { ...person, email: 'b@example.com' },
  );
  const substitutions = new Substitutions(pool, clock);
  const day = 86_400_000;
  const order = { portalId, absentId: absent, substituteId: substitute, createdBy: absent };
  await expect(
    substitutions.arrange({ ...order, substituteId: absent, startsAt: new Date(time), endsAt: new Date(time + day) }),
  ).rejects.toMatchObject({ code: 'SUBSTITUTION_INVALID' });
  await expect(
    substitutions.arrange({ ...order, startsAt: new Date(time), endsAt: new Date(time - day) }),
  ).rejects.toMatchObject({ code: 'SUBSTITUTION_INVALID' });
  await expect(
    substitutions.arrange({
      ...order,
      substituteId: randomUUID(),
      startsAt: new Date(time),
      endsAt: new Date(time + 1),
    }),
  ).rejects.toMatchObject({ code: 'PERSON_UNKNOWN' });
  const id = await substitutions.arrange({
    ...order,
    startsAt: new Date(time + day),
    endsAt: new Date(time + 2 * day),
  });
  const users = async () => (await memberships.heldBy(substitute)).map(({ portalUserId }) => portalUserId).sort();
  expect(await users()).toEqual(['9']);
  time += day;
  expect(await users()).toEqual(['7', '9']);
  expect(await substitutions.of(portalId)).toMatchObject([{ absentId: absent, substituteId: substitute }]);
  time += day;
  expect(await users()).toEqual(['9']);
  time -= day;
  await substitutions.cancel(portalId, id);
  expect(await users()).toEqual(['9']);
  await expect(substitutions.cancel(portalId, id)).rejects.toMatchObject({ code: 'SUBSTITUTION_UNKNOWN' });
  // Whose own access is withdrawn stands in for nobody any more.
  await substitutions.arrange({ ...order, startsAt: new Date(time - 1), endsAt: new Date(time + day) });
  expect(await users()).toEqual(['7', '9']);
  await memberships.withdraw(portalId, substitute);
  expect(await users()).toEqual([]);
});

test('of two integrators who take each other’s role at once one stays', async () => {
  const first = await join();
  const second = await join({ kind: 'invitation' }, { ...person, email: 'b@example.com' });
  const taken = await Promise.allSettled([memberships.withdraw(null, first), memberships.withdraw(null, second)]);
  expect(taken.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await memberships.hasIntegrator()).toBe(true);
});

test('the audit is only ever added to', async () => {
  const audit = new Audit(pool, clock);
  const entry = { accountId: null, portalId, object: 'deal:1', address: '192.0.2.7' };
  await audit.record({ ...entry, actor: 'nobody', action: 'session.begin', result: 'refused', details: { code: 'X' } });
  await audit.record({ ...entry, actor: 'system', action: 'portal.pause', result: 'done' });
  const page = await audit.page({ portalId }, { limit: 10 });
  expect(page.map(({ action }) => action)).toEqual(['portal.pause', 'session.begin']);
  expect(await audit.page({ portalId, action: 'session.begin' }, { limit: 10 })).toMatchObject([
    { details: { code: 'X' } },
  ]);
  expect(await audit.page({ portalId: randomUUID() }, { limit: 10 })).toEqual([]);
  for (const statement of [
    'UPDATE identity.audit SET action = $$x$$',
    'DELETE FROM identity.audit',
    'TRUNCATE identity.audit',
  ]) {
    await expect(pool.query(statement)).rejects.toMatchObject({ code: '23001' });
  }
});
