import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyFile } from '@funnelwatch/config';
import { eventIdOf, PostgresEventLog } from '@funnelwatch/event-log';
import { joinByLink, OneTimeLinks } from '@funnelwatch/identity';
import { systemClock } from '@funnelwatch/kernel';
import { createPool } from '@funnelwatch/postgres';
import { productMigrations } from '@funnelwatch/product-database';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCli } from './run-cli.js';

const answers: Record<string, unknown> = {
  profile: { ID: '7', ADMIN: false, NAME: 'Анна', LAST_NAME: 'Тестова' },
  'server.time': '2026-11-24T10:00:00+03:00',
  scope: ['crm', 'user_basic', 'department', 'task'],
};

let folder: string;
let keyFile: string;
let database: TestDatabase;
let portal: Server;
let webhookUrl: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
  keyFile = join(folder, 'master.key');
  await createKeyFile(keyFile);
  database = await createTestDatabase();
  portal = createServer((request, response) => {
    const [, , , code, method = ''] = (request.url ?? '').split('/');
    const result = answers[method.replace('.json', '')];
    const isKnown = code === 's3cret' && result !== undefined;
    response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isKnown ? { result } : { error: 'NO_AUTH_FOUND', error_description: 'Wrong data' }));
  });
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  webhookUrl = `http://127.0.0.1:${(portal.address() as AddressInfo).port}/rest/7/s3cret/`;
});

afterAll(async () => {
  await new Promise((resolve) => portal.close(resolve));
  await database.drop();
  await rm(folder, { recursive: true });
});

interface Run {
  code: number;
  out: string;
  error: string;
}

async function run(argv: string[], environment: Record<string, string> = {}, input = ''): Promise<Run> {
  const said = { out: '', error: '' };
  const code = await runCli(argv, {
    environment: { PORTAL_PRIVATE_HOSTS: '127.0.0.1', ...environment },
    now: () => new Date(),
    version: '1.2.3',
    out: (text) => void (said.out += text),
    error: (text) => void (said.error += text),
    readInput: () => Promise.resolve(input),
  });
  return { code, ...said };
}

const connected = () => ({ DATABASE_URL: database.url, FUNNELWATCH_KEY_FILE: keyFile });

describe('portal check', () => {
  test('says whose the webhook is, what it may read and what it misses', async () => {
    const { code, out, error } = await run(['portal', 'check', webhookUrl]);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(/works\. The webhook belongs to user 7; it may read: crm, user_basic/);
    expect(out).toContain('its owner is no administrator');
    expect(out).toContain('the right “telephony” is missing');
  });

  test('speaks Russian when the shell does, and JSON on request', async () => {
    expect((await run(['portal', 'check', webhookUrl], { LANG: 'ru_RU.UTF-8' })).out).toContain('не администратор');
    const { out } = await run(['portal', 'check', '-', '--json'], {}, `${webhookUrl}\n`);
    expect(JSON.parse(out)).toMatchObject({ userId: '7', isAdministrator: false, missingScopes: ['telephony'] });
  });

  test.each([
    ['a wrong code', () => webhookUrl.replace('s3cret', 'wr0ng'), /does not accept this webhook/],
    ['nobody there', () => 'http://127.0.0.1:1/rest/1/s3cret/', /refuses connections/],
    ['no webhook', () => 'https://example.bitrix24.ru/', /not the address of an incoming webhook/],
  ])('%s: one sentence, exit code 1, no secret', async (_title, address, sentence) => {
    const { code, out, error } = await run(['portal', 'check', address()]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error.trim().split('\n')).toHaveLength(1);
    expect(error).toMatch(sentence);
    expect(error).not.toMatch(/s3cret|wr0ng/);
  });

  test('a private network that nobody has allowed is refused, in the language of the shell', async () => {
    const nobody = { PORTAL_PRIVATE_HOSTS: '' };
    const { code, error } = await run(['portal', 'check', webhookUrl], { ...nobody, LANG: 'ru_RU.UTF-8' });
    expect(code).toBe(1);
    expect(error).toMatch(/не в открытом интернете.* добавляет 127\.0\.0\.1:\d+ в PORTAL_PRIVATE_HOSTS/);
    const mistyped = await run(['portal', 'check', webhookUrl], { PORTAL_PRIVATE_HOSTS: '10.0.0.0/8' });
    expect(mistyped.error).toContain('PORTAL_PRIVATE_HOSTS: must be a list such as');
  });

  test('a failure in JSON has a code', async () => {
    const { code, out } = await run(['--json', 'portal', 'check', 'nonsense']);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ error: { code: 'WEBHOOK_URL_INVALID' } });
  });
});

