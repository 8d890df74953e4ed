import { randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  type AppendGroup,
  eventIdOf,
  eventLogMigrations,
  KeyRing,
  PostgresEventLog,
  PostgresKeyStore,
  refuseOtherMasterKey,
  verifyLog,
} from '@funnelwatch/event-log';
import type { NewEvent } from '@funnelwatch/kernel';
import { createPool, type MigrationClass } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { backUp } from './back-up.js';
import { restore } from './restore.js';

/** A registry and an outbox, as their libraries make them, so far as a backup sees them. */
class CreateRegistry1795810000001 {
  async up(runner: { query(statement: string): Promise<unknown> }): Promise<void> {
    await runner.query(
      `CREATE SCHEMA registry; CREATE TABLE registry.portal (portal_id uuid PRIMARY KEY, bucket int NOT NULL);
       CREATE SCHEMA writeback;
       CREATE TABLE writeback.message (bucket int, portal_id uuid, message_id uuid, marker text, state text,
                                      is_outcome_unknown boolean DEFAULT false)`,
    );
  }
  async down(): Promise<void> {
    await Promise.resolve();
  }
}

/** What capture keeps of people, so far as a restore sees it. */
class CreateCapture1795820000001 {
  async up(runner: { query(statement: string): Promise<unknown> }): Promise<void> {
    await runner.query(`
      CREATE SCHEMA capture;
      CREATE TABLE capture.entity_head
        (portal_id uuid, kind text, id text, personal_hashes json, content_hash text, PRIMARY KEY (portal_id, kind, id));
      CREATE TABLE capture.match_key (portal_id uuid, stream_id text, hash bytea, PRIMARY KEY (portal_id, stream_id, hash));
      CREATE TABLE capture.match_list (portal_id uuid, stream_id text, is_doubtful boolean DEFAULT false,
        PRIMARY KEY (portal_id, stream_id))`);
  }
  async down(): Promise<void> {
    await Promise.resolve();
  }
}
const migrations = [...eventLogMigrations, CreateRegistry1795810000001 as unknown as MigrationClass];
const portal = { portalId: '11111111-1111-4111-8111-111111111111', bucket: 3 };
const masterKey = randomBytes(32);
const now = new Date('2026-11-24T12:00:00Z');

let folder: string;
let opened: { database: TestDatabase; pool: Pool; log: PostgresEventLog }[];

beforeEach(async () => {
  opened = [];
  folder = await mkdtemp(join(tmpdir(), 'funnelwatch-backup-'));
});
afterEach(async () => {
  for (const { database, pool, log } of opened) {
    await log.close();
    await pool.end();
    await database.drop();
  }
  await rm(folder, { recursive: true });
});

async function open(more: MigrationClass[] = []) {
  const database = await createTestDatabase({ migrations: [...migrations, ...more] });
  const pool = createPool({ url: database.url, applicationName: 'backup-spec', max: 8 });
  const log = new PostgresEventLog(pool);
  const keyRing = new KeyRing({ masterKey, store: new PostgresKeyStore(pool) });
  opened.push({ database, pool, log });
  return { pool, log, keyRing };
}

let serial = 0;
async function append({ log, keyRing }: Pick<Awaited<ReturnType<typeof open>>, 'log' | 'keyRing'>, contact: string) {
  const number = (serial += 1);
  const text = await keyRing.seal(portal, contact, { name: `Person ${number}` });
  const event: NewEvent = {
    eventId: eventIdOf(now, `${number}`),
    streamId: contact,
    type: 'ContactChanged',
    schemaVersion: 1,
    occurredAt: now.toISOString(),
    actor: 'unknown',
    provenance: 'observed',
    data: { number, note: 'tab\t, newline\n, backslash \\ and ё' },
    ...(text === null ? {} : { sealed: { [contact]: text } }),
  };
  await log.append(portal, [{ streamId: contact, expected: 'any', events: [event] }]);
}

const matchesOf = (streamId: string, other: string): AppendGroup => ({
  streamId,
  expected: 'any',
  events: [
    {
      eventId: eventIdOf(now, `${streamId} matches`),
      streamId,
      type: 'ContactMatchesFound',
      schemaVersion: 1,
      occurredAt: now.toISOString(),
      actor: 'unknown',
      provenance: 'observed',
      data: { matches: [{ on: 'phone', stream: other }] },
    },
  ],
});

const backupOf = (pool: Pool, name = 'first', at = now) =>
  backUp({ pool, folder: join(folder, name), keysFolder: join(folder, 'keys'), now: at });
