import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventIdOf, KeyRing, PostgresEventLog, PostgresKeyStore } from '@funnelwatch/event-log';
import { createPool } from '@funnelwatch/postgres';
import { expect } from '@jest/globals';
import { testWithBroker } from '../distributed/needs-broker.js';
import { AppProcess } from '../stack/app-process.js';
import { signInAsIntegrator } from '../stack/sign-in.js';
import { createProductDatabase, type Stack, startStack } from '../stack/stack.js';
import { cliToEnd } from '../stack/start-command.js';
import { SimulatorControl } from '../truth/simulator-control.js';
import { everythingTold } from './answers.js';
import {
  appearing,
  changing,
  client,
  employee,
  laterRecords,
  laterWords,
  linkedRecords,
  returning,
} from './planted-people.js';
import { foldersOf, sealedTextsIn, searchFolder, searchTables, wordsIn } from './search.js';

const words = [...client.words, ...employee.words];
const subjects = [client.subject, employee.subject, ...linkedRecords];
const records = [...subjects, ...laterRecords];
const COMPANY = ['--company', 'tiny', '--seed', '31', '--limits', 'off', '--history', 'full'];

testWithBroker(
  'an erased client and an erased employee are in no place of the product, and do not come back',
  async () => {
    const stack = await startStack({ portals: [COMPANY], topology: 'distributed', logLevel: 'trace' });
    const pool = createPool({ url: stack.database.url, applicationName: 'erasure-e2e', max: 2 });
    try {
      await planted(stack, pool);
    } finally {
      await pool.end();
      await stack.stop();
    }
  },
);

type Pool = ReturnType<typeof createPool>;
type Asking = Pick<Stack, 'apiUrl' | 'cookie'>;

