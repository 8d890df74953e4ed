import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { systemClock } from '@funnelwatch/kernel';
import { createPool, inScope, type PortalScope } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import { signalNames } from '@funnelwatch/reporting-contracts';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import type { Pool } from 'pg';
import { AnswerCapture } from './answer-capture.js';
import { AnswerSignals } from './answer-signals.js';
import { captureListSchema } from './capture.schemas.js';
import { ListSignalsQuery } from './operations.dispatch.js';
import { signalListSchema, type SignalView, type SignalsQuery } from './signals.schemas.js';
import { plantWatchedPortals, type WatchedPortals } from './watched-portals.spec-fixture.js';

let database: TestDatabase;
let owner: Pool;
/** As the API asks, behind the walls. */
let pool: Pool;
let portals: WatchedPortals;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: productMigrations });
  owner = createPool({ url: database.url, applicationName: 'signals-spec', max: 2 });
  pool = createPool({ url: database.urlAs('api'), applicationName: 'signals-spec-api', max: 2, scoped: true });
  portals = await plantWatchedPortals(owner, randomBytes(32));
});
afterAll(async () => {
  await pool.end();
  await owner.end();
  await database.drop();
});

const signals = async (least: SignalsQuery['least'], scope: PortalScope = 'all') =>
  signalListSchema.parse(
    await inScope(scope, () => new AnswerSignals(pool, systemClock).execute(new ListSignalsQuery({ least }))),
  );
const capture = async (scope: PortalScope = 'all') =>
  captureListSchema.parse(await inScope(scope, () => new AnswerCapture(pool, systemClock).execute()));

/** Seconds as whole minutes. */
const told = ({ signal, portalName, subject, value, unit, standing }: SignalView) => [
  ...[standing, signal, portalName, subject],
  unit === 'seconds' ? `${Math.floor(value / 60)} min` : value,
];

test('what is wrong is told with its figure, the gravest first', async () => {
  const { items, counts } = await signals('warning');
  expect(items.map(told)).toEqual([
    ['critical', 'connection_broken', 'Василёк', '', 1],
    ['critical', 'certificate_age', 'Ромашка', '', '3600 min'],
    ['critical', 'visibility_lost', 'Ромашка', '', 1],
    ['critical', 'read_model_stopped', null, `funnel:${portals.troubled.bucket}`, 1],
    ['critical', 'quarantine_age', 'Ромашка', '', '120 min'],
    ['warning', 'capture_lag', 'Ромашка', '', '20 min'],
    ['warning', 'unexplained', 'Ромашка', '', 3],
    ['warning', 'rules_frozen', 'Ромашка', '', 1],
    ['warning', 'cases_overdue', 'Ромашка', '', 1],
    ['warning', 'cases_near_due', 'Ромашка', '', 1],
    ['warning', 'plan_pace', 'Ромашка', 'Отдел продаж', 2],
    ['warning', 'figures_age', 'Ромашка', '', '15 min'],
    ['warning', 'outbox_overdue', 'Ромашка', 'task', '120 min'],
  ]);
  expect(counts).toMatchObject({ critical: 5, warning: 8 });
  expect(items[5]).toMatchObject({ unit: 'seconds', warnAt: 900, criticalAt: 3600, ...portalOf('troubled') });
  expect((await signals('critical')).items.map(told)).toEqual(items.slice(0, 5).map(told));
});

const portalOf = (which: keyof WatchedPortals) => ({ portalId: portals[which].portalId });

test('everything that is watched is told of, what is well too', async () => {
  const { items, counts } = await signals('well');
  expect(new Set(items.map(({ signal }) => signal))).toEqual(new Set(signalNames));
  expect(items).toHaveLength(counts.critical + counts.warning + counts.well);
  const ofHealthy = items.filter(({ portalId }) => portalId === portals.healthy.portalId);
  expect(new Set(ofHealthy.map(({ standing }) => standing))).toEqual(new Set(['well']));
  expect(ofHealthy.map(({ signal }) => signal)).toEqual(
    signalNames.filter((name) => !['plan_pace', 'outbox_overdue'].includes(name) && !name.startsWith('read_model')),
  );
});

test('a portal out of scope is not there', async () => {
  const portal = portals.healthy.portalId;
  const { items } = await signals('well', [portal]);
  expect(new Set(items.map(({ portalId }) => portalId))).toEqual(new Set([portal, null]));
  expect((await signals('warning', [portal])).items.map(told)).toEqual([
    ['critical', 'read_model_stopped', null, `funnel:${portals.troubled.bucket}`, 1],
  ]);
  expect((await capture([portal])).items.map(({ portalName }) => portalName)).toEqual(['Лотос']);
  expect((await capture([])).items).toEqual([]);
});

test('each portal has a row with freshness, completeness, budget, queue and messages', async () => {
  const { items } = await capture();
  expect(items.map(({ portalName }) => portalName)).toEqual(['Василёк', 'Лотос', 'Ромашка']);
  const [broken, healthy, troubled] = items;
  expect(troubled).toMatchObject({
    ...{ ...portalOf('troubled'), zone: 'Europe/Moscow', status: 'active', connectionState: 'connected' },
    ...{ connectionCode: null, phase: 'live', visibilityLost: 1, rulesFrozenCode: 'FACT_QUARANTINED' },
    certificate: { day: '2026-03-01', scope: 'all', expected: 100, held: 97, unexplained: 3 },
    budget: {
      ...{ profile: 'standard', level: 30.5, capacity: 50, inFlight: 2, waiting: 7, sent: 1200, refused: 5 },
      ...{ busiestMethod: 'crm.item.list', busiestSeconds: 400.5, pausedMethods: 1 },
    },
    queue: { open: 3, overdue: 1, nearDue: 1, disputed: 0 },
    outbox: { due: 1, held: 1, undelivered: 1 },
  });
  expect(Math.floor((troubled?.pollAgeSeconds ?? 0) / 60)).toBe(20);
  expect(Math.floor((troubled?.dataAgeSeconds ?? 0) / 60)).toBe(2);
  expect(Math.floor((troubled?.outbox?.overdueSeconds ?? 0) / 3600)).toBe(2);
  const polledAt = Date.now() - Date.parse(troubled?.lastPollAt ?? '');
  expect(Math.floor(polledAt / 60_000)).toBe(20);
  expect(troubled?.certificate?.at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  expect(healthy).toMatchObject({ outbox: null, queue: { open: 0, overdue: 0, nearDue: 0, oldestOverdueSeconds: 0 } });
  expect(broken).toMatchObject({ connectionState: 'failed', connectionCode: 'TOKEN_EXPIRED', phase: 'waiting' });
  expect(broken).toMatchObject({ lastPollAt: null, pollAgeSeconds: null, dataThrough: null, dataAgeSeconds: null });
  expect(broken).toMatchObject({ certificate: null, budget: null });
});

test('a signal of a newer database is left out', async () => {
  const before = await signals('well');
  const { rows } = await owner.query<{ query: string }>(
    `SELECT rtrim(pg_get_viewdef('read.ops_signal'::regclass), ';') AS query`,
  );
  await owner.query(
    `CREATE OR REPLACE VIEW read.ops_signal WITH (security_invoker = true) AS ${rows[0]?.query}
       UNION ALL SELECT 'tides', NULL::uuid, '', 7::float8`,
  );
  expect((await owner.query(`SELECT FROM read.ops_signal WHERE signal = 'tides'`)).rowCount).toBe(1);
  expect((await signals('well')).items.map(({ signal }) => signal)).toEqual(before.items.map(({ signal }) => signal));
});