describe('the database', () => {
  test('that is not told, not there or not prepared is named', async () => {
    const untold = await run(['portal', 'list', '--data', folder]);
    expect(untold.code).toBe(1);
    expect(untold.error).toContain('npm start');
    const nobody = { ...connected(), DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    expect((await run(['portal', 'list'], nobody)).error).toContain('does not answer');
    expect((await run(['portal', 'list'], connected())).error).toContain('funnelwatch migrate');
  });

  test('is prepared once', async () => {
    const first = await run(['migrate', '--json'], connected());
    expect(first.code).toBe(0);
    expect((JSON.parse(first.out) as { applied: string[] }).applied.length).toBeGreaterThan(3);
    expect((await run(['migrate', '--database-url', database.url])).out).toBe('The database is up to date.\n');
  });
});

describe('portal add, list and status', () => {
  test('a portal that works is connected and shown', async () => {
    expect((await run(['portal', 'list'], connected())).out).toContain('No portal is connected');
    const added = await run(
      ['portal', 'add', webhookUrl, '--name', 'Торговый дом', '--zone', 'Asia/Omsk'],
      connected(),
    );
    expect(added).toMatchObject({ code: 0, error: '' });
    expect(added.out).toContain('is connected');
    const list = JSON.parse((await run(['portal', 'list', '--json'], connected())).out) as unknown[];
    expect(list).toMatchObject([{ name: 'Торговый дом', zone: 'Asia/Omsk', connectionState: 'connecting' }]);
    const status = await run(['status', '--lang', 'ru'], connected());
    expect(status.out).toMatch(/Торговый дом .*подключается, ждёт начала/);
    expect(JSON.stringify([added, list, status])).not.toContain('s3cret');
  });

  test('its settings, its webhook and its capture are changed, and it is removed only when that is confirmed', async () => {
    const [{ portalId }] = JSON.parse((await run(['portal', 'list', '--json'], connected())).out) as [
      { portalId: string },
    ];
    const set = ['--name', 'Весна', '--days', '1-4,6', '--hours', '10:00-19:00', '--language', 'en'];
    expect((await run(['portal', 'set', portalId, ...set], connected())).out).toContain('working days 1, 2, 3, 4, 6');
    expect((await run(['portal', 'set', portalId], connected())).error).toContain('Say what to set');
    expect((await run(['portal', 'set', portalId, '--days', 'x'], connected())).error).toContain('working day');
    expect((await run(['portal', 'set', portalId, '--language', 'fr'], connected())).error).toContain(
      'speaks ru and en',
    );
    expect((await run(['portal', 'pause', portalId], connected())).out).toContain('not being read');
    expect((await run(['portal', 'list'], connected())).out).toMatch(/Весна .* paused/);
    expect((await run(['portal', 'resume', portalId], connected())).out).toContain('read again');
    const replaced = await run(['portal', 'webhook', portalId, '-'], connected(), `${webhookUrl}\n`);
    expect(replaced.out).toContain('new webhook');
    expect((await run(['portal', 'remove', portalId], connected())).error).toContain('add --yes');
    expect((await run(['portal', 'remove', portalId, '--yes'], connected())).code).toBe(0);
    expect((await run(['portal', 'pause', portalId], connected())).error).toContain('There is no portal');
    // What is known of a removed portal can still be erased: here nothing is known.
    const erasing = await run(['erase', portalId, 'contact:12', '--yes'], connected());
    expect(erasing.error).toContain('Nothing is known of contact:12');
    const again = await run(
      ['portal', 'add', webhookUrl, '--name', 'Торговый дом', '--zone', 'Asia/Omsk'],
      connected(),
    );
    expect(again.out).toContain(portalId);
  });

  test('a portal that does not work, or a zone that does not exist, is not connected', async () => {
    const wrong = await run(['portal', 'add', webhookUrl.replace('s3cret', 'wr0ng')], connected());
    expect(wrong).toMatchObject({ code: 1, out: '' });
    const nowhere = await run(['portal', 'add', webhookUrl, '--zone', 'Moon/Crater'], connected());
    expect(nowhere).toMatchObject({ code: 1, out: '' });
  });

  test('the connection of a running start is found in its data folder', async () => {
    await writeFile(join(folder, 'connection.json'), JSON.stringify({ databaseUrl: database.url, keyFile }));
    const { code, out } = await run(['portal', 'list', '--data', folder]);
    expect(code).toBe(0);
    expect(out).toContain('Торговый дом');
  });
});

describe('account', () => {
  const within = (): Record<string, string> => ({ DATABASE_URL: database.url, FUNNELWATCH_KEY_FILE: keyFile });

  test('the first integrator gets a link, and whoever forgot a password another one', async () => {
    const listed = await run(['account', 'list'], within());
    expect(listed).toMatchObject({ code: 0, out: expect.stringContaining('account first-link') });
    const first = await run(['account', 'first-link'], { ...within(), PUBLIC_URL: 'https://funnel.example.com' });
    expect(first).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^https:\/\/funnel\.example\.com\/link#[\w-]{43}\n/),
    });
    const pool = createPool({ url: database.url, applicationName: 'cli-spec' });
    const links = new OneTimeLinks(pool, systemClock);
    const token = /#([\w-]{43})/.exec(first.out)?.[1] ?? '';
    const user = { email: 'anna@example.com', name: 'Анна', password: 'correct horse battery' };
    await joinByLink({ pool, links, clock: systemClock }, token, user);
    const refused = await run(['--lang', 'ru', 'account', 'first-link'], within());
    expect(refused).toMatchObject({ code: 1, error: expect.stringContaining('Интегратор уже есть') });
    const reset = await run(['account', 'reset-link', 'Anna@Example.com'], within());
    const resetToken = /#([\w-]{43})/.exec(reset.out)?.[1] ?? '';
    expect(await links.find(resetToken)).toMatchObject({ kind: 'reset' });
    expect(await run(['account', 'reset-link', 'nobody@example.com'], within())).toMatchObject({ code: 1 });
    expect((await run(['account', 'list'], within())).out).toBe('anna@example.com  Анна  integrator\n');
    expect((await run(['account', 'remove', 'anna@example.com'], within())).error).toContain('add --yes');
    const last = await run(['account', 'remove', 'anna@example.com', '--yes'], within());
    expect(last).toMatchObject({ code: 1, error: expect.stringContaining('only integrator') });
    const { token: other } = await links.create({ kind: 'invitation', role: 'integrator', createdBy: null });
    await joinByLink({ pool, links, clock: systemClock }, other, { ...user, email: 'boris@example.com' });
    expect((await run(['account', 'remove', 'boris@example.com', '--yes'], within())).code).toBe(0);
    expect((await run(['account', 'list'], within())).out).not.toContain('boris');
    const { rows } = await pool.query<{ action: string; actor: string }>(
      'SELECT action, actor FROM identity.audit WHERE portal_id IS NULL ORDER BY audit_id',
    );
    expect(rows).toEqual([
      { action: 'invitation.create', actor: 'command line' },
      { action: 'password.resetLink', actor: 'command line' },
      { action: 'account.remove', actor: 'command line' },
    ]);
    await pool.end();
  });
});