async function planted(stack: Stack, pool: Pool): Promise<void> {
  const [{ portalId, controlUrl }] = stack.portals as [Stack['portals'][0]];
  const control = new SimulatorControl(controlUrl);
  const portal = await addressOf(pool, portalId);
  const told = (pasts: string[] = [], { apiUrl, cookie }: Asking = stack) =>
    everythingTold({ apiUrl, cookie, portalId, records, pasts });
  const cli = cliOf(stack, stack.database.urlAs('operator'));
  const folders = ['old', 'new', 'keys'].map((name) => join(stack.folder, 'copies', name));
  const [oldCopy = '', newCopy = '', keys = ''] = folders;
  // A ring that has never held a key, as somebody with a copy of everything and the master key.
  const opened = async (source: Pool) => {
    const ring = new KeyRing({ masterKey: stack.masterKey, store: new PostgresKeyStore(source) });
    const texts = await sealedTextsIn(join(stack.folder, 'kafka'), subjects);
    const fields = await ring.openMany(portal, texts);
    return { texts: texts.length, readable: fields.filter((one) => one !== null).length, said: JSON.stringify(fields) };
  };

  // The two appear, are captured, projected and relayed; an event of the client is in quarantine, another behind it.
  await control.run(1);
  for (const operation of appearing) await control.apply(operation);
  await until('both are shown', async () => wordsIn(await told(), ['Зыквартов', 'Вышкребцев']).length === 2);
  await until('the task is captured', () => exists(pool, `stream_id = 'task:900004'`));
  await appendUnreadable(stack, pool, portal);
  for (const operation of changing) await control.apply(operation);
  // Each read model sets aside for itself.
  const quarantined = () =>
    count(pool, `log.quarantine WHERE projection = 'funnel' AND stream_id = '${client.subject}'`);
  await until('one event is in quarantine and one behind it', async () => (await quarantined()) === 2);
  await until('all is relayed', async () => (await opened(pool)).texts >= 7);
  expect((await cli('backup', oldCopy, '--keys', keys)).exitCode).toBe(0);
  const past = `${portal.bucket}:${await count(pool, `log.event WHERE bucket = ${portal.bucket}`)}`;

  // Every search finds them before: in clear only where a name of an employee may stand, sealed texts with their keys.
  expect(wordsIn(await told([past]), words)).toEqual(expect.arrayContaining(['Зыквартов', 'Жюхомир', 'Вышкребцев']));
  const inClear = await searchTables(pool, words);
  expect(new Set(inClear.map((found) => found.split(':')[0]?.replace(/^travel_\w+\./, 'travel.')))).toEqual(
    new Set(['funnel_v1.person', 'grafana.seller', 'read.person', 'travel.person']),
  );
  expect(wordsIn(inClear.join(), client.words)).toEqual([]);
  const before = await opened(pool);
  expect(before.readable).toBe(before.texts);
  expect(wordsIn(before.said, words)).toEqual(words.filter((word) => word !== '9990286497'));
  const wrapped = await keysOf(pool, portalId);
  expect(wrapped).toHaveLength(subjects.length);
  expect(await searchFolder((await foldersOf(pool)).tables, wrapped)).toHaveLength(wrapped.length);
  expect(await searchFolder((await foldersOf(pool)).tables, words)).toEqual(['Вышкребцев', 'Протоген']);

  // Erased by the command, while everything runs.
  const startedAt = performance.now();
  for (const subject of [client.subject, employee.subject]) {
    const erased = await cli('erase', portalId, subject, '--yes', '--keys', keys, '--json');
    expect(erased).toMatchObject({ exitCode: 0, errors: '' });
    expect(JSON.parse(erased.output)).toMatchObject({ areReadModelsTold: true, notRewritten: [], isListRenewed: true });
    expect(wordsIn(erased.output, words)).toEqual([]);
  }
  const secondsToErase = (performance.now() - startedAt) / 1000;
  expect(secondsToErase).toBeLessThan(60);
  expect((await cli('backup', newCopy, '--keys', keys)).exitCode).toBe(0);
  const nowhere = async (looked = words, source = pool, api: Asking = stack, pasts = [past]) => {
    const { tables, journal } = await foldersOf(source);
    expect({
      tables: await searchTables(source, looked),
      files: await searchFolder(tables, [...looked, ...wrapped]),
      // Of clients nothing was ever written in clear; names of employees pass through the journal.
      journal: await searchFolder(
        journal,
        looked.filter((word) => client.words.includes(word)),
      ),
      broker: await searchFolder(join(stack.folder, 'kafka'), looked),
      logs: wordsIn(await logsOf(stack), looked),
      answers: wordsIn(await told(pasts, api), looked),
      copies: [...(await searchFolder(newCopy, looked)), ...(await searchFolder(oldCopy, [...looked, ...wrapped]))],
    }).toEqual({ tables: [], files: [], journal: [], broker: [], logs: [], answers: [], copies: [] });
    expect(await keysOf(source, portalId)).toEqual([]);
  };
  await nowhere();
  const after = await opened(pool);
  expect(after.texts).toBeGreaterThanOrEqual(before.texts);
  expect(after.readable).toBe(0);
  expect(await quarantined()).toBe(2);

  // The next polls see the same people and more about them.
  for (const operation of returning) await control.apply(operation);
  await until('the new records are there', async () => (await count(pool, eventsOf(laterRecords))) >= 2);
  await until('the contact was read again', async () => (await quarantined()) >= 3);
  await nowhere([...words, ...laterWords]);
  expect(await exists(pool, `stream_id = ANY ('{${records.join()}}') AND sealed IS NOT NULL`)).toBe(false);

  // Made anew from the log, the read models are the same.
  expect(await cli('rebuild', 'funnel')).toMatchObject({ exitCode: 0, errors: expect.not.stringContaining('differ') });
  const sampled = `pg_attribute JOIN pg_class ON pg_class.oid = attrelid WHERE relname = 'person' AND relkind = 'r'
    AND attname IN ('name', 'second_name', 'last_name') AND attstattarget`;
  expect(await count(pool, `${sampled} = 0`)).toBeGreaterThanOrEqual(6);
  expect(await count(pool, `${sampled} IS DISTINCT FROM 0`)).toBe(0);
  expect(await cli('verify', '--read-models')).toMatchObject({
    exitCode: 0,
    output: expect.stringContaining('erased on request'),
  });
  await nowhere([...words, ...laterWords]);

  await restoreOld(stack, { oldCopy, keys, portalId, nowhere, opened });
}

interface OldCopy {
  oldCopy: string;
  keys: string;
  portalId: string;
  nowhere: (looked: string[], source: Pool, api: Asking, pasts: string[]) => Promise<void>;
  opened: (source: Pool) => Promise<{ readable: number }>;
}

