import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';
import { StaffedPortals } from './staffed-portal.spec-fixture.js';

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

const json = { 'content-type': 'application/json' };
const signIn = (email: string, guess: string, headers: Record<string, string> = {}) =>
  ask(api, '/api/v1/session', {
    method: 'POST',
    headers: { cookie: '', ...json, ...headers },
    body: JSON.stringify({ email, password: guess }),
  });
const cookieOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');

test('brute force: a storm of guesses is slowed down, and the right password does not help while one waits', async () => {
  const victim = await portals.person([{ role: 'viewer', portalId: portal.portalId }]);
  await api.staff.setPassword(victim.accountId, password);
  const storm = await Promise.all(
    Array.from({ length: 30 }, (_, guess) => signIn(victim.email, `guess number ${guess}`)),
  );
  const codes = storm.map(({ body }) => body['code']);
  expect(codes.filter((code) => code === 'SIGN_IN_REFUSED').length).toBeLessThanOrEqual(6);
  expect(new Set(codes)).toEqual(new Set(['SIGN_IN_REFUSED', 'SIGN_IN_SLOWED_DOWN']));
  const slowed = storm.find(({ status }) => status === 429);
  expect(Number(slowed?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await signIn(victim.email, password)).toMatchObject({ status: 429 });
  const { rows } = await api.pool.query<{ result: string }>(
    `SELECT result FROM identity.audit WHERE action = 'session.begin'`,
  );
  // What was not even tried does not fill the audit.
  expect(rows).toHaveLength(codes.filter((code) => code === 'SIGN_IN_REFUSED').length);
  expect(rows.every(({ result }) => result === 'refused')).toBe(true);
  await api.pool.query('DELETE FROM identity.sign_in_attempts');
});

test('id enumeration: an unknown account and a wrong password answer alike', async () => {
  const { email, accountId } = await portals.person([]);
  await api.staff.setPassword(accountId, password);
  const { date: _one, ...known } = Object.fromEntries((await signIn(email, 'wrong password')).headers);
  const { date: _two, ...unknown } = Object.fromEntries((await signIn('nobody@example.com', 'wrong password')).headers);
  expect(known).toEqual(unknown);
  expect((await signIn(email, 'wrong password')).body).toEqual(
    (await signIn('nobody@example.com', 'x'.repeat(10))).body,
  );
  await api.pool.query('DELETE FROM identity.sign_in_attempts');
});

test('session fixation: a token that was there before signing in is worth nothing more after it', async () => {
  const { email, accountId, cookie: planted } = await portals.person([]);
  await api.staff.setPassword(accountId, password);
  const signedIn = await signIn(email, password, { cookie: planted });
  expect(signedIn.status).toBe(201);
  expect(cookieOf(signedIn.headers)).not.toBe(planted);
  for (const made of ['funnelwatch.session_token=known-by-me', `${planted.slice(0, -4)}AAAA`]) {
    expect((await ask(api, '/api/v1/session', { headers: { cookie: made } })).status).toBe(401);
  }
});

test.each([
  ['a form of another site', { origin: 'https://evil.example' }],
  ['a sandboxed page', { origin: 'null' }],
  ['a site under the same name with another port', { origin: 'http://127.0.0.1:1' }],
  ['a browser that hides the page', { 'sec-fetch-site': 'cross-site' }],
  ['a sister of the host', { 'sec-fetch-site': 'same-site' }],
])('cross-site request forgery: %s changes nothing', async (_title, headers) => {
  const answer = await ask(api, `/api/v1/portals/${portal.portalId}/pause`, { method: 'POST', headers });
  expect(answer).toMatchObject({ status: 403, body: { code: 'ORIGIN_REFUSED' } });
  expect((await api.registry.get(portal.portalId))?.status).toBe('active');
});

test('a body that is no JSON changes nothing, so that no plain form can', async () => {
  const answer = await ask(api, '/api/v1/accounts/invitations', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ role: 'integrator' }),
  });
  expect(answer.status).toBe(400);
});

test.each([
  ['a role with the password', '/api/v1/session', { email: 'a@example.com', password: 'x', role: 'integrator' }],
  ['the portal of another', '/api/v1/portals/%/invitations', { role: 'viewer', portalId: 'x' }],
  ['who asks', '/api/v1/portals/%/invitations', { role: 'viewer', createdBy: 'x' }],
  ['a role of the installation', '/api/v1/portals/%/invitations', { role: 'integrator' }],
  ['the account as one of the demo', '/api/v1/links/join', { token: 'A'.repeat(43), isDemo: true }],
])('mass assignment: %s is refused', async (_title, path, body) => {
  const answer = await ask(api, path.replace('%', portal.portalId), {
    method: 'POST',
    headers: json,
    body: JSON.stringify(body),
  });
  expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
});

