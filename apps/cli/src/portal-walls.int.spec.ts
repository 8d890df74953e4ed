import { PostgresEventLog } from '@funnelwatch/event-log';
import { inScope, type PortalScope, withTransaction } from '@funnelwatch/postgres';
import { applyRoles, type Login } from '@funnelwatch/roles';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { insertionOf, portals } from './two-portals.spec-fixture.js';
import { everywhere, newEvent, rowsSeen, walledDatabase, type WalledDatabase } from './walled-database.spec-fixture.js';

const { a, b } = portals;

let world: WalledDatabase;
beforeAll(async () => {
  world = await walledDatabase();
}, 60_000);
afterAll(() => world.close());

test('every table with portals is walled, and those without are known', async () => {
  const { rows } = await world.owner.query<{ name: string; isWalled: boolean }>(
    `SELECT oid::regclass::text AS name, relrowsecurity AS "isWalled" FROM pg_class WHERE relkind = 'r' AND oid::regclass::text = ANY ($1)`,
    [world.relations.map(({ name }) => name)],
  );
  const walled = new Set(rows.filter(({ isWalled }) => isWalled).map(({ name }) => name));
  expect(
    world.relations.filter(({ kind, hasPortal, name }) => kind === 'table' && hasPortal !== walled.has(name)),
  ).toEqual([]);
  expect([...walled]).toEqual(
    expect.arrayContaining(['log.event', 'funnel_v1.stage_visit', 'funnel_v2.stage_visit', 'travel_1.stage_visit']),
  );
  expect(world.relations.filter(({ hasPortal }) => !hasPortal).map(({ name }) => name)).toEqual([
    'grafana.feed_lag',
    'grafana.rebuild',
    'grafana.relay_lag',
    'grafana.worker',
    'identity.account',
    'identity.credential',
    'identity.session',
    'identity.sign_in_attempts',
    'identity.verification',
    'log.checkpoint',
    'log.counter',
    'log.incarnation',
    'log.lease',
    'log.member',
    'log.projection_version',
    'log.scratch',
    'log.verification',
    'public.schema_migration',
    'read.ops_hole',
    'read.ops_lag',
    'read.ops_rebuild',
    'read.ops_relay',
    'read.ops_worker',
  ]);
});

test.each<Login>(['ingest', 'projector', 'curator', 'operator'])('%s works on all portals', async (login) => {
  const seen = await world.seenBy(world.pools[login]);
  delete seen['registry.reader_role'];
  expect(Object.keys(seen).length).toBeGreaterThan(10);
  expect(everywhere(seen)).toEqual(['ab']);
});

test.each<[Login, boolean]>([
  ['operator', true],
  ['projector', false],
  ['api', false],
  ['grafana', false],
])('who dumps tables as %s is given all of them or an error: %s', async (login, isGiven) => {
  const client = await world.pools[login].connect();
  // What pg_dump asks first.
  await client.query('SET row_security = off');
  const copied = client.query('SELECT * FROM funnel_v1.person');
  if (isGiven) expect((await copied).rows).toHaveLength(2);
  else await expect(copied).rejects.toThrow('row-level security');
  client.release(true);
});

test('what was made while the product worked has the walls that roles would give it', async () => {
  const walls = async () =>
    (await world.owner.query<{ oid: number }>('SELECT oid, polrelid::regclass::text FROM pg_policy ORDER BY oid')).rows;
  const before = await walls();
  expect(await applyRoles({ url: world.url })).toEqual({ unstated: [], unwalled: [] });
  expect(await walls()).toEqual(before);
});

