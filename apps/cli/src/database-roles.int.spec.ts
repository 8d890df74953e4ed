import { readFile } from 'node:fs/promises';
import { eventIdOf, PostgresEventLog } from '@funnelwatch/event-log';
import { applyRoles, ensureLogins, type Login, roleScript } from '@funnelwatch/roles';
import { createPool, inScope, migrate } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool } from './connection.js';

const portal = { portalId: '018f0000-0000-7000-8000-00000000000a', bucket: 3 };
const logins: Login[] = ['ingest', 'projector', 'curator', 'api', 'operator', 'grafana'];

let database: TestDatabase;
let owner: Pool;
let pools: Record<Login, Pool>;

beforeAll(async () => {
  database = await createTestDatabase({ migrations: productMigrations });
  owner = createPool({ url: database.url, applicationName: 'roles-spec' });
  pools = Object.fromEntries(
    logins.map((login) => [
      login,
      createPool({ url: database.urlAs(login), applicationName: login, max: 2, scoped: login === 'api' }),
    ]),
  ) as typeof pools;
  const log = new PostgresEventLog(owner);
  await log.append(portal, [{ streamId: 'deal:1', expected: 'none', events: [event('a')] }]);
  await log.close();
  await owner.query(
    `INSERT INTO keys.subject_key (bucket, portal_id, subject, wrapped) VALUES (3, $1, 'contact:1', 'x')`,
    [portal.portalId],
  );
});

afterAll(async () => {
  await Promise.all(Object.values(pools).map((pool) => pool.end()));
  await owner.end();
  await database.drop();
});

const event = (identity: string) => ({
  eventId: eventIdOf(new Date('2026-03-02T09:00:00Z'), identity),
  streamId: 'deal:1',
  type: 'DealChanged',
  schemaVersion: 1,
  occurredAt: '2026-03-02T09:00:00.000Z',
  actor: 'unknown' as const,
  provenance: 'observed' as const,
  data: {},
});

test('every table, view and function has its privileges and its walls stated', async () => {
  expect(await applyRoles({ url: database.url })).toEqual({ unstated: [], unwalled: [] });
});

test('what an administrator is given is what programs do', async () => {
  const path = new URL('../../../infra/postgres/roles.sql', import.meta.url);
  expect(await readFile(path, 'utf8')).toBe(roleScript());
});

