import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKeyFile, readKeyFile } from '@funnelwatch/config';
import { createAuth } from '@funnelwatch/identity';
import { breachesOf } from '@funnelwatch/observability';
import { PortalRegistry } from '@funnelwatch/portals';
import { createPool, refuseUnpreparedDatabase } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { listen } from './http/listen.js';
import { documentedApplication } from './openapi/documented-application.js';
import { Staff } from './identity/staff.spec-fixture.js';

let database: TestDatabase;
let empty: TestDatabase;
let folder: string;
let keyFile: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  database = await createTestDatabase({ migrations: productMigrations });
  empty = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'api-main-'));
  keyFile = join(folder, 'master.key');
  await createKeyFile(keyFile);
});
afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});
afterAll(async () => {
  await database.drop();
  await empty.drop();
  await rm(folder, { recursive: true });
});

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The program from its sources, as all-in-one forks its build. */
function start(environment: Record<string, string>) {
  const child = fork(here('./main.ts'), {
    silent: true,
    execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
    env: {
      PATH: process.env['PATH'],
      SWC_NODE_PROJECT: here('../tsconfig.json'),
      FUNNELWATCH_KEY_FILE: keyFile,
      PORT: '0',
      ...environment,
    },
  });
  started.push(child);
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const exited = once(child, 'exit').then(([code]: unknown[]) => ({ code, errors }));
  const ready = new Promise<{ type: string; url: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { type: string; url: string }));
    void exited.then(({ code }) => reject(new Error(`ended with ${String(code)}: ${errors}`)));
  });
  ready.catch(() => undefined);
  return { child, ready, exited };
}

async function registerPortal(): Promise<string> {
  const pool = createPool({ url: database.url, applicationName: 'api-spec' });
  const registry = new PortalRegistry(pool, await readKeyFile(keyFile));
  const { portalId } = await registry.register({ webhookUrl: 'https://romashka.bitrix24.ru/rest/1/abcdefgh12345678/' });
  await pool.end();
  return portalId;
}

async function integratorCookie(): Promise<string> {
  const pool = createPool({ url: database.url, applicationName: 'api-spec', searchPath: 'identity' });
  const auth = createAuth({ pool, masterKey: await readKeyFile(keyFile), isSecure: false });
  const { cookie } = await new Staff(pool, auth).signedIn([{ role: 'integrator', portalId: null }]);
  await pool.end();
  return cookie;
}

test('it reports ready, answers, and stops within its time when told, open streams and all', async () => {
  const { child, ready, exited } = start({ DATABASE_URL: database.urlAs('api') });
  const message = await ready;
  expect(message).toMatchObject({ type: 'ready', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
  expect(await (await fetch(`${message.url}/health/ready`)).json()).toMatchObject({ status: 'ready' });
  const portalId = await registerPortal();
  expect((await fetch(`${message.url}/api/v1/portals`)).status).toBe(401);
  const headers = { cookie: await integratorCookie() };
  const portals = await (await fetch(`${message.url}/api/v1/portals`, { headers })).json();
  expect(portals).toMatchObject({ items: [{ portalId, host: 'romashka.bitrix24.ru' }] });
  const stream = await fetch(`${message.url}/api/v1/portals/${portalId}/changes`, { headers });
  expect(stream.status).toBe(200);
  const metrics = await (await fetch(`${message.url}/metrics`)).text();
  expect(breachesOf('api', metrics)).toEqual([]);
  expect(metrics).toMatch(/^funnelwatch_database_pool_max\{pool="funnelwatch-api-identity",app="api"\} 5$/m);
  child.kill('SIGTERM');
  // Ended or cut, as it comes: a browser connects again in both cases.
  await stream.text().catch(() => undefined);
  expect(await exited).toMatchObject({ code: 0 });
});

test('it publishes the figures of its portals by itself', async () => {
  const portalId = await registerPortal();
  const { child, ready, exited } = start({ DATABASE_URL: database.urlAs('api'), PUBLISH_SECONDS: '1' });
  await ready;
  const pool = createPool({ url: database.url, applicationName: 'api-spec' });
  const publishedAt = async () =>
    (
      await pool.query<{ at: Date; code: string | null }>(
        'SELECT published_at AS at, error_code AS code FROM published.run WHERE portal_id = $1',
        [portalId],
      )
    ).rows[0];
  while (!(await publishedAt())) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await publishedAt()).toEqual({ at: expect.any(Date) as unknown, code: null });
  await pool.end();
  child.kill('SIGTERM');
  expect(await exited).toMatchObject({ code: 0 });
});

test('the key of another installation is refused, also one from the environment, and nothing is changed', async () => {
  await registerPortal();
  const other = join(folder, 'other.key');
  await createKeyFile(other);
  const settings = { DATABASE_URL: database.urlAs('api'), LOG_LEVEL: 'silent' };
  const key = Buffer.alloc(32, 7).toString('base64');
  const wrongs: Record<string, string>[] = [
    { FUNNELWATCH_KEY_FILE: other },
    { FUNNELWATCH_KEY_FILE: '', FUNNELWATCH_KEY: key },
  ];
  for (const wrong of wrongs) {
    const { code, errors } = await start({ ...settings, ...wrong }).exited;
    expect(code).toBe(1);
    expect(errors).toMatch(/encrypted with another master key\. .*funnelwatch key rotate.* Nothing was changed\.\n$/);
  }
  const right = { FUNNELWATCH_KEY_FILE: '', FUNNELWATCH_KEY: (await readKeyFile(keyFile)).toString('base64') };
  expect(await start({ ...settings, ...right }).ready).toMatchObject({ type: 'ready' });
});

test.each([
  ['two keys', { FUNNELWATCH_KEY: Buffer.alloc(32, 7).toString('base64') }, 'exactly one of both'],
  ['no key', { FUNNELWATCH_KEY_FILE: '' }, 'exactly one of both'],
  ['a short key', { FUNNELWATCH_KEY_FILE: '', FUNNELWATCH_KEY: 'c2VjcmV0' }, 'does not hold 32 bytes in base64'],
])('%s in the settings: one sentence, without the key', async (_title, environment, sentence) => {
  const { code, errors } = await start({ DATABASE_URL: database.urlAs('api'), ...environment }).exited;
  expect(code).toBe(2);
  expect(errors).toContain(sentence);
  expect(errors).not.toMatch(/c2VjcmV0|BwcHBwcH/);
});

test('wrong settings are all named at once', async () => {
  const { exited } = start({ PORT: '99999', FUNNELWATCH_KEY_FILE: '' });
  const { code, errors } = await exited;
  expect(code).toBe(2);
  expect(errors).toContain('DATABASE_URL is required');
  expect(errors).toContain('PORT');
  expect(errors).toContain('FUNNELWATCH_KEY_FILE: name the file');
});

test('a database without the tables is refused', async () => {
  await expect(refuseUnpreparedDatabase({ url: empty.url, migrations: productMigrations })).rejects.toMatchObject({
    code: 'DATABASE_NOT_PREPARED',
  });
  await expect(refuseUnpreparedDatabase({ url: database.url, migrations: productMigrations })).resolves.toBeUndefined();
});

test('a taken port is refused with a sentence', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const application = await documentedApplication();
  const refused = await listen(application, { HOST: '127.0.0.1', PORT: port }).catch((error: unknown) => error);
  other.close();
  expect(refused).toMatchObject({ code: 'PORT_TAKEN', message: expect.stringContaining(`Port ${port}`) });
});
