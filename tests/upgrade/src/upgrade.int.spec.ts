import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { captureEvents } from '@funnelwatch/capture-contracts';
import {
  catalogueOf,
  KeyRing,
  listRebuilds,
  PostgresEventLog,
  PostgresFeed,
  PostgresKeyStore,
  requestRebuild,
  runReadModel,
  verifyLog,
  verifyReadModel,
} from '@funnelwatch/event-log';
import {
  funnelEvents,
  funnelReadModel,
  type FunnelScope,
  mapStageMeaning,
  PostgresFunnelReader,
} from '@funnelwatch/funnel';
import { PortalRegistry } from '@funnelwatch/portals';
import { createPool, inScope, migrate } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import { applyRoles, ensureLogins } from '@funnelwatch/roles';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { describeSchema, type EarlierDatabase, loadRows, makeEarlierSchema, readFixture } from './earlier-database.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const catalogue = catalogueOf(captureEvents, funnelEvents);

describe.each(['before-generations'])('a database of "%s"', (name) => {
  let fixture: EarlierDatabase;
  let database: TestDatabase;
  let pool: Pool;
  let log: PostgresEventLog;
  let keyRing: KeyRing;
  let portal: FunnelScope;
  let schemaThen: string[];

  beforeAll(async () => {
    fixture = await readFixture(name);
    database = await createTestDatabase();
    await makeEarlierSchema(database.url, fixture);
    pool = createPool({ url: database.url, applicationName: 'upgrade-spec', max: 15 });
    schemaThen = await describeSchema(pool);
    await loadRows(pool, fixture);
    const masterKey = Buffer.from(fixture.masterKey, 'base64');
    keyRing = new KeyRing({ masterKey, store: new PostgresKeyStore(pool) });
    log = new PostgresEventLog(pool);
  });
  afterAll(async () => {
    await log.close();
    await pool.end();
    await database.drop();
  });

  /** Keeps the read model up to date for as long as `work` takes. */
  async function whileProjecting(work: () => Promise<void>): Promise<void> {
    const stop = new AbortController();
    const feed = new PostgresFeed({ pool, holder: 'upgrade' });
    const running = runReadModel({
      model: funnelReadModel({ sealedTexts: keyRing }),
      feed,
      pool,
      holder: 'upgrade beside',
      logger: silent,
      catalogue,
      lookEveryMs: 50,
      signal: stop.signal,
    });
    try {
      await work();
    } finally {
      stop.abort();
      await running;
      feed.close();
    }
  }
  const until = async (what: string, check: () => Promise<boolean>): Promise<void> => {
    for (const endMs = performance.now() + 30_000; !(await check());) {
      if (performance.now() > endMs) throw new Error(`Not in time: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const projected = async (): Promise<boolean> => {
    const { rows } = await pool.query<{ position: number }>(
      `SELECT "position" FROM log.checkpoint WHERE projection = 'funnel' AND bucket = $1`,
      [portal.bucket],
    );
    return rows[0]?.position === (await log.head(portal.bucket));
  };

  test('is made by the migrations of its time, which nobody has changed', () => {
    expect(schemaThen).toEqual(fixture.schema);
  });

  test('migrates, and everything in it is intact and readable', async () => {
    const before = await countsIn(pool);
    const { applied } = await migrate({ url: database.url, migrations: productMigrations });
    expect(applied.length).toBeGreaterThan(3);
    const registered = await new PortalRegistry(pool, Buffer.from(fixture.masterKey, 'base64')).get(fixture.portalId);
    if (!registered) throw new Error('The portal is gone');
    portal = {
      portalId: registered.portalId,
      bucket: registered.bucket,
      zone: registered.zone,
      currency: registered.currency,
    };
    expect(await verifyLog(pool, { from: 1 })).toMatchObject({ isIntact: true });
    expect(await countsIn(pool)).toEqual(before);
    const events = await log.readBucket(portal.bucket, 0, 10_000);
    const sealed = events.find((event) => event.sealed)?.sealed ?? {};
    const [subject = '', text = ''] = Object.entries(sealed)[0] ?? [];
    expect(await keyRing.open(portal, subject, text)).toEqual(expect.any(Object));
    const reader = new PostgresFunnelReader(pool, { now: () => new Date() });
    expect((await reader.pipelines(portal)).length).toBe(fixture.tables['funnel_v1.pipeline']?.rows.length);
  });

  test('gets its walls with its roles, once', async () => {
    const policies = async () =>
      (await pool.query<{ oid: string }>('SELECT oid::text FROM pg_policy ORDER BY oid')).rows.map(({ oid }) => oid);
    expect(await policies()).toEqual([]);
    expect(await applyRoles({ url: database.url })).toEqual({ unstated: [], unwalled: [] });
    const made = await policies();
    expect(made.length).toBeGreaterThan(90);
    await applyRoles({ url: database.url });
    expect(await policies()).toEqual(made);
    await ensureLogins({ url: database.url, passwords: { api: 'twelve-characters' } });
    const api = createPool({ url: database.urlAs('api'), applicationName: 'upgrade-api', max: 1, scoped: true });
    const seen = async () => (await api.query('SELECT FROM read.funnel_object')).rowCount ?? 0;
    expect(await seen()).toBe(0);
    expect(await inScope([portal.portalId], seen)).toBeGreaterThan(0);
    await api.end();
  });

  test('holds read models that are exactly what its events make today', async () => {
    const model = funnelReadModel({ sealedTexts: keyRing });
    expect(await verifyReadModel({ pool, model, catalogue })).toMatchObject({ isIntact: true });
  });

  test('goes on: what is appended now joins the chain and is projected', async () => {
    const [pipeline] = await new PostgresFunnelReader(pool, { now: () => new Date() }).pipelines(portal);
    const stage = pipeline?.stages[0];
    if (!pipeline || !stage) throw new Error('There is no stage');
    const mapped = await mapStageMeaning(log, { now: () => new Date() }, portal, {
      pipelineId: pipeline.pipelineId,
      stageId: stage.stageId,
      meaning: 'meeting-held',
      validFrom: '2020-01-01T00:00:00.000Z',
    });
    expect(mapped.isChanged).toBe(true);
    await whileProjecting(() => until('projected', projected));
    const { rows } = await pool.query('SELECT meaning FROM read.stage_meaning WHERE portal_id = $1', [portal.portalId]);
    expect(rows).toHaveLength(1);
    expect(await verifyLog(pool, { from: 1 })).toMatchObject({ isIntact: true });
  });

  test('takes what a program of that time still appends, and projects it', async () => {
    const head = await log.head(portal.bucket);
    const eventId = '01980000-0000-8000-8000-000000000001';
    const body = `{"actor":"unknown","data":{"counts":{},"through":{}},"eventId":"${eventId}","occurredAt":"2026-10-01T00:00:00.000Z","provenance":"observed","schemaVersion":1,"streamId":"capture:portal","type":"CaptureAdvanced"}`;
    const digest = createHash('sha256').update(body).digest();
    const { rows } = await pool.query('SELECT * FROM log.append_one($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      portal.bucket,
      portal.portalId,
      'capture:portal',
      -1,
      true,
      eventId,
      body,
      null,
      digest,
    ]);
    expect(rows).toMatchObject([{ outcome: 0, position: head + 1, is_replay: false }]);
    expect(await verifyLog(pool, { from: 1 })).toMatchObject({ isIntact: true });
    await whileProjecting(() => until('projected', projected));
  });

  test('is rebuilt under the new schema with the same rows', async () => {
    await requestRebuild(pool, funnelReadModel({ sealedTexts: keyRing }));
    await whileProjecting(() =>
      until('the switch', async () => (await listRebuilds(pool, 'funnel'))[0]?.state === 'serving'),
    );
  });
});

/** Plain counts through the views, with statements of any version. */
async function countsIn(pool: Pool): Promise<unknown[]> {
  const { rows } = await pool.query<Record<string, unknown>>(`
      SELECT (SELECT count(*) FROM read.funnel_object) AS objects, (SELECT count(*) FROM read.stage_visit) AS visits,
             (SELECT count(*) FROM read.record) AS records, (SELECT sum(amount_kopecks) FROM read.funnel_object) AS amount,
             (SELECT count(*) FROM log.event) AS events`);
  return rows;
}
