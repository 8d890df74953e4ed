import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createPool, withTransaction } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool, PoolClient } from 'pg';
import { emptyEventLog } from '../conformance/empty-event-log.spec-fixture.js';
import { eventOf, groupOf, portalA, portalB } from '../conformance/events.spec-fixture.js';
import { KeyRing } from '../keys/key-ring.js';
import { PostgresKeyStore } from '../keys/postgres-key-store.js';
import { eventLogMigrations } from '../migrations/index.js';
import { PostgresEventLog } from '../postgres-event-log.js';
import { verifyLog } from '../verify/verify-log.js';
import { eraseSubject, type EraseSubjectOptions } from './erase-subject.js';
import { rewriteTables } from './rewrite-tables.js';
import { suppress } from './suppression.js';

let database: TestDatabase;
let pool: Pool;
let log: PostgresEventLog;
const masterKey = Buffer.alloc(32, 7);
const ringOf = (source: Pool = pool): KeyRing => new KeyRing({ masterKey, store: new PostgresKeyStore(source) });

beforeAll(async () => {
  database = await createTestDatabase({ migrations: eventLogMigrations });
  // As the login of whoever erases in production.
  pool = createPool({ url: database.urlAs('operator'), applicationName: 'erasure-spec' });
  log = new PostgresEventLog(pool);
});
afterAll(async () => {
  await log.close();
  await pool.end();
  await database.drop();
});

/** Who is linked to whom, as capture would tell. */
const links: Record<string, string[]> = { 'contact:12': ['deal:4'], 'deal:4': ['activity:8', 'contact:12'] };
let forgotten: string[][];

const erase = (overrides: Partial<EraseSubjectOptions> = {}) =>
  eraseSubject({
    pool,
    log,
    portal: portalA,
    subject: 'contact:12',
    linkedTo: async (streams) => [...streams].flatMap((stream) => links[stream] ?? []),
    forget: async (_client, streams) => void forgotten.push([...streams]),
    ...overrides,
  });

async function write(streamId: string, name: string, portal = portalA): Promise<void> {
  const text = await ringOf().seal(portal, streamId, { name });
  const sealed = text === null ? {} : { sealed: { [streamId]: text } };
  await log.append(portal, [{ streamId, expected: 'any', events: [eventOf(streamId, name, sealed)] }]);
}

/** Every text of the portal that can still be read by somebody with all keys. */
async function readable(portal = portalA): Promise<string[]> {
  const events = await log.readBucket(portal.bucket, 0, 100, { portalId: portal.portalId });
  const texts = events.flatMap(({ sealed }) => Object.entries(sealed ?? {}));
  const opened = await ringOf().openMany(
    portal,
    texts.map(([subject, text]) => ({ subject, text })),
  );
  return opened.flatMap((fields) => (typeof fields?.['name'] === 'string' ? [fields['name']] : []));
}

beforeEach(async () => {
  forgotten = [];
  const owner = createPool({ url: database.url, applicationName: 'erasure-spec-owner', max: 1 });
  await emptyEventLog(owner);
  await owner.query('TRUNCATE keys.subject_key, keys.erased_subject');
  await owner.end();
  for (const stream of ['contact:12', 'deal:4', 'activity:8', 'deal:5']) await write(stream, `about ${stream}`);
  await write('contact:12', 'same id, other portal', portalB);
});

test('the subject and what is linked to it cannot be read any more; everybody else can', async () => {
  const report = await erase();
  expect(report).toEqual({
    subject: 'contact:12',
    records: ['contact:12', 'deal:4', 'activity:8'],
    wasErased: false,
    emptiedEvents: 3,
    position: 6,
  });
  expect(forgotten).toEqual([['contact:12', 'deal:4', 'activity:8']]);
  expect(await readable()).toEqual(['about deal:5']);
  expect(await readable(portalB)).toEqual(['same id, other portal']);
  expect(await verifyLog(pool, { from: 1 })).toMatchObject({ isIntact: true, buckets: [{ erased: 3 }] });
  const [told] = await log.readStream(portalA, 'erasure:contact:12');
  expect(told).toMatchObject({
    type: 'SubjectErased',
    data: { subject: 'contact:12', records: ['contact:12', 'deal:4', 'activity:8'] },
  });
});

