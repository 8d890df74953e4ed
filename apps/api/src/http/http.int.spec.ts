import { randomUUID } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ask, type RunningApi, startApi } from '../running-api.spec-fixture.js';

let api: RunningApi;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-console-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>console</title>');
  await writeFile(join(folder, 'assets', 'index-1a2b3c.js'), 'export {};');
  await writeFile(join(folder, 'theme.js'), 'document;');
  api = await startApi({ consoleFolder: folder });
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true });
});

/** `fetch` sets the Host header itself, so this one speaks HTTP by hand. */
function askAs(
  headers: Record<string, string>,
  path: string,
  method = 'GET',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${api.url}${path}`, { method, headers: { cookie: api.cookie, ...headers } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on('error', reject).end();
  });
}

test.each([
  ['an address of a page', '/portals/1/funnel?view=now'],
  ['the root', '/'],
])('%s gives the console, asked for anew each time', async (_title, path) => {
  const answer = await ask(api, path, { headers: { accept: 'text/html' } });
  expect(answer).toMatchObject({ status: 200, body: { text: expect.stringContaining('<title>console') } });
  expect(answer.headers.get('cache-control')).toBe('no-cache');
});

test('assets with a hash never change; other files are asked for anew', async () => {
  const asset = await ask(api, '/assets/index-1a2b3c.js');
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect((await ask(api, '/theme.js')).headers.get('cache-control')).toBe('no-cache');
});

test.each([
  ['a missing asset', '/assets/gone.js', 404, 'ROUTE_UNKNOWN'],
  ['an unknown route', '/api/v1/nothing', 404, 'ROUTE_UNKNOWN'],
  ['an unknown method', '/api/v2', 404, 'ROUTE_UNKNOWN'],
  ['a path out of the folder', '/assets/..%2f..%2f..%2fetc%2fpasswd', 404, 'ROUTE_UNKNOWN'],
  ['an address that cannot be decoded', '/api/v1/portals/%E0%A4%A', 400, 'INVALID_REQUEST'],
])('%s is a problem', async (_title, path, status, code) => {
  const answer = await ask(api, path, { headers: { accept: 'text/html' } });
  expect(answer).toMatchObject({
    status,
    body: { status, code, instance: expect.any(String), type: expect.any(String) },
  });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
});

test.each(['/', '/api/v1/portals', '/docs', '/api/v1/nothing'])('%s has strict headers', async (path) => {
  const { headers } = await ask(api, path, { headers: { accept: 'text/html' } });
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toContain('unsafe-eval');
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('x-frame-options')).toBe('DENY');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('x-powered-by')).toBeNull();
});

test('answers of the API are not kept by caches', async () => {
  expect((await ask(api, '/api/v1/portals')).headers.get('cache-control')).toBe('no-store');
});

test.each([
  ['another name', { host: 'evil.example' }],
  ['a name that only begins well', { host: 'localhost.evil.example' }],
  ['an address of the network', { host: '192.168.1.5:4400' }],
])('%s in the Host header is refused', async (_title, headers) => {
  const { status, body } = await askAs(headers, '/api/v1/portals');
  expect({ status, code: (JSON.parse(body) as { code: string }).code }).toEqual({ status: 403, code: 'HOST_REFUSED' });
});

test.each([['localhost'], ['LOCALHOST:4400'], ['127.0.0.1:1'], ['[::1]:4400']])(
  'the host %s is this machine',
  async (host) => {
    expect((await askAs({ host }, '/api/v1/portals')).status).toBe(200);
  },
);

test('a page of another site may not post, one of this may', async () => {
  const { port } = new URL(api.url);
  const host = `localhost:${port}`;
  const refused = await askAs({ host, origin: 'http://evil.example' }, '/api/v1/portals', 'POST');
  expect(refused).toMatchObject({ status: 403, body: expect.stringContaining('ORIGIN_REFUSED') });
  const opaque = await askAs({ host, origin: 'null' }, '/api/v1/portals', 'POST');
  expect(opaque.status).toBe(403);
  expect((await askAs({ host, origin: `http://${host}` }, '/api/v1/portals', 'POST')).status).toBe(400);
});

