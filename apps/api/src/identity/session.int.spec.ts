import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { OneTimeLinks } from '@funnelwatch/identity';
import { systemClock } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { StaffedPortals } from '../access/staffed-portal.spec-fixture.js';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { appendFacts } from '../small-company.spec-fixture.js';
import { meSchema, sessionListSchema, signInOptionsSchema } from './session.schemas.js';
import { linkSchema } from './links.schemas.js';

let api: RunningApi;
let portals: StaffedPortals;
let portal: RegisteredPortal;
const password = 'correct horse battery';

beforeAll(async () => {
  api = await startApi();
  portals = new StaffedPortals(api);
  portal = await portals.company('romashka.bitrix24.ru');
});
afterAll(async () => {
  await portals.close();
  await api.stop();
});

const nobody = { cookie: '' };
const post = (path: string, body: object, headers: Record<string, string> = nobody) =>
  ask(api, `/api/v1/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const cookieOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');

/** Lets a portal tell that a user was dismissed, or works there again. */
async function employ(userId: string, active: boolean, at: string): Promise<void> {
  await appendFacts(api.log, api.keyRing, portal, [
    {
      kind: 'user',
      id: userId,
      verb: 'Changed',
      occurredAt: at,
      data: { changes: { active: { before: !active, after: active } }, extra: {}, sealedChanged: [], derived: {} },
    },
  ]);
  await api.projected(portal);
}

test('an invited curator joins, sees one portal, and is told what may be done there', async () => {
  const invited = await post(
    `portals/${portal.portalId}/invitations`,
    { role: 'curator', userId: '77' },
    { cookie: api.cookie },
  );
  expect(invited.status).toBe(201);
  const token = String(invited.body['path']).replace('/link#', '');
  expect(linkSchema.parse((await post('links/inspect', { token })).body)).toMatchObject({
    kind: 'invitation',
    role: 'curator',
    portalName: 'Ромашка',
    personName: 'Вера Новикова',
  });
  const joined = await post('links/join', { token, email: 'Vera@Example.com', name: 'Вера', password });
  expect(joined.status).toBe(201);
  expect(joined.headers.get('set-cookie')).toMatch(
    /^funnelwatch\.session_token=.*; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const me = meSchema.parse(joined.body);
  expect(me).toMatchObject({
    email: 'vera@example.com',
    installation: { roles: [], permissions: [] },
    portals: [{ portalId: portal.portalId, roles: ['curator'], ownUserIds: null }],
  });
  const again = await post('session', { email: 'vera@example.com', password });
  expect(meSchema.parse(again.body)).toEqual(me);
  expect(JSON.stringify([again.body, joined.body])).not.toContain('argon2');
});

test('dismissal in the portal ends the access at once, and coming back gives it back', async () => {
  const { accountId } = await portals.person([{ role: 'seller', portalId: portal.portalId, portalUserId: '5' }]);
  const cookie = await api.staff.cookieOf(accountId);
  const look = () => ask(api, `/api/v1/portals/${portal.portalId}`, { headers: { cookie } });
  expect((await look()).status).toBe(200);
  await employ('5', false, '2026-04-01T09:00:00.000Z');
  for (const { status, body } of await Promise.all([look(), look(), look(), look()])) {
    expect([status, body]).toEqual([403, expect.objectContaining({ code: 'ACCESS_SUSPENDED' })]);
  }
  const { rows } = await api.pool.query<{ seconds: number }>(
    `SELECT extract(epoch FROM expires_at - now())::float8 AS seconds FROM identity.session WHERE account_id = $1`,
    [accountId],
  );
  expect(Math.max(...rows.map(({ seconds }) => seconds))).toBeLessThan(61);
  await api.pool.query('UPDATE identity.session SET expires_at = now() WHERE account_id = $1', [accountId]);
  expect(await look()).toMatchObject({ status: 401, body: { code: 'SIGN_IN_NEEDED' } });
  await api.staff.setPassword(accountId, password);
  const email = `${accountId}@example.com`;
  expect(await post('session', { email, password })).toMatchObject({ status: 403, body: { code: 'ACCESS_SUSPENDED' } });
  const people = await ask(api, `/api/v1/portals/${portal.portalId}/people`);
  expect(JSON.stringify(people.body)).toContain('"isSuspended":true');
  await employ('5', true, '2026-04-02T09:00:00.000Z');
  expect((await post('session', { email, password })).status).toBe(201);
});

test('whoever has a role elsewhere too loses only the one of the dismissed user', async () => {
  const other = await portals.empty();
  const { accountId, cookie } = await portals.person([
    { role: 'curator', portalId: portal.portalId, portalUserId: '4' },
    { role: 'viewer', portalId: other.portalId },
  ]);
  await employ('4', false, '2026-04-03T09:00:00.000Z');
  const see = async (portalId: string) =>
    (await ask(api, `/api/v1/portals/${portalId}`, { headers: { cookie } })).status;
  expect([await see(portal.portalId), await see(other.portalId)]).toEqual([404, 200]);
  // Nor does standing in for somebody bring it back.
  const absent = await portals.person([{ role: 'head', portalId: portal.portalId }]);
  const arranged = await post(
    `portals/${portal.portalId}/substitutions`,
    {
      absentId: absent.accountId,
      substituteId: accountId,
      startsAt: new Date(Date.now() - 1000).toISOString(),
      endsAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
    { cookie: api.cookie },
  );
  expect(arranged.status).toBe(201);
  expect(await see(portal.portalId)).toBe(404);
  await employ('4', true, '2026-04-04T09:00:00.000Z');
  expect(await see(portal.portalId)).toBe(200);
});

test('an account without any role is signed in and sees nothing', async () => {
  const { cookie } = await portals.person([]);
  const me = await ask(api, '/api/v1/session', { headers: { cookie } });
  expect(meSchema.parse(me.body)).toMatchObject({ portals: [], installation: { roles: [] } });
  expect((await ask(api, '/api/v1/portals', { headers: { cookie } })).body).toEqual({ items: [] });
  expect(await ask(api, `/api/v1/portals/${portal.portalId}`, { headers: { cookie } })).toMatchObject({ status: 404 });
});

test('a portal that is removed while people are signed in is not there any more', async () => {
  const gone = await portals.empty();
  const { cookie } = await portals.person([{ role: 'head', portalId: gone.portalId }]);
  const { token } = await new OneTimeLinks(api.pool, systemClock).create({
    kind: 'invitation',
    role: 'viewer',
    portalId: gone.portalId,
    createdBy: null,
  });
  expect((await ask(api, `/api/v1/portals/${gone.portalId}`, { method: 'DELETE' })).status).toBe(204);
  expect(await ask(api, `/api/v1/portals/${gone.portalId}`, { headers: { cookie } })).toMatchObject({
    status: 404,
    body: { code: 'PORTAL_UNKNOWN' },
  });
  const me = await ask(api, '/api/v1/session', { headers: { cookie } });
  expect(meSchema.parse(me.body).portals).toEqual([]);
  for (const path of ['links/inspect', 'links/join']) {
    const body = { token, ...(path.endsWith('join') && { email: 'x@example.com', name: 'X', password }) };
    expect(await post(path, body)).toMatchObject({ status: 404, body: { code: 'PORTAL_UNKNOWN' } });
  }
});

test('a head gives and takes the roles of sellers and curators, not those of heads or integrators', async () => {
  const { portalId } = await portals.empty();
  const head = await portals.person([{ role: 'head', portalId }]);
  const other = await portals.person([{ role: 'head', portalId }]);
  const viewer = await portals.person([{ role: 'viewer', portalId }]);
  const as = { cookie: head.cookie };
  expect(await post(`portals/${portalId}/invitations`, { role: 'head' }, as)).toMatchObject({
    status: 403,
    body: { code: 'ROLE_NOT_YOURS_TO_GIVE' },
  });
  const change = (accountId: string, role: string) =>
    ask(api, `/api/v1/portals/${portalId}/people/${accountId}`, {
      method: 'PUT',
      headers: { ...as, 'content-type': 'application/json' },
      body: JSON.stringify({ role }),
    });
  expect(await change(viewer.accountId, 'head')).toMatchObject({ body: { code: 'ROLE_NOT_YOURS_TO_GIVE' } });
  expect(await change(other.accountId, 'viewer')).toMatchObject({ body: { code: 'ROLE_NOT_YOURS_TO_GIVE' } });
  expect(await change(viewer.accountId, 'seller')).toMatchObject({ body: { code: 'SELLER_WITHOUT_USER' } });
  expect((await change(viewer.accountId, 'curator')).status).toBe(204);
  // Standing in gives the role: nobody lends a role they may not give.
  const lend = (absentId: string) =>
    post(
      `portals/${portalId}/substitutions`,
      {
        absentId,
        substituteId: viewer.accountId,
        startsAt: '2026-01-01T00:00:00Z',
        endsAt: new Date(Date.now() + 86_400_000).toISOString(),
      },
      as,
    );
  expect(await lend(other.accountId)).toMatchObject({ body: { code: 'ROLE_NOT_YOURS_TO_GIVE' } });
});

test('a substitute sees the figures of the absent seller for the time', async () => {
  await api.pool.query('DELETE FROM identity.membership WHERE portal_user_id IS NOT NULL');
  const absent = await portals.person([{ role: 'seller', portalId: portal.portalId, portalUserId: '4' }]);
  const substitute = await portals.person([{ role: 'seller', portalId: portal.portalId, portalUserId: '5' }]);
  const figures = async () =>
    (
      await ask(api, `/api/v1/portals/${portal.portalId}/funnel/now?pipeline=deal:0&seller=4`, {
        headers: { cookie: substitute.cookie },
      })
    ).status;
  expect(await figures()).toBe(404);
  const arranged = await post(
    `portals/${portal.portalId}/substitutions`,
    {
      absentId: absent.accountId,
      substituteId: substitute.accountId,
      startsAt: new Date(Date.now() - 1000).toISOString(),
      endsAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
    { cookie: api.cookie },
  );
  expect(arranged.status).toBe(201);
  expect(await figures()).toBe(200);
  const me = meSchema.parse((await ask(api, '/api/v1/session', { headers: { cookie: substitute.cookie } })).body);
  expect(me.portals[0]?.ownUserIds?.toSorted()).toEqual(['4', '5']);
  await ask(api, `/api/v1/portals/${portal.portalId}/substitutions/${String(arranged.body['substitutionId'])}`, {
    method: 'DELETE',
  });
  expect(await figures()).toBe(404);
});

test('a link lets nobody in once whoever made it could not make it any more', async () => {
  const { portalId } = await portals.empty();
  const head = await portals.person([{ role: 'head', portalId }]);
  const integrator = await portals.person([{ role: 'integrator', portalId: null }]);
  const victim = await portals.person([{ role: 'integrator', portalId: null }]);
  const made = [
    await post(`portals/${portalId}/invitations`, { role: 'curator' }, { cookie: head.cookie }),
    await post('accounts/invitations', { role: 'integrator' }, { cookie: integrator.cookie }),
    await post(`accounts/${victim.accountId}/reset-link`, {}, { cookie: integrator.cookie }),
  ].map(({ body }) => String(body['path']).replace('/link#', ''));
  for (const token of made) expect((await post('links/inspect', { token })).status).toBe(200);
  await api.pool.query('DELETE FROM identity.membership WHERE account_id = ANY ($1)', [
    [head.accountId, integrator.accountId],
  ]);
  for (const [index, token] of made.entries()) {
    const who = { email: `late${index}@example.com`, name: 'X' };
    const path = index === 2 ? 'links/reset' : 'links/join';
    expect(await post('links/inspect', { token })).toMatchObject({ status: 404, body: { code: 'LINK_UNKNOWN' } });
    expect(await post(path, { token, password, ...(index === 2 ? {} : who) })).toMatchObject({ status: 404 });
  }
});

test('a role that is lent for some days cannot be made one’s own', async () => {
  const { portalId } = await portals.empty();
  const head = await portals.person([{ role: 'head', portalId }]);
  const deputy = await portals.person([{ role: 'viewer', portalId }]);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  const times = { startsAt: new Date(Date.now() - 1000).toISOString(), endsAt: tomorrow };
  const lent = await post(
    `portals/${portalId}/substitutions`,
    { absentId: head.accountId, substituteId: deputy.accountId, ...times },
    { cookie: api.cookie },
  );
  expect(lent.status).toBe(201);
  const as = { cookie: deputy.cookie };
  const promoted = await ask(api, `/api/v1/portals/${portalId}/people/${deputy.accountId}`, {
    method: 'PUT',
    headers: { ...as, 'content-type': 'application/json' },
    body: JSON.stringify({ role: 'curator' }),
  });
  expect(promoted).toMatchObject({ status: 403, body: { code: 'ROLE_NOT_YOURS_TO_GIVE' } });
  const other = await portals.person([{ role: 'curator', portalId }]);
  const self = { absentId: other.accountId, substituteId: deputy.accountId, ...times };
  expect(await post(`portals/${portalId}/substitutions`, self, as)).toMatchObject({ status: 403 });
  // What was lent is the role of then: a promotion of the absent person promotes nobody else.
  await api.pool.query(`UPDATE identity.membership SET role = 'viewer' WHERE account_id = $1`, [head.accountId]);
  expect((await ask(api, `/api/v1/portals/${portalId}/audit`, { headers: as })).status).toBe(403);
});

test('personal data of one’s own opens nothing where another role shows everybody’s records', async () => {
  await api.pool.query('DELETE FROM identity.membership WHERE portal_user_id IS NOT NULL');
  const seller = await portals.person([{ role: 'seller', portalId: portal.portalId, portalUserId: '4' }]);
  const viewer = await portals.person([{ role: 'viewer', portalId: portal.portalId }]);
  const root = `/api/v1/portals/${portal.portalId}`;
  const mine = await ask(api, `${root}/records/deal/1?personal=shown`, { headers: { cookie: seller.cookie } });
  expect(mine.status).toBe(200);
  await post(
    `portals/${portal.portalId}/substitutions`,
    {
      absentId: seller.accountId,
      substituteId: viewer.accountId,
      startsAt: new Date(Date.now() - 1000).toISOString(),
      endsAt: new Date(Date.now() + 86_400_000).toISOString(),
    },
    { cookie: api.cookie },
  );
  const headers = { cookie: viewer.cookie };
  expect((await ask(api, `${root}/records/deal/4`, { headers })).status).toBe(200);
  for (const path of [
    'records/deal/4?personal=shown',
    'records/deal/4/events?personal=shown',
    'funnel/records?pipeline=deal:0&view=now&figure=won&personal=shown',
  ]) {
    expect(await ask(api, `${root}/${path}`, { headers })).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
  }
  const me = meSchema.parse((await ask(api, '/api/v1/session', { headers })).body);
  expect(me.portals[0]?.permissions).not.toContain('personal.read');
});

test('a new password ends the links by which one could be set', async () => {
  const { accountId, cookie } = await portals.person([]);
  await api.staff.setPassword(accountId, password);
  const reset = await ask(api, `/api/v1/accounts/${accountId}/reset-link`, { method: 'POST' });
  const token = String(reset.body['path']).replace('/link#', '');
  const changed = await ask(api, '/api/v1/session/password', {
    method: 'PUT',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ current: password, next: 'another long password' }),
  });
  expect(changed.status).toBe(204);
  expect(await post('links/reset', { token, password })).toMatchObject({ status: 404, body: { code: 'LINK_UNKNOWN' } });
});

test('an invitation is no way to find out who has an account', async () => {
  const { token } = await new OneTimeLinks(api.pool, systemClock).create({
    kind: 'invitation',
    role: 'operations',
    createdBy: null,
  });
  const { email } = await portals.person([]);
  const codes: unknown[] = [];
  for (let guess = 0; guess < 8; guess += 1) {
    codes.push((await post('links/join', { token, email, name: 'X', password })).body['code']);
  }
  expect(codes[0]).toBe('EMAIL_TAKEN');
  expect(codes).toContain('SIGN_IN_SLOWED_DOWN');
});

test('demo accounts are there for the simulated portal alone, and only where they are offered', async () => {
  expect(await post('session/demo', { role: 'integrator' })).toMatchObject({ status: 404, body: { code: 'DEMO_OFF' } });
  const offered = async () =>
    signInOptionsSchema.parse((await ask(api, '/api/v1/sign-in', { headers: nobody })).body).demoRoles.length;
  expect(await offered()).toBe(0);
  api.demo.portalId = portal.portalId;
  expect(await offered()).toBe(6);
  const signedIn = await post('session/demo', { role: 'integrator' });
  const me = meSchema.parse(signedIn.body);
  expect(me).toMatchObject({ isDemo: true, installation: { roles: [], permissions: [] } });
  expect(me.portals.map(({ portalId }) => portalId)).toEqual([portal.portalId]);
  const cookie = cookieOf(signedIn.headers);
  const { token } = await new OneTimeLinks(api.pool, systemClock).create({
    kind: 'invitation',
    role: 'operations',
    createdBy: null,
  });
  expect(await post('links/join-signed-in', { token }, { cookie })).toMatchObject({ status: 403 });
  const reset = await ask(api, `/api/v1/accounts/${me.accountId}/reset-link`, { method: 'POST' });
  expect(reset).toMatchObject({ status: 403, body: { code: 'NOT_ALLOWED' } });
  api.demo.portalId = null;
});

test('sessions are listed and ended by their owner', async () => {
  const { accountId, cookie } = await portals.person([]);
  const elsewhere = await api.staff.cookieOf(accountId);
  const list = async () => sessionListSchema.parse((await ask(api, '/api/v1/sessions', { headers: { cookie } })).body);
  const { items } = await list();
  expect(items.map(({ isThis }) => isThis).toSorted()).toEqual([false, true]);
  expect((await ask(api, '/api/v1/sessions', { method: 'DELETE', headers: { cookie } })).status).toBe(204);
  expect((await ask(api, '/api/v1/session', { headers: { cookie: elsewhere } })).status).toBe(401);
  expect((await list()).items).toHaveLength(1);
  expect((await ask(api, '/api/v1/session', { method: 'DELETE', headers: { cookie } })).status).toBe(204);
  expect((await ask(api, '/api/v1/session', { headers: { cookie } })).status).toBe(401);
});

test('the last integrator stays', async () => {
  const { rows } = await api.pool.query<{ id: string }>(
    `SELECT account_id AS id FROM identity.membership WHERE portal_id IS NULL AND role = 'integrator'`,
  );
  const answers = [];
  for (const { id } of rows) {
    answers.push((await ask(api, `/api/v1/accounts/${id}/installation-role`, { method: 'DELETE' })).body['code']);
  }
  expect(rows.length).toBeGreaterThan(0);
  expect(answers.filter((code) => code === 'LAST_INTEGRATOR' || code === 'NOT_ALLOWED').length).toBeGreaterThan(0);
  const { rows: left } = await api.pool.query(
    `SELECT FROM identity.membership WHERE portal_id IS NULL AND role = 'integrator'`,
  );
  expect(left.length).toBeGreaterThan(0);
});