describe('the API', () => {
  test('sees nothing without a scope, and otherwise the rows of its portals', async () => {
    const nothing = await world.seenBy(world.pools.api);
    expect(Object.keys(nothing).length).toBeGreaterThan(80);
    expect(everywhere(nothing)).toEqual(['']);
    const own = await world.seenBy(world.pools.api, [a.portalId]);
    expect(Object.keys(own)).toEqual(Object.keys(nothing));
    expect(everywhere(own)).toEqual(['a']);
    expect(everywhere(await world.seenBy(world.pools.api, 'all'))).toEqual(['ab']);
    expect(everywhere(await world.seenBy(world.pools.api, [a.portalId, b.portalId]))).toEqual(['ab']);
  });

  test('is given nothing by a client that it took without a transaction', async () => {
    await inScope('all', async () => {
      const client = await world.pools.api.connect();
      expect((await client.query('SELECT FROM log.event')).rowCount).toBe(0);
      client.release();
    });
  });

  test('writes rows of its portals only', async () => {
    const { rows } = await world.owner.query<{ name: string; column: string | null; may: string[] }>(
      `SELECT name, (SELECT quote_ident(attname) FROM pg_attribute
                      WHERE attrelid = name::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''
                        AND has_column_privilege('funnelwatch_api', name::regclass, attnum, 'UPDATE')
                      ORDER BY attname = 'portal_id' LIMIT 1) AS column,
              array(SELECT kind FROM unnest('{INSERT, UPDATE, DELETE}'::text[]) AS kind
                     WHERE has_table_privilege('funnelwatch_api', name, kind)) AS may
         FROM unnest($1::text[]) AS name`,
      [world.relations.filter(({ kind, hasPortal }) => kind === 'table' && hasPortal).map(({ name }) => name)],
    );
    const written = rows.filter(({ column, may }) => column !== null || may.length > 0);
    expect(written.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['capture.visibility_loss', 'log.quarantine', 'registry.portal', 'travel.snapshot']),
    );
    for (const { name, column, may } of written) {
      const attempt = (statement: string) =>
        inScope([a.portalId], () =>
          withTransaction(world.pools.api, async (client) => {
            const result = await client.query(statement);
            await client.query('ROLLBACK');
            return result;
          }).catch((error: unknown) => error),
        );
      const own = await rowsSeen(world.pools.api, name, [a.portalId]);
      const refused = expect.objectContaining({ code: '42501' }) as unknown;
      const changes = await changed(name, column === null ? null : `UPDATE ${name} SET ${column} = ${column}`);
      expect({ name, changes }).toEqual({ name, changes: column === null ? null : own?.length });
      if (may.includes('DELETE')) expect(await changed(name, `DELETE FROM ${name}`)).toBe(own?.length);
      if (may.includes('INSERT')) expect(await attempt(await insertionOf(world.owner, name, b))).toEqual(refused);
      if (may.includes('UPDATE')) {
        const moved = `UPDATE ${name} SET portal_id = '${b.portalId}' WHERE portal_id = '${a.portalId}'`;
        expect(await attempt(moved)).toEqual(refused);
      }
    }
  });

  /** Rows that a statement without any condition touches in the scope of one portal. */
  async function changed(name: string, statement: string | null): Promise<number | null> {
    if (statement === null) return null;
    const client = await world.pools.api.connect();
    try {
      await client.query(`BEGIN; SET LOCAL funnelwatch.portals = '${a.portalId}'`);
      return (await client.query(statement)).rowCount;
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
  }

  test('reaches other portals by no function that runs with the rights of its owner', async () => {
    const { rows } = await world.owner.query<{ name: string }>(
      `SELECT format('%s.%s', pronamespace::regnamespace, proname) AS name FROM pg_proc
        WHERE prosecdef AND has_function_privilege('funnelwatch_api', oid, 'EXECUTE') ORDER BY 1`,
    );
    const refusedByAnother: Record<string, string> = {
      'log.append_one': `log.append_one(3, '${b.portalId}', 'deal:1', -1, false, gen_random_uuid(), '{}', NULL, '')`,
      'log.append_alone': `log.append_alone(3, '${b.portalId}', false, '{deal:1}', '{1}', '{-1}', '{1}',
        ARRAY[gen_random_uuid()], '{1}', '{1}', false, ARRAY['{}'::json], ARRAY[NULL::json], '{x}')`,
      'log.append_many': `log.append_many('{3}', '{1,1}', '{${a.portalId},${b.portalId}}', '{deal:1,deal:1}', '{1}', '{f}', '{1}',
        '{2}', '{-1}', '{1}', ARRAY[gen_random_uuid()], '{2}', '{1}', false, ARRAY['{}'::json], ARRAY[NULL::json], '{x}')`,
      'log.create_generation': `log.create_generation('funnel', 'x', NULL)`,
      'log.drop_generation': `log.drop_generation('funnel', 2)`,
      'travel.create_schemas': 'travel.create_schemas(2)',
      'travel.drop_snapshot': 'travel.drop_snapshot(2)',
    };
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(refusedByAnother).sort());
    for (const call of Object.values(refusedByAnother)) {
      for (const scope of [[a.portalId], []]) {
        const called = inScope(scope, () => world.pools.api.query(`SELECT * FROM ${call}`));
        await expect(called).rejects.toMatchObject({
          code: '42501',
          message: expect.stringContaining('outside of the scope') as unknown,
        });
      }
    }
  });

  test('appends for its portals, also when others append at the same moment', async () => {
    const log = new PostgresEventLog(world.pools.api);
    const append = (portal: typeof a, scope: PortalScope, identity: string) =>
      inScope(scope, () =>
        log.append(portal, [{ streamId: 'deal:7', expected: 'any', events: [newEvent(identity, 'deal:7')] }]),
      );
    const appended = await Promise.allSettled([
      append(a, [b.portalId], '1'),
      append(a, [a.portalId], '2'),
      append(b, [a.portalId], '3'),
      append(b, [b.portalId], '4'),
      append(a, 'all', '5'),
      append(b, [], '6'),
      append(a, [a.portalId, b.portalId], '7'),
    ]);
    await log.close();
    expect(appended.map(({ status }) => status.slice(0, 1)).join('')).toBe('rfrffrf');
  });
});