describe('the master key', () => {
  test('is replaced, and everything goes on with the new one', async () => {
    const old = await readFile(keyFile, 'utf8');
    const { code, out, error } = await run(['key', 'rotate'], connected());
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out).toMatch(/1 webhooks and \d+ keys are encrypted with a new master key\. It is in .*master\.key:/);
    expect(await readFile(keyFile, 'utf8')).not.toBe(old);
    const [portalId = ''] = (await run(['portal', 'list'], connected())).out.split(' ');
    expect((await run(['portal', 'webhook', portalId, webhookUrl], connected())).code).toBe(0);
    const before = { DATABASE_URL: database.url, FUNNELWATCH_KEY: old.trim() };
    const refused = await run(['portal', 'webhook', portalId, webhookUrl, '--lang', 'ru'], before);
    expect(refused.error).toMatch(/зашифрованы другим главным ключом.*funnelwatch key rotate/);
  });

  test('comes from a file or from the environment, and a new one needs a file', async () => {
    const key = (await readFile(keyFile, 'utf8')).trim();
    const { DATABASE_URL } = connected();
    expect((await run(['portal', 'list'], { DATABASE_URL, FUNNELWATCH_KEY: key })).code).toBe(0);
    const both = await run(['portal', 'list'], { ...connected(), FUNNELWATCH_KEY: key });
    expect(both.error).toContain('told twice');
    expect((await run(['portal', 'list', '--key-file', keyFile], { DATABASE_URL, FUNNELWATCH_KEY: 'x' })).code).toBe(0);
    const wrong = await run(['portal', 'list'], { DATABASE_URL, FUNNELWATCH_KEY: 'c2VjcmV0' });
    expect(wrong.error).toContain('FUNNELWATCH_KEY does not hold 32 bytes');
    expect(wrong.error).not.toContain('c2VjcmV0');
    const fileless = await run(['key', 'rotate', '--json'], { DATABASE_URL, FUNNELWATCH_KEY: key });
    expect(JSON.parse(fileless.out)).toMatchObject({ error: { code: 'KEY_ROTATION_NEEDS_FILE' } });
  });

  test('is not replaced while a program is connected, and a copy made before needs the old one', async () => {
    const other = createPool({ url: database.url, applicationName: 'funnelwatch-api', max: 1 });
    await other.query('SELECT 1');
    const busy = await run(['key', 'rotate'], connected());
    await other.end();
    expect(busy.error).toMatch(/funnelwatch-api is connected.*Nothing was changed/);

    const [copy, keys] = [join(folder, 'copy'), join(folder, 'copy-of-keys')];
    expect((await run(['backup', copy, '--keys', keys], connected())).code).toBe(0);
    const report = JSON.parse((await run(['key', 'rotate', '--json'], connected())).out) as { oldKeyFile: string };
    const empty = await createTestDatabase({ migrations: productMigrations });
    try {
      const restore = (path: string) =>
        run(['restore', copy, '--keys', keys], { DATABASE_URL: empty.url, FUNNELWATCH_KEY_FILE: path });
      expect((await restore(keyFile)).error).toMatch(/another master key.*kept with the date in its name/);
      expect((await run(['portal', 'list'], { ...connected(), DATABASE_URL: empty.url })).out).toContain('No portal');
      expect(await restore(report.oldKeyFile)).toMatchObject({ code: 0 });
    } finally {
      await empty.drop();
    }
  });
});

