import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKeyFile, readKeyFile } from '@funnelwatch/config';
import { eventLogMigrations, KeyRing, PostgresKeyStore } from '@funnelwatch/event-log';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Pool } from 'pg';
import { PortalRegistry } from '../portal-registry.js';
import { portalsMigrations } from '../portals-migrations.js';
import { refuseOtherKey } from './refuse-other-key.js';
import { rotateMasterKey, type RotationPoint, rotationPoints } from './rotate-master-key.js';

const now = new Date('2026-11-24T12:00:00Z');
const webhookUrl = 'https://romashka.bitrix24.ru/rest/1/c0de/';
const subjects = Array.from({ length: 5000 }, (_, index) => `contact:${index}`);

let database: TestDatabase;
let pool: Pool;
let folder: string;
let keyFile: string;
let portal: { portalId: string; bucket: number };
/** What was sealed before, in the order of `subjects`. */
let texts: (string | null)[];
let matchHash: string;

beforeEach(async () => {
  database = await createTestDatabase({ migrations: [...eventLogMigrations, ...portalsMigrations] });
  // With the rights that the command line has.
  pool = createPool({ url: database.urlAs('operator'), applicationName: 'rotation-spec', max: 3 });
  folder = await mkdtemp(join(tmpdir(), 'rotation-'));
  keyFile = join(folder, 'master.key');
  const key = await createKeyFile(keyFile);
  portal = await new PortalRegistry(pool, key).register({ webhookUrl });
  await new PortalRegistry(pool, key).register({ webhookUrl: 'https://vesna.bitrix24.ru/rest/2/c0de/' });
  const ring = new KeyRing({ masterKey: key, store: new PostgresKeyStore(pool) });
  texts = await ring.sealMany(
    portal,
    subjects.map((subject) => ({ subject, fields: { name: subject } })),
  );
  matchHash = await ring.matchHash(portal, '+7 900');
  await ring.destroy(portal, ['contact:17']);
});
afterEach(async () => {
  await pool.end();
  await database.drop();
  await rm(folder, { recursive: true });
});

const rotate = () => rotateMasterKey({ pool, keyFile, now });

/** What the key of this file opens: everything, nothing, or — which must never be — a part. */
async function opens(path: string): Promise<'everything' | 'nothing' | 'a part'> {
  const masterKey = await readKeyFile(path);
  const ring = new KeyRing({ masterKey, store: new PostgresKeyStore(pool) });
  const attempts = [
    async () => (await new PortalRegistry(pool, masterKey).webhookOf(portal.portalId)) === webhookUrl,
    async () => (await ring.matchHash(portal, '+7 900')) === matchHash,
    async () => {
      const items = subjects.map((subject, index) => ({ subject, text: texts[index] ?? '' }));
      const opened = await ring.openMany(portal, items);
      return opened.every((fields, index) => (index === 17 ? fields === null : fields?.['name'] === subjects[index]));
    },
  ];
  const outcomes = await Promise.all(attempts.map((attempt) => attempt().catch(() => false)));
  if (outcomes.every(Boolean)) return 'everything';
  return outcomes.some(Boolean) ? 'a part' : 'nothing';
}

async function rotateAndKillAt(point: RotationPoint): Promise<void> {
  const program = fileURLToPath(new URL('./rotation.spec-fixture.ts', import.meta.url));
  const project = fileURLToPath(new URL('../../tsconfig.json', import.meta.url));
  const child = fork(program, [database.urlAs('operator'), keyFile, point, now.toISOString()], {
    execArgv: ['--conditions=@funnelwatch/source', '--import', '@swc-node/register/esm-register'],
    env: { PATH: process.env['PATH'], SWC_NODE_PROJECT: project },
  });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  // The server notices a killed client at its next word to it.
  for (;;) {
    const { rows } = await pool.query(
      `SELECT FROM pg_stat_activity WHERE application_name = 'funnelwatch-cli' AND datname = current_database()`,
    );
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a new key opens everything, the old one nothing, and it is kept under the date', async () => {
  await chmod(keyFile, 0o640);
  const old = await readFile(keyFile, 'utf8');
  const report = await rotate();
  const kept = `${keyFile}.until-2026-11-24`;
  expect(report).toEqual({
    ...{ webhooks: 2, subjectKeys: 4999, matchKeys: 1, isResumed: false, notRewritten: [] },
    ...{ keyFile, oldKeyFile: kept },
  });
  expect([await opens(keyFile), await opens(kept)]).toEqual(['everything', 'nothing']);
  expect(await readFile(kept, 'utf8')).toBe(old);
  expect((await stat(keyFile)).mode & 0o777).toBe(0o640);
  expect((await readdir(folder)).sort()).toEqual(['master.key', 'master.key.until-2026-11-24']);

  // Once more on the same day: no kept key is overwritten.
  const second = await rotate();
  expect(second).toMatchObject({ webhooks: 2, oldKeyFile: `${kept}-2` });
  expect(await readFile(kept, 'utf8')).toBe(old);
  expect(await opens(keyFile)).toBe('everything');
});

