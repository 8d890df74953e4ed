import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { portals, speaksOf } from './two-portals.spec-fixture.js';
import { walledDatabase, type WalledDatabase } from './walled-database.spec-fixture.js';

const { a, b } = portals;

let world: WalledDatabase;
const connect = () => world.pools.grafana.connect();
let client: Awaited<ReturnType<typeof connect>>;
beforeAll(async () => {
  world = await walledDatabase();
  await world.owner.query('ANALYZE');
  client = await connect();
  await client.query(`SET statement_timeout = '3s'`);
}, 60_000);
afterAll(async () => {
  client.release(true);
  await world.close();
});

/** Codes of refusals: no privilege, not a superuser, a feature that is off, or what the statement itself is wrong in. */
const tried = async (statement: string): Promise<{ answer: unknown; code: string | null }> => {
  // Its transactions only read until it says otherwise.
  await client.query('BEGIN READ WRITE');
  try {
    // Of several statements each has an answer.
    const results = [await client.query<Record<string, unknown>>(statement)].flat();
    return { answer: results.map(({ rows }) => rows), code: null };
  } catch (error) {
    const { code = '', message = '' } = error as { code?: string; message?: string };
    // What the server says in refusing is an answer too.
    return { answer: message, code };
  } finally {
    await client.query('ROLLBACK');
  }
};

describe('a client who may send any SQL finds nothing of another client', () => {
  test('in any relation of any schema, read or copied', async () => {
    const { rows } = await world.owner.query<{ name: string }>(
      `SELECT format('%I.%I', nspname, relname) AS name FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
        WHERE relkind IN ('r', 'p', 'v', 'm', 't', 'S', 'f') ORDER BY 1`,
    );
    const copied: string[] = [];
    client.connection.on('copyData', ({ chunk }: { chunk: Buffer }) => copied.push(chunk.toString()));
    const speaking: string[] = [];
    let answered = 0;
    for (const { name } of rows) {
      const read = await tried(`SELECT to_jsonb(row) AS row FROM ${name} row`);
      const copy = await tried(`COPY (SELECT * FROM ${name}) TO STDOUT`);
      if (read.code === null) answered += 1;
      if (speaksOf(b, [read.answer, copy.answer])) speaking.push(name);
    }
    expect(rows.length).toBeGreaterThan(300);
    expect(answered).toBeGreaterThan(150);
    expect(speaksOf(a, copied)).toBe(true);
    expect(speaksOf(b, copied)).toBe(false);
    expect(speaking).toEqual([]);
  });

  test('by any function that can be called, with the names of our tables or questions about them', async () => {
    const values: Record<string, string> = {
      text: `'SELECT * FROM funnel_v1.person'`,
      name: `'funnel_v1'`,
      cstring: `'funnel_v1.person'`,
      regclass: `'funnel_v1.person'`,
      oid: `'funnel_v1.person'::regclass::oid`,
      bool: 'true',
      int4: '1',
      int8: '1',
      _text: `'{funnel_v1.person}'`,
    };
    const { rows } = await world.owner.query<{ name: string; types: string[] }>(
      `SELECT format('%I.%I', nspname, proname) AS name,
              ARRAY(SELECT typname::text FROM unnest(proargtypes) WITH ORDINALITY AS given(type, place)
                      JOIN pg_type ON pg_type.oid = given.type
                     WHERE place <= pronargs - pronargdefaults ORDER BY place) AS types
         FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
        WHERE prokind = 'f' AND has_function_privilege('funnelwatch_grafana', pg_proc.oid, 'EXECUTE')
          AND prorettype NOT IN ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype)
        ORDER BY 1, 2`,
    );
    const callable = rows.filter(({ types }) => types.length <= 4 && types.every((type) => type in values));
    const speaking: string[] = [];
    let answered = 0;
    for (const { name, types } of callable) {
      const call = `${name}(${types.map((type) => values[type]).join(', ')})`;
      const { answer, code } = await tried(`SELECT row::text FROM ${call} AS row`);
      if (code === null) answered += 1;
      if (speaksOf(b, answer)) speaking.push(call);
    }
    expect(callable.length).toBeGreaterThan(500);
    expect(answered).toBeGreaterThan(200);
    expect(speaking).toEqual([]);
  }, 120_000);

  test('by taking on any other role, or any setting of ours', async () => {
    const { rows } = await world.owner.query<{ name: string }>('SELECT quote_ident(rolname) AS name FROM pg_roles');
    const seen: string[] = [];
    for (const { name } of rows) {
      for (const change of [`SET ROLE ${name}`, `SET SESSION AUTHORIZATION ${name}`]) {
        const changed = await world.pools.grafana.connect();
        const isTaken = await changed.query(change).then(
          () => true,
          () => false,
        );
        if (isTaken) {
          const answer = (await changed.query('SELECT * FROM read.person').catch(() => ({ rows: [] }))).rows;
          if (speaksOf(b, answer)) seen.push(change);
        }
        changed.release(true);
      }
    }
    for (const setting of ['funnelwatch.portals', 'role', 'session_authorization', 'row_security', 'search_path']) {
      for (const value of ['all', b.portalId, 'off', 'funnelwatch_api', 'funnelwatch_migrate', 'funnel_v1']) {
        const changed = await world.pools.grafana.connect();
        await changed.query(`SELECT set_config($1, $2, false)`, [setting, value]).catch(() => undefined);
        const answer = (await changed.query('SELECT * FROM read.person').catch(() => ({ rows: [] }))).rows;
        if (speaksOf(b, answer)) seen.push(`${setting} = ${value}`);
        changed.release(true);
      }
    }
    expect(rows.length).toBeGreaterThan(15);
    expect(seen).toEqual([]);
  });

  test('in large objects, cursors or what others prepared', async () => {
    const { rows } = await world.owner.query<{ id: string }>(`SELECT lo_from_bytea(0, $1)::text AS id`, [
      Buffer.from(b.mark),
    ]);
    const id = rows[0]?.id ?? '';
    for (const statement of [
      `SELECT convert_from(lo_get(${id}), 'UTF8') AS text`,
      `SELECT loread(lo_open(${id}, 262144), 100) AS text`,
      `SELECT lo_export(${id}, '/tmp/large-object')`,
      'SELECT * FROM pg_largeobject',
    ]) {
      const { answer, code } = await tried(statement);
      expect([statement, code]).toEqual([statement, '42501']);
      expect(speaksOf(b, answer)).toBe(false);
    }
    const cursor = await tried('DECLARE others CURSOR FOR SELECT * FROM funnel_v1.person; FETCH ALL FROM others');
    expect([speaksOf(a, cursor.answer), speaksOf(b, cursor.answer)]).toEqual([true, false]);
  });
});