test('what it had in common with others is told of nobody any more', async () => {
  const matchesOf = (streamId: string, ...others: string[]) =>
    log.append(portalA, [
      {
        streamId,
        expected: 'any',
        events: [
          {
            ...eventOf(streamId, `matches of ${streamId}`),
            type: 'ContactMatchesFound',
            data: { matches: others.map((stream) => ({ on: 'phone', stream })) },
          },
        ],
      },
    ]);
  await matchesOf('contact:12', 'contact:13');
  await matchesOf('contact:13', 'contact:11', 'contact:12');
  await matchesOf('contact:14', 'contact:13', 'contact:121');
  expect(await erase()).toMatchObject({ emptiedEvents: 5 });
  const told = await log.readBucket(portalA.bucket, 0, 100, { portalId: portalA.portalId });
  const matches = told.filter(({ type }) => type === 'ContactMatchesFound');
  expect(matches.map(({ streamId, data }) => [streamId, data === null])).toEqual([
    ['contact:12', true],
    ['contact:13', true],
    ['contact:14', false],
  ]);
  expect(await verifyLog(pool, { from: 1 })).toMatchObject({ isIntact: true });
  expect(await erase()).toMatchObject({ emptiedEvents: 0 });
});

test('doing it again changes nothing, but takes in what was linked since', async () => {
  const first = await erase();
  expect(await erase()).toEqual({ ...first, wasErased: true, emptiedEvents: 0 });
  links['deal:4']?.push('task:3');
  await write('task:3', 'a late task');
  const again = await erase();
  links['deal:4']?.pop();
  expect(again).toMatchObject({ wasErased: false, emptiedEvents: 1 });
  const told = await log.readStream(portalA, 'erasure:contact:12');
  expect(told.map(({ data }) => data['records'])).toEqual([['contact:12', 'deal:4', 'activity:8'], ['task:3']]);
  expect(await readable()).toEqual(['about deal:5']);
});

test('what is captured while the keys are destroyed is found in another round', async () => {
  let isFirst = true;
  await erase({
    forget: async () => {
      if (!isFirst) return;
      isFirst = false;
      links['contact:12']?.push('deal:6');
      await write('deal:6', 'came in between');
    },
  });
  links['contact:12']?.pop();
  expect(await readable()).toEqual(['about deal:5']);
});

describe('interrupted', () => {
  class Killed extends Error {}
  const killed = () => Promise.reject(new Killed());

  test.each<[string, Partial<EraseSubjectOptions> | (() => Partial<EraseSubjectOptions>)]>([
    ['while links are followed', { linkedTo: killed }],
    ['before anything is committed', { forget: killed }],
    [
      'after the keys, before the texts',
      () => ({
        linkedTo: ((calls) => (streams) =>
          (calls += 1) > 3 ? killed() : Promise.resolve([...streams].flatMap((stream) => links[stream] ?? [])))(0),
      }),
    ],
    [
      'before readers are told',
      () => {
        const telling = Object.create(log) as PostgresEventLog;
        telling.append = killed;
        return { log: telling };
      },
    ],
  ])('%s, it is completed by doing it again', async (_moment, broken) => {
    await expect(erase(typeof broken === 'function' ? broken() : broken)).rejects.toBeInstanceOf(Killed);
    await erase();
    expect(await readable()).toEqual(['about deal:5']);
    expect((await log.readStream(portalA, 'erasure:contact:12')).length).toBe(1);
    expect(await verifyLog(pool, { from: 1 })).toMatchObject({ isIntact: true, buckets: [{ erased: 3 }] });
  });
});

