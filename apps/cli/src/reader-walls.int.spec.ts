import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { portals, speaksOf } from './two-portals.spec-fixture.js';
import { everywhere, walledDatabase, type WalledDatabase } from './walled-database.spec-fixture.js';

const { a, b } = portals;

let world: WalledDatabase;
beforeAll(async () => {
  world = await walledDatabase();
}, 60_000);
afterAll(() => world.close());

describe('a login that only reads', () => {
  const attempts: [string, string[]][] = [
    ['as it is', []],
    ['with the setting', [`SET funnelwatch.portals = 'all'`]],
    ['with the setting of a transaction', [`SELECT set_config('funnelwatch.portals', 'all', false)`]],
    ['with the other portal in the setting', [`SET funnelwatch.portals = '${b.portalId}'`]],
    ['with a path of its own', ['SET search_path = pg_temp, funnel_v1, registry, public']],
    ['with transactions that write', ['SET default_transaction_read_only = off']],
  ];

  test.each(attempts)('sees its portals %s', async (_title, statements) => {
    // One connection throughout: what a session is told goes with it.
    const client = await world.pools.grafana.connect();
    for (const statement of statements) await client.query(statement);
    const seen = await world.seenBy(client);
    client.release(true);
    expect(Object.keys(seen)).toEqual(
      expect.arrayContaining(['read.stage_visit', 'funnel_v1.person', 'read.ops_quarantine']),
    );
    expect(everywhere(seen)).toEqual(['a']);
  });

  test.each<[string, string]>([
    ['switch the walls off', 'SET row_security = off; SELECT * FROM read.person'],
    ['become the API', 'SET SESSION AUTHORIZATION funnelwatch_api'],
    ['become the owner', 'SET ROLE funnelwatch_migrate'],
    ['become the API for a while', 'SET ROLE funnelwatch_api'],
    ['give itself a portal', `INSERT INTO registry.reader_role VALUES ('funnelwatch_grafana', NULL)`],
    ['change what it may see', `UPDATE registry.reader_role SET portal_id = NULL`],
    ['drop a wall', 'DROP POLICY portals_of_reader ON funnel_v1.person'],
    ['copy the log', 'COPY log.event TO STDOUT'],
    ['read files of the server', `SELECT pg_read_file('PG_VERSION')`],
    ['read large objects as they lie', 'SELECT * FROM pg_largeobject'],
    ['run a program', `COPY (SELECT 1) TO PROGRAM 'true'`],
    ['put a table of its own before ours', 'CREATE TEMP TABLE reader_role (role_name name, portal_id uuid)'],
    [
      'make a function that tells what it is asked about',
      `CREATE FUNCTION pg_temp.tell(t text) RETURNS boolean LANGUAGE sql AS 'SELECT true'`,
    ],
  ])('may not %s', async (_title, statement) => {
    const client = await world.pools.grafana.connect();
    // Anybody can lift it: what refuses are the grants.
    await client.query('SET default_transaction_read_only = off');
    await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' });
    client.release(true);
  });

  test('may call no function of ours but one that computes', async () => {
    const { rows } = await world.owner.query(
      `SELECT oid::regproc::text AS name FROM pg_proc WHERE pronamespace::regnamespace::text !~ '^(pg_|information_schema)'
          AND has_function_privilege('funnelwatch_grafana', oid, 'EXECUTE')`,
    );
    expect(rows).toEqual([{ name: 'log.is_held' }]);
  });

  test('as its group it is nobody, and is shown nothing', async () => {
    const client = await world.pools.grafana.connect();
    await client.query('SET ROLE funnelwatch_read');
    expect((await client.query('SELECT FROM read.person')).rowCount).toBe(0);
    client.release(true);
  });

  test('is not told by what the server computes, says or knows about its tables', async () => {
    const notices: string[] = [];
    const client = await world.pools.grafana.connect();
    client.on('notice', ({ message }) => notices.push(message ?? ''));
    const copied: string[] = [];
    client.connection.on('copyData', ({ chunk }: { chunk: Buffer }) => copied.push(chunk.toString()));
    await client.query('COPY funnel_v1.person TO STDOUT');
    await client.query('COPY (SELECT * FROM log.quarantine) TO STDOUT');
    expect(copied).toHaveLength(2);
    await world.owner.query('ANALYZE');
    // Readers cannot make such a function, but somebody may leave one lying about.
    await world.owner.query(`CREATE FUNCTION public.tell(t text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001
                             AS $$ BEGIN RAISE NOTICE '%', t; RETURN true; END $$`);
    const answers: unknown[] = [];
    for (const statement of [
      'SELECT * FROM read.person WHERE public.tell(portal_id::text) AND public.tell(user_id)',
      'SELECT count(*) FROM funnel_v1.person HAVING bool_and(public.tell(user_id::text)) IS NULL',
      `SELECT query_to_xml('SELECT * FROM log.quarantine', true, false, '')::text`,
      `SELECT table_to_xml('funnel_v1.stage_visit', true, false, '')::text`,
      `SELECT schema_to_xml('read', true, false, '')::text`,
      `SELECT * FROM ts_stat('SELECT to_tsvector(''simple'', user_id) FROM funnel_v1.person')`,
      `SELECT most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE schemaname ~ 'funnel|log|read'`,
      'SELECT * FROM funnel_v1.person TABLESAMPLE SYSTEM (100)',
      'EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM read.person',
      'SELECT query FROM pg_stat_activity',
    ]) {
      answers.push((await client.query<Record<string, unknown>>(statement)).rows);
    }
    // What a conversion fails on is said.
    for (const relation of ['read.person', 'funnel_v1.person', 'grafana.seller']) {
      const failed: unknown = await client
        .query(`SELECT FROM ${relation} WHERE user_id::int > 0`)
        .catch((error: unknown) => error);
      expect(failed).toMatchObject({ code: '22P02' });
      answers.push(String(failed));
    }
    client.release(true);
    await world.owner.query('DROP FUNCTION public.tell');
    expect(notices).toContain(a.mark);
    expect(speaksOf(a, answers)).toBe(true);
    expect(speaksOf(b, [notices, answers, copied])).toBe(false);
  });

  test('sees all portals when it is given them, and none when it is given none', async () => {
    await world.owner.query(`UPDATE registry.reader_role SET portal_id = NULL WHERE role_name = 'funnelwatch_grafana'`);
    expect(everywhere(await world.seenBy(world.pools.grafana))).toContain('ab');
    await world.owner.query(`DELETE FROM registry.reader_role WHERE role_name = 'funnelwatch_grafana'`);
    expect(everywhere(await world.seenBy(world.pools.grafana))).toEqual(['']);
  });
});
