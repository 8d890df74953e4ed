import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PortalRegistry, type RegisteredPortal } from '@funnelwatch/portals';
import { createPool } from '@funnelwatch/postgres';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { capturedPortalsQuery, readCapturedPortals } from './captured-portals.js';
import { migrations } from './migrations.js';

let database: TestDatabase;
let owner: Pool;
let ingest: Pool;
let registry: PortalRegistry;
const portals: RegisteredPortal[] = [];

const limiter = {
  profile: 'standard',
  ...{ level: 12.5, capacity: 48, inFlight: 1, sent: 10, refused: 0 },
  waiting: { interactive: 0, live: 2, 'write-back': 0, reconcile: 1, backfill: 7 },
  operating: [
    { method: 'batch', seconds: 120.5, pausedForMs: 0 },
    { method: 'crm.deal.list', seconds: 300, pausedForMs: 0 },
  ],
};

beforeAll(async () => {
  database = await createTestDatabase({ migrations });
  owner = createPool({ url: database.url, applicationName: 'captured-portals-spec' });
  ingest = createPool({ url: database.urlAs('ingest'), applicationName: 'captured-portals-spec' });
  registry = new PortalRegistry(owner, randomBytes(32));
  for (const name of ['first', 'second', 'paused']) {
    portals.push(await registry.register({ webhookUrl: `https://${name}.bitrix24.ru/rest/1/abcdefgh12345678/` }));
  }
  for (const { portalId, bucket } of portals) {
    await owner.query(
      `INSERT INTO capture.status (portal_id, bucket, phase, last_tick_at, lag_seconds, limiter)
       VALUES ($1, $2, 'live', now() - interval '40 seconds', 1.5, $3)`,
      [portalId, bucket, portalId === portals[0]?.portalId ? JSON.stringify(limiter) : null],
    );
  }
});
afterAll(async () => {
  await ingest.end();
  await owner.end();
  await database.drop();
});

const certify = (portalId: string, count: number) =>
  owner.query(
    `INSERT INTO capture.certificate (bucket, portal_id, certified_at, day, scope, expected, held, unexplained)
     SELECT 1, $1, now() - make_interval(mins => number * 15), now()::date, 'all', '{}', '{}', number % 7
       FROM generate_series(1, $2::int) AS number`,
    [portalId, count],
  );

test('figures are told of active portals, as far as they are known', async () => {
  const [first, second, paused] = portals as [RegisteredPortal, RegisteredPortal, RegisteredPortal];
  await owner.query(`UPDATE registry.portal SET status = 'paused' WHERE portal_id = $1`, [paused.portalId]);
  await certify(first.portalId, 3);
  const told = new Map((await readCapturedPortals(ingest)).map((one) => [one.portal, one]));
  expect([...told.keys()].sort()).toEqual([first.portalId, second.portalId].sort());
  const { figures, waitingByPriority } = told.get(first.portalId) ?? { figures: null };
  expect(figures).toMatchObject({ lag: 1.5, unexplained: 1, level: 12.5, capacity: 48, operating: 300 });
  expect(figures?.pollAge).toBeGreaterThanOrEqual(40);
  expect(figures?.certificateAge).toBeGreaterThanOrEqual(900);
  expect(Object.fromEntries(waitingByPriority ?? [])).toEqual(limiter.waiting);
  expect(told.get(second.portalId)).toMatchObject({
    figures: { certificateAge: null, unexplained: null, level: null, capacity: null, operating: null },
    waitingByPriority: [],
  });
});

test('a year of certificates is not looked at', async () => {
  await certify(portals[1]?.portalId ?? '', 35_000);
  await owner.query('ANALYZE');
  const { rows } = await owner.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${capturedPortalsQuery}`);
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('certificate');
  expect(plan).not.toContain('Seq Scan on certificate');
});