describe('who may what', () => {
  const all = logins.join(' ');
  // A statement that may be done answers with rows or none; it is rolled back. All others must be refused.
  test.each<[string, string, string]>([
    ['read the log', 'SELECT FROM log.event', 'ingest projector curator api operator'],
    ['change an event', `UPDATE log.event SET body = '{}'`, ''],
    ['change when it was recorded', 'UPDATE log.event SET recorded_at = now()', ''],
    ['empty an event', 'UPDATE log.event SET sealed = NULL', ''],
    ['remove an event', 'DELETE FROM log.event', ''],
    ['empty the log', 'TRUNCATE log.event', ''],
    [
      'write an event without its chain',
      `INSERT INTO log.event (position, version, recorded_at, bucket, portal_id, event_id, stream_id, body, digest, hash)
       VALUES (9, 9, now(), 3, gen_random_uuid(), gen_random_uuid(), 'x', '{}', '', '')`,
      'operator',
    ],
    ['move a counter', 'UPDATE log.counter SET position = 0', 'operator'],
    ['switch off what keeps the log', 'ALTER TABLE log.event DISABLE TRIGGER USER', 'operator'],
    ['call the chain itself', 'SELECT log.lock_counter(3)', 'operator'],
    ['move a checkpoint', 'UPDATE log.checkpoint SET position = 0', 'ingest projector curator operator'],
    ['quarantine', 'DELETE FROM log.quarantine', 'projector curator operator'],
    ['ask for a retry', 'UPDATE log.quarantine SET retry_requested_at = now()', 'projector curator api operator'],
    ['rewrite why it failed', `UPDATE log.quarantine SET reason_code = 'x'`, 'projector curator operator'],
    ['fill read models', 'DELETE FROM funnel_v1.person', 'projector curator operator'],
    ['read their tables', 'SELECT FROM funnel_v1.person', 'projector curator api operator grafana'],
    ['read what is shown', 'SELECT FROM read.person', 'api operator grafana'],
    ['see the lag', 'SELECT FROM read.ops_lag', all],
    ['read keys', 'SELECT wrapped FROM keys.subject_key', 'ingest projector curator api operator'],
    [
      'make a key',
      `INSERT INTO keys.subject_key (bucket, portal_id, subject, wrapped) VALUES (3, gen_random_uuid(), 'x', 'x')`,
      'ingest operator',
    ],
    ['exchange a key', `UPDATE keys.subject_key SET wrapped = 'y'`, 'operator'],
    ['remove a key', 'DELETE FROM keys.subject_key', 'operator'],
    ['read match keys', 'SELECT FROM keys.match_key', 'ingest operator'],
    ['read credentials of portals', 'SELECT credentials FROM registry.portal', 'ingest api operator'],
    ['change a portal', `UPDATE registry.portal SET name = 'x'`, 'ingest api operator'],
    ['remove a portal', 'DELETE FROM registry.portal', 'operator'],
    ['write heads', 'DELETE FROM capture.entity_head', 'ingest operator'],
    ['read what records have in common', 'SELECT hash FROM capture.match_key', 'ingest operator'],
    ['read the state of capture', 'SELECT FROM capture.status', 'ingest api operator grafana'],
    ['read webhooks', 'SELECT credentials FROM registry.portal', 'ingest api operator'],
    ['write figures for dashboards', 'DELETE FROM published.pace', 'api operator'],
    ['confirm deletions', 'UPDATE capture.visibility_loss SET confirmed_missing = 1', 'ingest api operator'],
    ['switch on writing to portals', 'UPDATE writeback.channel_setting SET is_enabled = true', 'api operator'],
    ['read the outbox', 'SELECT sealed_text FROM writeback.message', 'ingest api operator'],
    ['send what is in it', `UPDATE writeback.message SET state = 'sent'`, 'ingest api operator'],
    ['remove a message', 'DELETE FROM writeback.message', 'operator'],
    ['tell what the product wrote', 'SELECT FROM writeback.own_object', 'ingest projector curator api operator'],
    ['say what the rules found', 'DELETE FROM judge.episode', 'curator operator'],
    ['know the answers of gold cases', 'SELECT FROM read.quality', 'curator api operator'],
    ['read audits of calls and deals', 'SELECT FROM read.audit', 'curator api operator grafana'],
    ['read what the rules found', 'SELECT FROM judge.episode', 'curator api operator grafana'],
    ['ask for a rule to be tried on the past', 'DELETE FROM desk.backtest', 'api operator'],
    ['know the schema', 'SELECT FROM public.schema_migration', all],
    ['pretend a migration', `INSERT INTO public.schema_migration (timestamp, name) VALUES (1, 'x')`, 'operator'],
    ['make a schema', 'CREATE SCHEMA mine', 'operator'],
    ['make a table', 'CREATE TABLE log.mine (a int)', 'operator'],
    ['make a table where everybody could', 'CREATE TABLE public.mine (a int)', ''],
    ['make a temporary table', 'CREATE TEMP TABLE mine (a int)', ''],
    ['make a large object', 'SELECT lo_create(0)', ''],
    ['write into the journal', `SELECT pg_logical_emit_message(false, 'x', 'x')`, ''],
    ['make a role', 'CREATE ROLE funnelwatch_intruder', ''],
    ['drop a view', 'DROP VIEW read.ops_lag CASCADE', 'operator'],
  ])('%s', async (_title, statement, allowed) => {
    const may: string[] = [];
    for (const login of logins) {
      const client = await pools[login].connect();
      try {
        // Also for a login whose transactions only read unless it says otherwise: what refuses are the grants.
        await client.query('BEGIN READ WRITE');
        await client.query(statement);
        may.push(login);
      } catch (error) {
        expect(error).toMatchObject({ code: '42501' });
      } finally {
        await client.query('ROLLBACK');
        client.release();
      }
    }
    expect(may).toEqual(allowed.split(' ').filter((name) => name !== ''));
  });

  test.each<[Login, boolean]>([
    ['ingest', true],
    ['curator', true],
    ['api', true],
    ['operator', true],
    ['projector', false],
    ['grafana', false],
  ])('%s appends: %s', async (login, may) => {
    const log = new PostgresEventLog(pools[login]);
    const appended = inScope([portal.portalId], () =>
      log.append(portal, [{ streamId: 'deal:1', expected: 'any', events: [event(login)] }]),
    );
    if (may) await expect(appended).resolves.toMatchObject({ events: [{ isReplay: false }] });
    else await expect(appended).rejects.toMatchObject({ code: '42501' });
    await log.close();
  });

  test('as the role that erases, an event may be emptied and nothing else', async () => {
    const client = await pools.operator.connect();
    try {
      await client.query('BEGIN');
      await client.query('SET LOCAL ROLE funnelwatch_erase');
      expect((await client.query('UPDATE log.event SET sealed = NULL')).rowCount).toBeGreaterThan(0);
      await client.query('SAVEPOINT here');
      for (const statement of [
        `UPDATE log.event SET body = '{}'`,
        `UPDATE log.event SET sealed = '{}'`,
        `UPDATE log.event SET stream_id = 'x'`,
        'DELETE FROM log.event',
        'SELECT wrapped FROM keys.subject_key',
        `INSERT INTO keys.subject_key (bucket, portal_id, subject, wrapped) VALUES (3, gen_random_uuid(), 'x', 'x')`,
        'SELECT content FROM capture.entity_head',
      ]) {
        await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
        await client.query('ROLLBACK TO here');
      }
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  });
});

describe('a database without roles', () => {
  test('is brought up by a login that may migrate and not create roles; twice changes nothing', async () => {
    const old = await createTestDatabase();
    try {
      await migrate({ url: old.url, migrations: productMigrations });
      await applyRoles({ url: old.url });
      await migrate({ url: old.urlAs('operator'), migrations: productMigrations });
      expect(await applyRoles({ url: old.urlAs('operator') })).toEqual({ unstated: [], unwalled: [] });
    } finally {
      await old.drop();
    }
  });

  test('loses the snapshots of the past that nobody could drop any more, and those without walls', async () => {
    const old = await createTestDatabase();
    const before = createPool({ url: old.url, applicationName: 'before-roles', max: 1 });
    try {
      await migrate({ url: old.url, migrations: productMigrations });
      await applyRoles({ url: old.url });
      await before.query(
        'SET ROLE funnelwatch_migrate; CREATE SCHEMA travel_8; CREATE SCHEMA travel_8_read; RESET ROLE',
      );
      // From before there were walls.
      await before.query('CREATE TABLE travel_8.seen (portal_id uuid)');
      await before.query('CREATE SCHEMA travel_7; CREATE SCHEMA travel_7_read; CREATE TABLE travel_7.seen (id int)');
      await applyRoles({ url: old.url });
      const { rows } = await before.query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'travel%'`);
      expect(rows).toEqual([{ nspname: 'travel' }]);
    } finally {
      await before.end();
      await old.drop();
    }
  });

  test('is refused to a login that cannot take from everybody what every login has', async () => {
    const old = await createTestDatabase();
    const before = createPool({ url: old.url, applicationName: 'before-roles', max: 1 });
    try {
      await migrate({ url: old.url, migrations: productMigrations });
      await applyRoles({ url: old.url });
      await before.query(
        `DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO PUBLIC', current_database()); END $$`,
      );
      await expect(applyRoles({ url: old.urlAs('operator') })).rejects.toMatchObject({ code: 'ROLES_NOT_ALLOWED' });
      await before.query(await readFile(new URL('../../../infra/postgres/roles.sql', import.meta.url), 'utf8'));
      expect(await applyRoles({ url: old.urlAs('operator') })).toEqual({ unstated: [], unwalled: [] });
      await before.query('GRANT CREATE ON SCHEMA public TO PUBLIC; GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC');
      await applyRoles({ url: old.url });
      const { rows } = await before.query(
        `SELECT has_schema_privilege('public', 'public', 'CREATE') OR has_function_privilege('public', 'lo_create(oid)', 'EXECUTE')
                OR has_database_privilege('public', current_database(), 'TEMPORARY') AS may`,
      );
      expect(rows).toEqual([{ may: false }]);
    } finally {
      await before.end();
      await old.drop();
    }
  });

  test('is refused to a login that may not give it its roles', async () => {
    const old = await createTestDatabase();
    try {
      await migrate({ url: old.url, migrations: productMigrations });
      await expect(applyRoles({ url: old.urlAs('grafana') })).rejects.toMatchObject({ code: 'ROLES_NOT_ALLOWED' });
    } finally {
      await old.drop();
    }
  });

  test('several prepared at once do not disturb each other', async () => {
    const databases = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()]);
    try {
      const passwords = { api: 'twelve-characters' };
      await Promise.all(
        databases.map(async ({ url }) => {
          await applyRoles({ url });
          await ensureLogins({ url, passwords });
        }),
      );
    } finally {
      for (const one of databases) await one.drop();
    }
  });

  test('a password that could not be typed is refused', async () => {
    const ensured = ensureLogins({ url: database.url, passwords: { api: 'короткий' } });
    await expect(ensured).rejects.toMatchObject({ code: 'LOGIN_PASSWORD_INVALID' });
  });
});