describe('nobody comes back', () => {
  test('by sealing, in a process that still holds the key or in one that meets the subject first', async () => {
    const old = ringOf();
    await old.seal(portalA, 'contact:12', { name: 'x' });
    await erase();
    expect(await ringOf().seal(portalA, 'contact:12', { name: 'x' })).toBeNull();
    const late = await old.seal(portalA, 'contact:12', { name: 'x' });
    expect(late && (await ringOf().open(portalA, 'contact:12', late))).toBeNull();
    await withTransaction(pool, (client) => suppress(client, portalA, [{ subject: 'lead:99', root: 'contact:12' }]));
    expect(await ringOf().seal(portalA, 'lead:99', { name: 'x' })).toBeNull();
  });

  test('by keys that are copied back', async () => {
    const { rows } = await pool.query<{ wrapped: Buffer }>(
      `SELECT wrapped FROM keys.subject_key WHERE portal_id = $1 AND subject = 'contact:12'`,
      [portalA.portalId],
    );
    await erase();
    const key = rows[0]?.wrapped;
    await pool.query(`UPDATE keys.subject_key SET wrapped = $1, destroyed_at = NULL WHERE subject = 'contact:12'`, [
      key,
    ]);
    await pool.query(`DELETE FROM keys.subject_key WHERE subject = 'contact:12' AND portal_id = $1`, [
      portalA.portalId,
    ]);
    await pool.query(
      `INSERT INTO keys.subject_key (bucket, portal_id, subject, wrapped) VALUES ($1, $2, 'contact:12', $3)`,
      [portalA.bucket, portalA.portalId, key],
    );
    const kept = await pool.query(
      `SELECT FROM keys.subject_key WHERE portal_id = $1 AND subject = 'contact:12' AND wrapped IS NOT NULL`,
      [portalA.portalId],
    );
    expect(kept.rowCount).toBe(0);
  });
});

test.each([
  ['deal:4', 'ERASURE_SUBJECT_INVALID'],
  ["contact:1'; DROP", 'ERASURE_SUBJECT_INVALID'],
  ['contact:404', 'ERASURE_SUBJECT_UNKNOWN'],
])('%s is refused: %s', async (subject, code) => {
  await expect(erase({ subject })).rejects.toMatchObject({ code });
  expect(await readable()).toHaveLength(4);
});

test('a table in use is left as it is and named', async () => {
  const holder = await pool.connect();
  await holder.query('BEGIN; SELECT FROM keys.match_key FOR UPDATE');
  await holder.query('LOCK TABLE keys.match_key IN ACCESS SHARE MODE');
  const rewriting = rewriteTables(pool, ['keys.match_key', 'keys.subject_key'], { lockTimeoutMs: 100 });
  expect(await rewriting).toEqual(['keys.match_key']);
  await holder.query('ROLLBACK');
  holder.release();
  expect(await rewriteTables(pool, ['keys.match_key'])).toEqual([]);
});

describe('what an older transaction may still see', () => {
  const sizeOf = async (): Promise<number> => {
    const { rows } = await owner.query<{ size: string }>(`SELECT pg_relation_size('keys.old_version') AS size`);
    return Number(rows[0]?.size);
  };
  let owner: Pool;
  let reader: PoolClient;
  beforeEach(async () => {
    owner = createPool({ url: database.url, applicationName: 'erasure-spec-owner' });
    await owner.query(`CREATE TABLE keys.old_version (wrapped text); INSERT INTO keys.old_version VALUES ('removed')`);
    reader = await owner.connect();
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1');
    await owner.query('DELETE FROM keys.old_version');
  });
  afterEach(async () => {
    await reader.query('ROLLBACK');
    reader.release();
    await owner.query('DROP TABLE keys.old_version');
    await owner.end();
  });

  test('is waited for, and then gone from the file', async () => {
    const rewriting = rewriteTables(owner, ['keys.old_version']);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await sizeOf()).toBeGreaterThan(0);
    await reader.query('COMMIT');
    expect(await rewriting).toEqual([]);
    expect(await sizeOf()).toBe(0);
  });

  test('is named when the transaction does not end', async () => {
    expect(await rewriteTables(owner, ['keys.old_version'], { snapshotTimeoutMs: 300 })).toEqual(['keys.old_version']);
    expect(await sizeOf()).toBeGreaterThan(0);
  });
});

test('an event that speaks of several of them is emptied, however many there are', async () => {
  const many = Array.from({ length: 600 }, (_, index) => `activity:${index + 100}`);
  links['contact:12']?.push(...many);
  const last = many.at(-1) ?? '';
  const sealed: Record<string, string> = {};
  for (const subject of [last, 'contact:12'])
    sealed[subject] = (await ringOf().seal(portalA, subject, { name: 'x' })) ?? '';
  await log.append(portalA, [{ streamId: last, expected: 'any', events: [eventOf(last, 'of two', { sealed })] }]);
  const { emptiedEvents } = await erase();
  links['contact:12']?.splice(-many.length);
  expect(emptiedEvents).toBe(4);
});

test('an unrelated stream is not emptied', async () => {
  await log.append(portalA, [groupOf('deal:4', 'any', 'no text')]);
  expect((await erase()).emptiedEvents).toBe(3);
});