/** The copy was made when both could be read. It opens without them, and the portal does not bring them back. */
async function restoreOld(stack: Stack, { oldCopy, keys, portalId, nowhere, opened }: OldCopy): Promise<void> {
  const database = await createProductDatabase();
  const pool = createPool({ url: database.url, applicationName: 'erasure-e2e-restored', max: 2 });
  const started: AppProcess[] = [];
  try {
    const cli = cliOf(stack, database.url);
    const restored = await cli('restore', oldCopy, '--keys', keys, '--json');
    expect(restored).toMatchObject({ exitCode: 0 });
    const { erased } = JSON.parse(restored.output.slice(restored.output.indexOf('{'))) as { erased: number };
    expect(erased).toBeGreaterThanOrEqual(subjects.length);
    expect(await keysOf(pool, portalId)).toEqual([]);
    expect((await opened(pool)).readable).toBe(0);
    expect(await searchTables(pool, words)).toEqual([]);
    const start = async (app: string, login: 'ingest' | 'projector' | 'api', extra: Record<string, string> = {}) => {
      const logFile = join(stack.folder, 'logs', `restored-${app}.log`);
      const settings = { FUNNELWATCH_KEY_FILE: join(stack.folder, 'master.key'), HOST: '127.0.0.1', PORT: '0' };
      const environment = { ...settings, DATABASE_URL: database.urlAs(login), LOG_LEVEL: 'trace', ...extra };
      const process = await AppProcess.start({ app, environment, logFile });
      started.push(process);
      return process;
    };
    await start('projector', 'projector');
    const api = await start('api', 'api');
    await start('ingest', 'ingest', {
      ...{ POLL_MS: '500', RECONCILE_MS: '1500', LIMITS: 'off', PORTAL_PRIVATE_HOSTS: '127.0.0.1' },
    });
    await until('the restored system has read on', async () => (await count(pool, eventsOf(laterRecords))) >= 2);
    await until('the restored system has folded it', async () => {
      const heads = 'log.counter JOIN log.checkpoint USING (bucket)';
      return (
        (await count(pool, `${heads} WHERE projection = 'funnel' AND checkpoint.position < counter.position`)) === 0
      );
    });
    const apiUrl = String(api.ready['url']);
    // Accounts come with the copy, sessions do not.
    await nowhere([...words, ...laterWords], pool, { apiUrl, cookie: await signInAsIntegrator(apiUrl) }, []);
  } finally {
    for (const process of started) await process.stop();
    await pool.end();
    await database.drop();
  }
}

/** An event of the client written by a program of the future: no projector can apply it. */
async function appendUnreadable(stack: Stack, pool: Pool, portal: { portalId: string; bucket: number }): Promise<void> {
  const ring = new KeyRing({ masterKey: stack.masterKey, store: new PostgresKeyStore(pool) });
  const text = await ring.seal(portal, client.subject, { lastName: 'Зыквартова', phones: ['999 017-53-86'] });
  const occurredAt = new Date().toISOString();
  const log = new PostgresEventLog(pool);
  const event = {
    ...{ eventId: eventIdOf(occurredAt, 'from the future'), streamId: client.subject, type: 'ContactChanged' },
    ...{ schemaVersion: 99, occurredAt, data: {}, sealed: { [client.subject]: text ?? '' } },
    ...{ actor: 'unknown' as const, provenance: 'observed' as const },
  };
  await log.append(portal, [{ streamId: client.subject, expected: 'any', events: [event] }]);
  await log.close();
}

const cliOf =
  (stack: Stack, url: string) =>
  (...args: string[]) =>
    cliToEnd(args, { DATABASE_URL: url, FUNNELWATCH_KEY_FILE: join(stack.folder, 'master.key') });

async function addressOf(pool: Pool, portalId: string): Promise<{ portalId: string; bucket: number }> {
  const { rows } = await pool.query<{ bucket: number }>('SELECT bucket FROM registry.portal');
  return { portalId, bucket: rows[0]?.bucket ?? 0 };
}

/** Keys of the subjects as they are stored, those destroyed left out. */
async function keysOf(pool: Pool, portalId: string): Promise<Buffer[]> {
  const { rows } = await pool.query<{ wrapped: Buffer }>(
    `SELECT wrapped FROM keys.subject_key WHERE portal_id = $1 AND subject = ANY ($2) AND wrapped IS NOT NULL`,
    [portalId, subjects],
  );
  return rows.map(({ wrapped }) => wrapped);
}

const eventsOf = (streams: readonly string[]): string => `log.event WHERE stream_id = ANY ('{${streams.join()}}')`;

async function count(pool: Pool, source: string): Promise<number> {
  const { rows } = await pool.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${source}`);
  return Number(rows[0]?.rows);
}

const exists = async (pool: Pool, condition: string): Promise<boolean> =>
  (await count(pool, `log.event WHERE ${condition}`)) > 0;

/** What our own programs have printed; the simulated portal is none of them. */
async function logsOf({ folder }: Stack): Promise<string> {
  const names = (await readdir(join(folder, 'logs'))).filter((name) => !name.startsWith('portal-sim'));
  return (await Promise.all(names.map((name) => readFile(join(folder, 'logs', name), 'utf8')))).join('');
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (await holds()) return;
    await sleep(250);
  }
  throw new Error(`Not within a minute: ${what}`);
}