describe('killed at any point, one key opens everything, and the same command completes it', () => {
  test.each(rotationPoints.map((point) => [point]))('%s', async (point) => {
    await rotateAndKillAt(point);
    const isCommitted = rotationPoints.indexOf(point) >= rotationPoints.indexOf('committed');
    const next = `${keyFile}.next`;
    expect([await opens(keyFile), await opens(next)]).toEqual(
      isCommitted ? ['nothing', 'everything'] : ['everything', 'nothing'],
    );
    // Whoever starts in between is told, and changes nothing.
    const started = refuseOtherKey(pool, await readKeyFile(keyFile));
    if (isCommitted) {
      await expect(started).rejects.toMatchObject({
        code: 'KEY_FILE_OTHER',
        message: expect.stringContaining('funnelwatch key rotate') as unknown,
      });
    } else await started;

    const expected = await readFile(next, 'utf8');
    const report = await rotate();
    expect(report.isResumed).toBe(isCommitted);
    expect(await readFile(keyFile, 'utf8')).toBe(expected);
    expect([await opens(keyFile), await opens(report.oldKeyFile)]).toEqual(['everything', 'nothing']);
    expect((await readdir(folder)).sort()).toEqual(['master.key', 'master.key.until-2026-11-24']);
  });
});

describe('nothing is changed', () => {
  const before = async () =>
    (
      await pool.query<{ all: string }>(
        `SELECT (SELECT md5(string_agg(wrapped::text, ',' ORDER BY subject)) FROM keys.subject_key)
             || (SELECT md5(string_agg(credentials::text, ',' ORDER BY portal_id)) FROM registry.portal) AS all`,
      )
    ).rows[0]?.all;

  test.each(['ingest', 'api', 'projector'] as const)('while %s is connected', async (login) => {
    const rows = await before();
    const other = createPool({ url: database.urlAs(login), applicationName: `funnelwatch-${login}`, max: 1 });
    await other.query('SELECT 1');
    await expect(rotate()).rejects.toMatchObject({
      code: 'KEY_ROTATION_BUSY',
      message: expect.stringContaining(`funnelwatch-${login} is connected`) as unknown,
    });
    await other.end();
    expect(await before()).toBe(rows);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  test('with the key of another installation', async () => {
    const rows = await before();
    await writeFile(keyFile, `${Buffer.alloc(32, 7).toString('base64')}\n`);
    await expect(rotate()).rejects.toMatchObject({ code: 'KEY_FILE_OTHER' });
    expect(await before()).toBe(rows);
    expect(await readdir(folder)).toEqual(['master.key']);
  });

  test.each([
    ['a webhook', `UPDATE registry.portal SET credentials = '\\x0102' WHERE host LIKE 'vesna%'`, 'vesna.bitrix24.ru'],
    ['a key', `UPDATE keys.subject_key SET wrapped = '\\x0102' WHERE subject = 'contact:4321'`, 'contact:4321'],
  ])('when %s is damaged, and it is named', async (_title, damage, name) => {
    await pool.query(damage);
    const rows = await before();
    await expect(rotate()).rejects.toMatchObject({
      code: 'KEYS_UNREADABLE',
      message: expect.stringContaining(name) as unknown,
    });
    expect(await before()).toBe(rows);
    expect(await opens(`${keyFile}.next`)).toBe('nothing');
  });

  test('without the key file', async () => {
    await rm(keyFile);
    await expect(rotate()).rejects.toMatchObject({ code: 'KEY_FILE_MISSING' });
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a program that starts while keys are exchanged waits, and then sees the new state', async () => {
  const api = { url: database.urlAs('api'), scoped: true };
  const other = createPool({ ...api, applicationName: 'rotation-spec-late', max: 1 });
  const old = await readKeyFile(keyFile);
  let late: Promise<unknown> = Promise.resolve();
  const isHeld = async (): Promise<string> => {
    for (;;) {
      const { rows } = await pool.query(
        `SELECT FROM pg_locks WHERE NOT granted AND relation IN ('registry.portal'::regclass, 'keys.subject_key'::regclass)`,
      );
      if (rows.length > 0) return 'waits';
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  await rotateMasterKey({
    pool,
    keyFile,
    now,
    onPoint: async (point) => {
      if (point !== 'rewrapped') return;
      late = refuseOtherKey(other, old).catch((error: unknown) => error);
      expect(await Promise.race([isHeld(), late.then(() => 'went on')])).toBe('waits');
    },
  });
  expect(await late).toMatchObject({ code: 'KEY_FILE_OTHER' });
  await refuseOtherKey(other, await readKeyFile(keyFile));
  await other.end();
});

test('nothing encrypted yet: any key is right, and a rotation replaces the file', async () => {
  await pool.query('DELETE FROM registry.portal; DELETE FROM keys.subject_key; DELETE FROM keys.match_key');
  await refuseOtherKey(pool, Buffer.alloc(32, 7));
  const old = await readFile(keyFile, 'utf8');
  expect(await rotate()).toMatchObject({ webhooks: 0, subjectKeys: 0, matchKeys: 0 });
  expect(await readFile(keyFile, 'utf8')).not.toBe(old);
});
