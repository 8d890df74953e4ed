import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPool } from '@funnelwatch/postgres';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool } from './connection.js';
import { runCli } from './run-cli.js';
import { portals, speaksOf } from './two-portals.spec-fixture.js';
import { rowsSeen, walledDatabase, type WalledDatabase } from './walled-database.spec-fixture.js';

const { a, b } = portals;
const password = 'correct-horse-battery';
/** Roles belong to the whole server, which other specs use at the same time. */
const login = 'reader_of_this_spec';
const other = 'other_reader_of_this_spec';

let world: WalledDatabase;
let folder: string;
let passwordFile: string;

beforeAll(async () => {
  world = await walledDatabase();
  await world.owner.query(`UPDATE registry.portal SET name = 'Portal A', status = 'active' WHERE portal_id = $1`, [
    a.portalId,
  ]);
  await world.owner.query(`UPDATE registry.portal SET status = 'active' WHERE portal_id = $1`, [b.portalId]);
  folder = await mkdtemp(join(tmpdir(), 'readers-'));
  passwordFile = join(folder, 'password');
  await writeFile(passwordFile, `${password}\n`);
}, 60_000);

afterEach(async () => {
  for (const name of [login, other]) {
    await world.owner.query('DELETE FROM registry.reader_role WHERE role_name = $1', [name]);
    await world.owner.query(`DROP ROLE IF EXISTS ${name}`);
  }
});

afterAll(async () => {
  await rm(folder, { recursive: true });
  await world.close();
});

interface Run {
  code: number;
  out: string;
  error: string;
}

async function run(argv: string[], { input = '', url = world.url } = {}): Promise<Run> {
  const said = { out: '', error: '' };
  const code = await runCli(['--database-url', url, 'reader', ...argv], {
    environment: {},
    now: () => new Date('2026-03-02T09:00:00Z'),
    version: '1.2.3',
    out: (text) => void (said.out += text),
    error: (text) => void (said.error += text),
    readInput: () => Promise.resolve(input),
  });
  return { code, ...said };
}

const answerOf = async (argv: string[]): Promise<unknown> => JSON.parse((await run([...argv, '--json'])).out);

const add = (name: string, ...portalIds: string[]): Promise<Run> =>
  run(['add', name, ...portalIds.flatMap((id) => ['--portal', id]), '--password-file', passwordFile]);