const restoreInto = (pool: Pool, name = 'first', key = masterKey) =>
  restore({
    pool,
    folder: join(folder, name),
    keysFolder: join(folder, 'keys'),
    refuseOtherKey: (client) => refuseOtherMasterKey(client, key),
  });

async function written(more: MigrationClass[] = []) {
  const source = await open(more);
  await source.pool.query('INSERT INTO registry.portal VALUES ($1, $2)', [portal.portalId, portal.bucket]);
  for (let index = 0; index < 30; index += 1) await append(source, `contact:${index % 5}`);
  return source;
}

test('a backup made while events arrive is one moment; restored, it is readable and goes on without a seam', async () => {
  const source = await written();
  let isWriting = true;
  const writing = (async () => {
    while (isWriting) await append(source, 'contact:1');
  })();
  const report = await backupOf(source.pool);
  isWriting = false;
  await writing;
  expect(await readdir(folder)).toEqual(expect.arrayContaining(['first', 'keys']));
  expect(report.tables.map(({ table }) => table)).toEqual([
    'log.counter',
    'log.event',
    'registry.portal',
    'writeback.message',
  ]);

  const target = await open();
  const { events, erased } = await restoreInto(target.pool);
  expect(events).toBeGreaterThanOrEqual(30);
  expect(erased).toBe(0);
  const stored = await source.log.readBucket(portal.bucket, 0, events);
  const restored = await target.log.readBucket(portal.bucket, 0, 100_000);
  expect(restored).toEqual(stored);
  const [subject = '', text = ''] = Object.entries(restored[0]?.sealed ?? {})[0] ?? [];
  expect(await target.keyRing.open(portal, subject, text)).toMatchObject({ name: expect.any(String) });
  await append(target, 'contact:1');
  expect(await target.log.head(portal.bucket)).toBe(events + 1);
  expect(await verifyLog(target.pool, { from: 1 })).toMatchObject({ isIntact: true });
  const incarnation = async (pool: Pool) =>
    (await pool.query<{ id: string }>('SELECT id FROM log.incarnation')).rows[0]?.id;
  expect(await incarnation(target.pool)).not.toBe(await incarnation(source.pool));
});

test('messages to portals that the copy holds as unsent may have been sent since', async () => {
  const source = await written();
  await source.pool.query(
    `INSERT INTO writeback.message (portal_id, state)
    SELECT $1, unnest('{cancelled, failed, held, refused, sending, sent, waiting}'::text[])`,
    [portal.portalId],
  );
  await backupOf(source.pool);
  const target = await open();
  await restoreInto(target.pool);
  const { rows } = await target.pool.query<{ state: string }>(
    'SELECT state FROM writeback.message WHERE is_outcome_unknown ORDER BY state',
  );
  expect(rows.map(({ state }) => state)).toEqual(['failed', 'held', 'refused', 'sending', 'waiting']);
});

test('data hold no key and no text in clear, and who was erased after a backup stays erased when it is restored', async () => {
  const source = await written();
  await backupOf(source.pool);
  await source.keyRing.destroy(portal, ['contact:2']);
  await backupOf(source.pool, 'second', new Date(now.getTime() + 60_000));

  const target = await open();
  expect(await restoreInto(target.pool)).toMatchObject({ erased: 1 });
  const events = await target.log.readStream(portal, 'contact:2');
  expect(await target.keyRing.open(portal, 'contact:2', events[0]?.sealed?.['contact:2'] ?? '')).toBeNull();
  expect(await target.keyRing.seal(portal, 'contact:2', { name: 'again' })).toBeNull();
  const other = (await target.log.readStream(portal, 'contact:3'))[0]?.sealed?.['contact:3'] ?? '';
  expect(await target.keyRing.open(portal, 'contact:3', other)).toMatchObject({ name: expect.any(String) });

  await writeFile(join(folder, 'keys', 'erasures.jsonl'), 'no list\n');
  const third = await open();
  await expect(restoreInto(third.pool)).rejects.toMatchObject({ code: 'ERASURES_UNREADABLE' });
});