describe('verify', () => {
  test('an intact log is proven, a changed event is named by its position', async () => {
    const pool = createPool({ url: database.url, applicationName: 'spec', max: 1 });
    try {
      const log = new PostgresEventLog(pool);
      const occurredAt = '2026-11-01T10:00:00.000Z';
      const events = ['a', 'b', 'c'].map((identity) => ({
        eventId: eventIdOf(occurredAt, identity),
        streamId: 'deal:1',
        type: 'DealChanged',
        schemaVersion: 1,
        occurredAt,
        actor: 'unknown' as const,
        provenance: 'observed' as const,
        data: { changes: identity },
      }));
      const portal = { portalId: '0f5f7ad4-3f6c-4c4e-9a55-3d6d0e0c2f11', bucket: 3 };
      await log.append(portal, [{ streamId: 'deal:1', expected: 'none', events }]);
      const intact = await run(['verify'], connected());
      expect(intact).toMatchObject({ code: 0, error: '' });
      expect(intact.out).toMatch(/bucket 3: 3 events .*chain intact\nThe log is intact: 3 events checked\./);
      await pool.query(`INSERT INTO log.checkpoint (projection, bucket, "position") VALUES ('plan', 3, 4)`);
      const ahead = await run(['verify'], connected());
      expect(ahead).toMatchObject({ code: 1, out: expect.stringContaining('plan is at 3:4, the log ends at 3:3') });
      await pool.query('DELETE FROM log.checkpoint');
      const compared = await run(['verify', '--read-models'], connected());
      expect(compared.out).toMatch(/funnel: 1 of 1 portals differ|funnel: 1 portals, every row/);
      await pool.query(`SET session_replication_role = replica`);
      await pool.query(`UPDATE log.event SET body = replace(body::text, '"b"', '"x"')::json WHERE position = 2`);
      const damaged = await run(['verify', '--json'], connected());
      expect(damaged.code).toBe(1);
      expect(JSON.parse(damaged.out)).toMatchObject({
        isIntact: false,
        buckets: [{ bucket: 3, damages: [{ position: 2, kind: 'content' }] }],
      });
      expect((await run(['verify', '--lang', 'ru', '--bucket', '3'], connected())).out).toContain('3:2 изменено');
    } finally {
      await pool.end();
    }
  });
});