/** Connections of a reader, which are closed afterwards. */
async function asReader<Result>(name: string, work: (pool: Pool) => Promise<Result>): Promise<Result> {
  const url = new URL(world.url);
  url.username = name;
  const pool = createPool({ url: url.href, applicationName: 'reader', max: 1 });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

const rowsOf = async (name: string): Promise<(string | null)[]> =>
  (
    await world.owner.query<{ portal: string | null }>(
      'SELECT portal_id AS portal FROM registry.reader_role WHERE role_name = $1 ORDER BY 1',
      [name],
    )
  ).rows.map(({ portal }) => portal);

const verifierOf = async (name: string): Promise<string | undefined> =>
  (
    await world.owner.query<{ verifier: string }>('SELECT rolpassword AS verifier FROM pg_authid WHERE rolname = $1', [
      name,
    ])
  ).rows[0]?.verifier;

/** Whose rows the views of dashboards show: `a`, `b`, both or nobody's. */
async function shownTo(name: string): Promise<string[]> {
  const views = world.relations.filter((relation) => relation.name.startsWith('grafana.'));
  expect(views.length).toBeGreaterThan(20);
  const shown = await asReader(name, async (pool) => {
    const answers = [];
    for (const view of views) answers.push(await rowsSeen(pool, view.name));
    return answers;
  });
  expect(shown).not.toContain(null);
  return [a, b].filter((portal) => speaksOf(portal, shown)).map(({ mark }) => mark.slice(-1));
}

describe('a reader that was added', () => {
  test('sees its portal alone through the views of dashboards', async () => {
    expect(await add(login, a.portalId)).toEqual({
      code: 0,
      out: `${login} was made. It sees one portal and nothing else.\n`,
      error: '',
    });
    expect(await shownTo(login)).toEqual(['a']);
  });

  test('sees all portals only when that is said', async () => {
    await run(['add', login, '--all-portals', '--password-file', '-'], { input: `${password}\n` });
    expect(await shownTo(login)).toEqual(['a', 'b']);
    expect(await rowsOf(login)).toEqual([null]);
  });

  test('is a login without any right but to read, with the limits of a reader', async () => {
    await add(login, a.portalId);
    const { rows } = await world.owner.query(
      `SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls AS may, rolconnlimit AS connections,
              rolconfig AS settings, ARRAY(SELECT roleid::regrole::text FROM pg_auth_members WHERE member = role.oid) AS groups
         FROM pg_roles role WHERE rolname = ANY ($1) ORDER BY rolname DESC`,
      [[login, 'funnelwatch_grafana']],
    );
    const limits = {
      may: false,
      connections: 20,
      settings: [
        'default_transaction_read_only=on',
        'statement_timeout=30s',
        'jit=off',
        'work_mem=64MB',
        'max_parallel_workers_per_gather=0',
        'search_path=""',
      ],
      groups: ['funnelwatch_read'],
    };
    // The login of the staff's dashboards has the same ones.
    expect(rows).toEqual([limits, limits]);
  });

  test.each([
    ['change a figure', 'UPDATE funnel_v1.person SET user_id = user_id'],
    ['remove a portal', 'DELETE FROM registry.portal'],
    ['give itself a portal', `INSERT INTO registry.reader_role VALUES ('${login}', NULL)`],
    ['make a table', 'CREATE TABLE public.mine (id int)'],
    ['make a temporary table', 'CREATE TEMP TABLE mine (id int)'],
    ['make a temporary view', 'CREATE TEMP VIEW mine AS SELECT 1'],
    ['make a function for its session', `CREATE FUNCTION pg_temp.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'`],
    ['make a schema', 'CREATE SCHEMA mine'],
    ['make a view of dashboards', 'CREATE VIEW grafana.mine AS SELECT 1'],
    ['make a large object', 'SELECT lo_create(0)'],
    ['make a large object of bytes', `SELECT lo_from_bytea(0, 'x')`],
    ['write into the journal', `SELECT pg_logical_emit_message(false, 'x', 'x')`],
    ['make a role', 'CREATE ROLE mine'],
    ['give its group to another', 'GRANT funnelwatch_read TO funnelwatch_api'],
    ['lift its number of connections', `ALTER ROLE ${login} CONNECTION LIMIT -1`],
    ['become the owner', 'SET ROLE funnelwatch_migrate'],
    ['append to the log', `SELECT log.append_one(3, NULL, 'deal:1', -1, false, gen_random_uuid(), '{}', NULL, '')`],
    ['write a file', `COPY (SELECT 1) TO '/tmp/mine'`],
  ])('cannot %s, also when it lifts what its sessions begin with', async (_title, statement) => {
    await add(login, a.portalId);
    await asReader(login, async (pool) => {
      await expect(pool.query(statement)).rejects.toMatchObject({
        code: expect.stringMatching(/^(25006|42501)$/) as unknown,
      });
      // Its pool has one connection.
      await pool.query('SET default_transaction_read_only = off');
      await expect(pool.query(statement)).rejects.toMatchObject({ code: '42501' });
    });
  });

  test('has a password that the server keeps as a verifier, and that stays unless another is given', async () => {
    await add(login, a.portalId);
    const first = await verifierOf(login);
    expect(first).toMatch(/^SCRAM-SHA-256\$4096:/);
    await run(['add', login, '--portal', a.portalId]);
    expect(await verifierOf(login)).toBe(first);
    await writeFile(join(folder, 'other'), 'another-password');
    await run(['add', login, '--portal', a.portalId, '--password-file', join(folder, 'other')]);
    expect(await verifierOf(login)).not.toBe(first);
  });

  test('that has told the server other limits for its sessions begins with its own again', async () => {
    await add(login, a.portalId);
    await asReader(login, async (pool) => {
      await pool.query(`BEGIN READ WRITE; ALTER ROLE ${login} SET statement_timeout = 0;
        DO $$ BEGIN EXECUTE format('ALTER ROLE ${login} IN DATABASE %I SET work_mem = ''1GB''', current_database()); END $$;
        COMMIT`);
    });
    const limits = () =>
      asReader(
        login,
        async (pool) =>
          (
            await pool.query<{ memory: string; limited: boolean }>(
              `SELECT (SELECT reset_val FROM pg_settings WHERE name = 'work_mem') AS memory,
                      array_to_string(rolconfig, ' ') ~ 'statement_timeout=30s' AS limited
                 FROM pg_roles WHERE rolname = current_user`,
            )
          ).rows,
      );
    expect(await limits()).toEqual([{ memory: '1048576', limited: false }]);
    await run(['add', login, '--portal', a.portalId]);
    expect(await limits()).toEqual([{ memory: '65536', limited: true }]);
  });

  test('gets other portals in place of those it had, in sessions that are open too', async () => {
    await add(login, a.portalId);
    await asReader(login, async (pool) => {
      const seen = () => rowsSeen(pool, 'grafana.portal_key');
      expect([speaksOf(a, await seen()), speaksOf(b, await seen())]).toEqual([true, false]);
      const changed = await run(['add', login, '--portal', b.portalId.toUpperCase(), '--portal', b.portalId]);
      expect(changed.out).toBe(`${login} sees one portal and nothing else.\n`);
      expect([speaksOf(a, await seen()), speaksOf(b, await seen())]).toEqual([false, true]);
    });
    expect(await rowsOf(login)).toEqual([b.portalId]);
  });

  test('keeps what it had when one of the portals is unknown', async () => {
    await add(login, a.portalId);
    const unknown = '018f0000-0000-7000-8000-0000000000ff';
    expect((await add(login, b.portalId, unknown)).error).toBe(`There is no portal ${unknown}.\n`);
    expect(await rowsOf(login)).toEqual([a.portalId]);
  });

  test('that was made by hand before is given the limits of a reader', async () => {
    await world.owner.query(`CREATE ROLE ${login} LOGIN IN ROLE funnelwatch_read`);
    expect(await answerOf(['add', login, '--portal', a.portalId])).toMatchObject({ isNew: false });
    const { rows } = await world.owner.query('SELECT rolconnlimit FROM pg_roles WHERE rolname = $1', [login]);
    expect(rows).toEqual([{ rolconnlimit: 20 }]);
  });

  test('has the portals of one command when several come at the same moment', async () => {
    const before = await Promise.all([
      add(login, a.portalId),
      add(login, b.portalId),
      add(other, a.portalId, b.portalId),
    ]);
    expect(before.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(before.filter(({ out }) => out.startsWith(`${login} was made`))).toHaveLength(1);
    expect(await rowsOf(login)).toHaveLength(1);
    expect(await rowsOf(other)).toEqual([a.portalId, b.portalId]);
  });

  test('is recorded, with each portal that it sees', async () => {
    await add(login, a.portalId, b.portalId);
    await run(['remove', login, '--yes']);
    const { rows } = await world.owner.query(
      `SELECT action, actor, portal_id AS portal, result FROM identity.audit WHERE object = $1 ORDER BY audit_id DESC LIMIT 4`,
      [login],
    );
    const entry = { actor: 'command line', result: 'done' };
    expect(rows).toEqual(
      expect.arrayContaining(
        ['reader.add', 'reader.remove'].flatMap((action) =>
          [a, b].map(({ portalId }) => ({ ...entry, action, portal: portalId })),
        ),
      ),
    );
  });
});

describe('the list', () => {
  test('says who sees what, the staff of dashboards and names that are left over too', async () => {
    await add(login, a.portalId);
    await run(['add', other, '--all-portals', '--password-file', passwordFile]);
    const known = { portalId: a.portalId, name: 'Portal A' };
    const listed = await answerOf(['list']);
    expect(listed).toEqual(
      expect.arrayContaining([
        { login, canLogIn: true, portals: [known] },
        { login: other, canLogIn: true, portals: 'all' },
        { login: 'funnelwatch_grafana', canLogIn: true, portals: [known] },
        {
          login: 'elsewhere',
          canLogIn: false,
          portals: [{ portalId: b.portalId, name: expect.any(String) as unknown }],
        },
      ]),
    );
    // Programs are in the group of readers as well.
    expect(JSON.stringify(listed)).not.toContain('funnelwatch_operator');
    const { out } = await run(['list']);
    expect(out).toContain(`${login}  Portal A (${a.portalId})\n`);
    expect(out).toContain(`${other}  all portals\n`);
    expect(out).toMatch(/^elsewhere .* {2}cannot log in; take it away with: funnelwatch reader remove$/m);
  });

  test('is given to the login of the command line', async () => {
    const url = new URL(world.url);
    url.username = 'funnelwatch_operator';
    expect((await run(['list'], { url: url.href })).out).toContain('funnelwatch_grafana  Portal A');
  });
});

describe('a reader that is removed', () => {
  test('is asked about first', async () => {
    await add(login, a.portalId);
    expect((await run(['remove', login])).error).toContain('add --yes');
    expect(await rowsOf(login)).toEqual([a.portalId]);
  });

  test('has no session, no portal and no login any more', async () => {
    await add(login, a.portalId);
    await asReader(login, async (pool) => {
      const client = await pool.connect();
      const ended = new Promise((resolve) => client.once('error', resolve));
      await client.query('SELECT 1');
      expect(await run(['remove', login, '--yes'])).toEqual({ code: 0, out: `${login} was removed.\n`, error: '' });
      expect(await ended).toMatchObject({ code: '57P01' });
      client.release(true);
    });
    expect(await rowsOf(login)).toEqual([]);
    expect(await verifierOf(login)).toBeUndefined();
    expect(await answerOf(['remove', login, '--yes'])).toMatchObject({ error: { code: 'READER_UNKNOWN' } });
  });

  test('leaves no portal behind to a name that somebody takes later', async () => {
    await world.owner.query('INSERT INTO registry.reader_role VALUES ($1, NULL)', [login]);
    expect((await run(['remove', login, '--yes'])).code).toBe(0);
    expect(await rowsOf(login)).toEqual([]);
  });

  test('is shut out although its name has to stay, and goes when nothing holds it', async () => {
    await add(login, a.portalId);
    await world.owner.query(`GRANT SELECT ON log.counter TO ${login}`);
    expect(await answerOf(['remove', login, '--yes'])).toMatchObject({ error: { code: 'READER_NOT_REMOVABLE' } });
    expect(await rowsOf(login)).toEqual([]);
    await expect(asReader(login, (pool) => pool.query('SELECT 1'))).rejects.toMatchObject({ code: '28000' });
    expect(await answerOf(['add', login, '--portal', a.portalId])).toMatchObject({
      error: { code: 'ROLE_IS_NO_READER' },
    });
    await world.owner.query(`REVOKE SELECT ON log.counter FROM ${login}`);
    expect((await run(['remove', login, '--yes'])).code).toBe(0);
    expect(await verifierOf(login)).toBeUndefined();
  });
});

describe('refused', () => {
  const some = ['--portal', a.portalId];

  test.each<[string, string, string[]]>([
    ['a name with capital letters', 'READER_NAME_INVALID', ['add', 'Romashka', ...some]],
    ['a name of 64 letters', 'READER_NAME_INVALID', ['add', 'a'.repeat(64), ...some]],
    ['a name with a quote', 'READER_NAME_INVALID', ['add', 'a"b', ...some]],
    ['a name that PostgreSQL keeps', 'READER_NAME_INVALID', ['add', 'pg_reader', ...some]],
    ['the word for everybody', 'READER_NAME_INVALID', ['remove', 'public', '--yes']],
    ['the login of the staff', 'READER_NAME_RESERVED', ['add', 'funnelwatch_grafana', ...some]],
    ['the group of readers', 'READER_NAME_RESERVED', ['add', 'funnelwatch_read', ...some]],
    ['to remove a program', 'READER_NAME_RESERVED', ['remove', 'funnelwatch_api', '--yes']],
    ['a reader of nothing', 'READER_PORTALS_UNCLEAR', ['add', login]],
    ['some portals and all of them', 'READER_PORTALS_UNCLEAR', ['add', login, ...some, '--all-portals']],
    ['what is no id', 'PORTAL_UNKNOWN', ['add', login, '--portal', 'romashka']],
    ['a new login without a password', 'READER_PASSWORD_MISSING', ['add', login, ...some]],
    ['a file that is not there', 'PASSWORD_FILE_UNREADABLE', ['add', login, ...some, '--password-file', '/nowhere/x']],
    ['an empty password', 'LOGIN_PASSWORD_INVALID', ['add', login, ...some, '--password-file', '-']],
    ['the owner of the server', 'ROLE_IS_NO_READER', ['add', 'postgres', ...some]],
    ['to remove the owner of the server', 'ROLE_IS_NO_READER', ['remove', 'postgres', '--yes']],
  ])('%s: %s', async (_title, code, argv) => {
    const refused = await run([...argv, '--json']);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.out)).toMatchObject({ error: { code } });
    expect(await verifierOf(login)).toBeUndefined();
    expect((await run([...argv, '--lang', 'ru'])).error).toMatch(/[а-яё]/);
  });

  test('a login that is in another group too, and one that may make databases', async () => {
    for (const statement of [
      `CREATE ROLE ${login} LOGIN IN ROLE funnelwatch_read, funnelwatch_manage`,
      `CREATE ROLE ${login} LOGIN CREATEDB IN ROLE funnelwatch_read`,
      `CREATE ROLE ${login} LOGIN`,
    ]) {
      await world.owner.query(statement);
      expect(await answerOf(['add', login, ...some])).toMatchObject({ error: { code: 'ROLE_IS_NO_READER' } });
      expect(await answerOf(['remove', login, '--yes'])).toMatchObject({ error: { code: 'ROLE_IS_NO_READER' } });
      await world.owner.query(`DROP ROLE ${login}`);
    }
  });

  test('a portal that was removed', async () => {
    await world.owner.query(`UPDATE registry.portal SET status = 'removed' WHERE portal_id = $1`, [b.portalId]);
    expect((await add(login, b.portalId)).error).toBe(`There is no portal ${b.portalId}.\n`);
    await world.owner.query(`UPDATE registry.portal SET status = 'active' WHERE portal_id = $1`, [b.portalId]);
    expect(await verifierOf(login)).toBeUndefined();
  });

  test.each(['funnelwatch_operator', 'funnelwatch_api', 'funnelwatch_grafana'])(
    '%s, who may make no logins',
    async (username) => {
      await add(login, a.portalId);
      const url = new URL(world.url);
      url.username = username;
      for (const argv of [
        ['add', other, ...some, '--password-file', passwordFile],
        ['add', login, '--all-portals'],
        ['remove', login, '--yes'],
      ]) {
        const { out } = await run([...argv, '--json'], { url: url.href });
        expect(JSON.parse(out)).toMatchObject({ error: { code: 'READERS_NOT_ALLOWED' } });
      }
      expect(await rowsOf(login)).toEqual([a.portalId]);
      expect(await verifierOf(other)).toBeUndefined();
    },
  );
});

test('no password is in what the command says', async () => {
  await writeFile(join(folder, 'short'), 'hunter2');
  const refused = await run(['add', login, '--portal', a.portalId, '--password-file', join(folder, 'short')]);
  const added = await add(login, a.portalId);
  expect(JSON.stringify([refused, added])).not.toMatch(/hunter2|correct-horse/);
  expect(refused.error).toContain('12 to 256');
});