test('hashes of whoever was erased after a backup do not come back, and lists that name them are looked at again', async () => {
  const capture = [CreateCapture1795820000001 as unknown as MigrationClass];
  const source = await written(capture);
  for (const [contact, hash] of [
    ['contact:1', 'a'],
    ['contact:2', 'a'],
    ['contact:3', 'b'],
  ]) {
    await source.pool.query(`INSERT INTO capture.match_key VALUES ($1, $2, $3)`, [portal.portalId, contact, hash]);
    await source.pool.query('INSERT INTO capture.match_list VALUES ($1, $2)', [portal.portalId, contact]);
    await source.pool.query(
      `INSERT INTO capture.entity_head VALUES ($1, 'contact', $2, '{"phones": "hash"}', 'hash')`,
      [portal.portalId, contact?.slice('contact:'.length)],
    );
  }
  await source.log.append(portal, [matchesOf('contact:1', 'contact:2'), matchesOf('contact:3', 'contact:1')]);
  await backupOf(source.pool);
  await source.keyRing.destroy(portal, ['contact:2']);
  await backupOf(source.pool, 'second', new Date(now.getTime() + 60_000));

  const target = await open(capture);
  await restoreInto(target.pool);
  const told = async (stream: string) => (await target.log.readStream(portal, stream)).at(-1);
  expect(await told('contact:1')).toMatchObject({ type: 'ContactMatchesFound', data: null });
  expect(await told('contact:3')).toMatchObject({ data: { matches: [{ stream: 'contact:1' }] } });
  expect(await verifyLog(target.pool, { from: 1 })).toMatchObject({ isIntact: true, buckets: [{ erased: 1 }] });
  const left = async (question: string) => (await target.pool.query<{ id: string }>(question)).rows.map(({ id }) => id);
  expect(await left('SELECT stream_id AS id FROM capture.match_key ORDER BY 1')).toEqual(['contact:1', 'contact:3']);
  expect(await left('SELECT stream_id AS id FROM capture.match_list WHERE is_doubtful ORDER BY 1')).toEqual([
    'contact:1',
    'contact:2',
  ]);
  expect(await left(`SELECT id FROM capture.entity_head WHERE content_hash <> '' ORDER BY 1`)).toEqual(['1', '3']);
});

test('copies of keys are removed after thirty days', async () => {
  const source = await written();
  await backupOf(source.pool);
  const later = new Date(now.getTime() + 31 * 24 * 3_600_000);
  const { removedKeys } = await backupOf(source.pool, 'later', later);
  expect(removedKeys).toEqual(['20261124T120000Z']);
  const target = await open();
  await expect(restoreInto(target.pool)).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
  expect((await restoreInto(target.pool, 'later')).events).toBe(30);
});

test('a copy that the master key does not open is not restored, with the one of its time it is', async () => {
  const source = await written();
  await backupOf(source.pool);
  const target = await open();
  await expect(restoreInto(target.pool, 'first', randomBytes(32))).rejects.toMatchObject({ code: 'KEY_FILE_OTHER' });
  expect(await target.log.head(portal.bucket)).toBe(0);
  expect((await restoreInto(target.pool)).events).toBe(30);
});

test('nothing is restored from what is damaged, unfinished or newer, nor over what is there', async () => {
  const source = await written();
  await backupOf(source.pool);
  await expect(restoreInto(source.pool)).rejects.toMatchObject({ code: 'RESTORE_NOT_EMPTY' });
  await expect(backupOf(source.pool)).rejects.toMatchObject({ code: 'BACKUP_FOLDER_TAKEN' });
  const target = await open();
  await expect(restoreInto(target.pool, 'nowhere')).rejects.toMatchObject({ code: 'BACKUP_UNREADABLE' });
  const manifestFile = join(folder, 'first', 'manifest.json');
  const manifest = await readFile(manifestFile, 'utf8');
  await writeFile(manifestFile, manifest.replace('"format": 1', '"format": 2'));
  await expect(restoreInto(target.pool)).rejects.toMatchObject({ code: 'BACKUP_NEWER' });
  await writeFile(manifestFile, manifest.replace('"CreateEventLog1795800000001"', '"FromTheFuture1999999999999"'));
  await expect(restoreInto(target.pool)).rejects.toMatchObject({ code: 'BACKUP_NEWER' });
  await writeFile(manifestFile, manifest.replace(/"position": \d+/, '"position": 7'));
  await expect(restoreInto(target.pool)).rejects.toMatchObject({ code: 'RESTORED_LOG_DAMAGED' });
  await writeFile(manifestFile, manifest);
  await appendFile(join(folder, 'first', 'log.event.copy.gz'), 'x');
  const other = await open();
  await expect(restoreInto(other.pool)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
  await truncate(join(folder, 'first', 'log.event.copy.gz'), 100);
  await expect(restoreInto(other.pool)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
  expect(await other.log.head(portal.bucket)).toBe(0);
});