test.each([
  ['no JSON', '{"webhookUrl":', 'application/json', 400, 'BODY_NOT_JSON'],
  ['a bare value', '"text"', 'application/json', 400, 'BODY_NOT_JSON'],
  ['too much', JSON.stringify({ name: 'x'.repeat(110_000) }), 'application/json', 413, 'BODY_TOO_LARGE'],
  ['an unknown character set', '{}', 'application/json; charset=koi8-r', 415, 'BODY_UNSUPPORTED'],
  ['another form', 'a=b', 'application/x-www-form-urlencoded', 400, 'INVALID_REQUEST'],
  ['a list', '[]', 'application/json', 400, 'INVALID_REQUEST'],
  ['a prototype', '{"__proto__":{"webhookUrl":"x"}}', 'application/json', 400, 'INVALID_REQUEST'],
])('a body with %s is refused', async (_title, body, contentType, status, code) => {
  const answer = await ask(api, '/api/v1/portals', { method: 'POST', body, headers: { 'content-type': contentType } });
  expect(answer).toMatchObject({ status, body: { code } });
});

test('the document and its page are served', async () => {
  const document = await ask(api, '/docs/openapi.json');
  expect(document.body).toMatchObject({ openapi: expect.stringMatching(/^3\./), info: { title: 'Funnelwatch' } });
  expect((await ask(api, '/docs', { headers: { accept: 'text/html' } })).body['text']).toContain('swagger');
});

test('health and metrics answer whoever asks', async () => {
  expect(await ask(api, '/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
  expect(await ask(api, '/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
  const metrics = await askAs({ host: 'api:4400' }, '/metrics');
  expect(metrics.body).toMatch(/funnelwatch_api_request_seconds_count\{.*route="\/api\/v1\/portals"/);
});

test('whoever asks for what is not there, or in any way, makes no new series', async () => {
  const series = async (): Promise<string[]> => {
    const text = (await ask(api, '/metrics')).body['text'] as string;
    const counts = text.split('\n').filter((line) => line.startsWith('funnelwatch_api_request_seconds_count'));
    return counts.map((line) => line.replace(/ [^ ]*$/, '')).sort();
  };
  const attempt = async (suffix: string): Promise<void> => {
    await ask(api, `/nothing/${suffix}`);
    await ask(api, `/api/v1/nothing/${suffix}`);
    await ask(api, `/api/v1/portals/${suffix}`);
    await ask(api, `/api/v1/portals/${randomUUID()}/funnel?stage=${suffix}`);
    for (const method of ['DELETE', 'PROPFIND', 'PATCH']) await ask(api, `/nothing/${suffix}`, { method });
  };
  await attempt('first');
  const before = await series();
  expect(before).toContain('funnelwatch_api_request_seconds_count{app="api",method="GET",route="other",status="4xx"}');
  for (const suffix of ['second', 'third', '%2e%2e', 'health', 'metrics']) await attempt(suffix);
  expect(await series()).toEqual(before);
  expect(before.join('\n')).not.toMatch(/nothing|first|\/health|"\/metrics/);
});

test('an unexpected failure shows an id and nothing else, and is logged under it', async () => {
  await api.pool.query('ALTER TABLE registry.portal RENAME COLUMN zone TO zone_hidden');
  const answer = await ask(api, '/api/v1/portals');
  await api.pool.query('ALTER TABLE registry.portal RENAME COLUMN zone_hidden TO zone');
  expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL', errorId: expect.any(String) } });
  expect(JSON.stringify(answer.body)).not.toContain('zone');
  const logged = api.logged.find((line) => line.includes(String(answer.body['errorId'])));
  expect(logged).toContain('zone');
});