describe('rebuild of a part', () => {
  test('makes the rows of a portal or of a stream anew', async () => {
    const list = JSON.parse((await run(['portal', 'list', '--json'], connected())).out) as {
      portalId: string;
      bucket: number;
    }[];
    const portal = list[0]!;
    const pool = createPool({ url: database.url, applicationName: 'spec', max: 1 });
    try {
      const occurredAt = '2026-11-02T10:00:00.000Z';
      const events = [1, 2].map((order) => ({
        eventId: eventIdOf(occurredAt, `rebuild ${order}`),
        streamId: 'deal:77',
        type: 'DealStageMoved',
        schemaVersion: 1,
        occurredAt,
        actor: 'unknown' as const,
        provenance: 'observed' as const,
        data: {
          kind: 'deal',
          id: '77',
          moveId: `m${order}`,
          pipelineId: 'deal:0',
          stageId: `S${order}`,
          semantics: 'P',
          order,
          entry: 'created',
        },
      }));
      const { position } = await new PostgresEventLog(pool).append(portal, [
        { streamId: 'deal:77', expected: 'none', events },
      ]);
      await pool.query(
        `INSERT INTO log.checkpoint (projection, bucket, "position") VALUES ('funnel', $1, $2)
         ON CONFLICT (projection, bucket) DO UPDATE SET "position" = excluded."position"`,
        [portal.bucket, position],
      );
      const visits = async () =>
        (await pool.query<{ visits: number }>('SELECT count(*) AS visits FROM read.stage_visit')).rows[0]?.visits;
      const rebuilt = await run(['rebuild', 'funnel', '--portal', portal.portalId, '--json'], connected());
      expect(rebuilt.error).toBe('');
      expect(JSON.parse(rebuilt.out)).toMatchObject({
        events: 2,
        setAside: 0,
        position: `${portal.bucket}:${position}`,
      });
      expect(await visits()).toBe(2);
      await pool.query('DELETE FROM funnel_v1.stage_visit WHERE sequence = 0');
      const stream = await run(
        ['rebuild', 'funnel', '--portal', portal.portalId, '--stream', 'deal:77', '--lang', 'ru'],
        connected(),
      );
      expect(stream).toMatchObject({ code: 0, error: '' });
      expect(stream.out).toContain(`событий: 2, позиция ${portal.bucket}:${position}.`);
      expect(await visits()).toBe(2);
      const shared = ['rebuild', 'funnel', '--portal', portal.portalId, '--stream', 'pipelines:deal'];
      const refused = await run(shared, connected());
      expect(refused).toMatchObject({ code: 1, out: '' });
      expect(refused.error).toContain('whole portal');
    } finally {
      await pool.end();
    }
  });

  test.each([
    [['--portal', 'x'], 'no portal x'],
    [['--portal', '0f5f7ad4-3f6c-4c4e-9a55-3d6d0e0c2f99'], 'no portal 0f5f'],
    [['--stream', 'deal:1'], 'of which portal'],
  ])('%j is refused in one sentence', async (argv, sentence) => {
    const { code, out, error } = await run(['rebuild', 'funnel', ...argv], connected());
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain(sentence);
  });
});