test('mass assignment: a prototype in the body reaches nothing', async () => {
  const body = '{"role":"operations","__proto__":{"role":"integrator"},"constructor":{"prototype":{"polluted":1}}}';
  await ask(api, '/api/v1/accounts/invitations', { method: 'POST', headers: json, body });
  const own = '{"role":"operations","__proto__":{"polluted":1,"role":"integrator"}}';
  const answer = await ask(api, '/api/v1/accounts/invitations', { method: 'POST', headers: json, body: own });
  const { rows } = await api.pool.query<{ role: string }>(
    'SELECT role FROM identity.one_time_link WHERE link_id = $1',
    [answer.body['linkId']],
  );
  expect(rows).toEqual([{ role: 'operations' }]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('oversized and deeply nested bodies are refused before anything is done with them', async () => {
  const send = (body: string) => ask(api, '/api/v1/session', { method: 'POST', headers: json, body });
  expect(await send(JSON.stringify({ email: 'x'.repeat(200_000) }))).toMatchObject({ status: 413 });
  const deep = `${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}`;
  expect((await send(deep)).status).toBe(400);
  expect((await send(`${'['.repeat(45_000)}${']'.repeat(45_000)}`)).status).toBe(400);
});

/** `fetch` refuses such headers itself. */
function raw(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: object; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${api.url}${path}`, { headers, insecureHTTPParser: true }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

test.each([
  '/api/v1/audit?action=a%0d%0aset-cookie:%20a=b',
  '/%0d%0aset-cookie:%20a=b',
  `/sign-in?to=%0d%0alocation:%20https://evil.example`,
])('header injection: line breaks in the address come out nowhere: %s', async (path) => {
  const answer = await raw(path, { cookie: api.cookie });
  expect(answer.headers).not.toHaveProperty('location');
  expect(JSON.stringify(answer.headers)).not.toContain('a=b');
});

test('open redirect: no address makes the server send a browser elsewhere', async () => {
  for (const path of [
    '//evil.example',
    '/\\evil.example',
    '/sign-in?to=https://evil.example',
    '/docs/..//evil.example',
  ]) {
    const answer = await raw(path, { cookie: api.cookie, accept: 'text/html' });
    const { location } = answer.headers as { location?: string };
    expect([path, location === undefined || location.startsWith('/docs')]).toEqual([path, true]);
  }
});

test.each([
  '/api/v1/portals/..%2f..%2faccounts',
  '/api/v1/portals/%2e%2e/accounts',
  '/api/v1/portals/%PORTAL%/records/deal/..%2f..%2faudit',
  '/api/v1/portals/%PORTAL%/records/..%2faudit/1',
])('path traversal: %s leads nowhere', async (path) => {
  const { cookie } = await portals.person([{ role: 'viewer', portalId: portal.portalId }]);
  const answer = await raw(path.replace('%PORTAL%', portal.portalId), { cookie });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
});

test('a forwarded address of a stranger is not believed, nor is a header of ours', async () => {
  const { email, accountId } = await portals.person([]);
  await api.staff.setPassword(accountId, password);
  const signedIn = await signIn(email, password, {
    'x-forwarded-for': '203.0.113.9',
    'x-funnelwatch-address': '203.0.113.8',
  });
  const { rows } = await api.pool.query<{ address: string }>(
    'SELECT ip_address AS address FROM identity.session WHERE account_id = $1 ORDER BY created_at DESC LIMIT 1',
    [accountId],
  );
  expect(signedIn.status).toBe(201);
  expect(rows[0]?.address).toMatch(/^(127\.0\.0\.1|::ffff:127\.0\.0\.1|0000:.*)$/);
});

test('stored scripts: what a portal sends comes out as JSON that no browser takes for a page', async () => {
  const evil = '<img src=x onerror=alert(1)>"><script>alert(2)</script>';
  await api.pool.query('UPDATE registry.portal SET name = $2 WHERE portal_id = $1', [portal.portalId, evil]);
  const answer = await ask(api, `/api/v1/portals/${portal.portalId}`);
  expect(answer.body['name']).toBe(evil);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('an unsealed reading, a change and a refusal stand in the audit, with who, from where and the result', async () => {
  const { accountId, cookie } = await portals.person([{ role: 'curator', portalId: portal.portalId }]);
  await ask(api, `/api/v1/portals/${portal.portalId}/records/deal/1?personal=shown`, { headers: { cookie } });
  await ask(api, `/api/v1/portals/${portal.portalId}/pause`, { method: 'POST', headers: { cookie } });
  const audit = await ask(api, `/api/v1/portals/${portal.portalId}/audit?accountId=${accountId}`);
  expect(audit.body['items']).toMatchObject([
    { action: 'portal.pause', result: 'refused', accountId, details: { code: 'NOT_ALLOWED' } },
    { action: 'personal.read', result: 'done', object: 'deal:1', portalId: portal.portalId },
  ]);
  const csv = await ask(api, `/api/v1/portals/${portal.portalId}/audit/export?accountId=${accountId}`);
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(String(csv.body['text']).split('\r\n')).toHaveLength(4);
});