describe('quarantine', () => {
  const portalId = '0f5f7ad4-3f6c-4c4e-9a55-3d6d0e0c2f11';

  test('is shown with its reason, and tried again by number or as a whole', async () => {
    expect((await run(['quarantine', 'list'], connected())).out).toBe('Nothing is in quarantine.\n');
    const pool = createPool({ url: database.url, applicationName: 'spec', max: 1 });
    try {
      await pool.query(
        `INSERT INTO log.quarantine (projection, bucket, "position", portal_id, stream_id, event_id, event_type,
                                     schema_version, status, reason_code, attempts)
         SELECT 'funnel', 3, place, $1, 'deal:' || place % 2, gen_random_uuid(), 'DealChanged', 2,
                CASE WHEN place < 3 THEN 'poison' ELSE 'queued' END, CASE WHEN place < 3 THEN 'EVENT_VERSION_UNKNOWN' END, 1
           FROM generate_series(1, 3) AS place ORDER BY place`,
        [portalId],
      );
      const { out } = await run(['quarantine', 'list', '--portal', portalId], connected());
      const lines = out.trim().split('\n');
      expect(lines).toHaveLength(3);
      expect(lines[0]).toMatch(
        /^\d+ {2}funnel {2}3:1 {2}deal:1 {2}DealChanged v2 {2}EVENT_VERSION_UNKNOWN {2}for \d+ s/,
      );
      expect(lines[2]).toContain('waits behind an earlier event');
      expect((await run(['quarantine', 'list', '--projection', 'plan'], connected())).out).toContain('Nothing is');
      const id = lines[2]?.split(' ')[0] ?? '';
      const one = await run(['quarantine', 'retry', id, '--json'], connected());
      expect(JSON.parse(one.out)).toEqual({ streams: 1, events: 2 });
      const all = await run(['quarantine', 'retry', '--all', '--lang', 'ru'], connected());
      expect(all.out).toContain('projector: 3.');
      const marked = await pool.query('SELECT count(retry_requested_at) AS marked FROM log.quarantine');
      expect(marked.rows).toEqual([{ marked: 3 }]);
    } finally {
      await pool.end();
    }
  });

  test.each([
    [['retry', '123456'], 'No event 123456 is in quarantine'],
    [['retry', 'x'], 'no number of an event'],
    [['retry'], 'Say which event'],
    [['retry', '1', '--all'], 'Say which event'],
    [['list', '--portal', 'x'], 'no portal x'],
  ])('%j is refused in one sentence', async (argv, sentence) => {
    const { code, out, error } = await run(['quarantine', ...argv], connected());
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain(sentence);
  });
});

test.each([
  [[]],
  [['portal']],
  [['quarantine']],
  [['portal', 'check']],
  [['nonsense']],
  [['status', '--nonsense']],
  [['verify', '--bucket', 'one']],
  [['rebuild', 'funnel', '--portal', 'x', '--status']],
])('the command line %j is misused: exit code 2 and help', async (argv: string[]) => {
  const { code, error } = await run(argv);
  expect(code).toBe(2);
  expect(error).toContain('Usage: funnelwatch');
});

test('help is an answer, in the language asked for', async () => {
  const { code, out } = await run(['--help', '--lang', 'ru']);
  expect(code).toBe(0);
  expect(out).toContain('делает процесс продаж управляемым');
});
