import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { FakeGrafana } from './fake-grafana.spec-fixture.js';
import { type CommandRun, runGrafanaCommand } from './run-grafana-command.spec-fixture.js';

const romashka = { org: 2, name: 'Ромашка' };
const lutik = { org: 3, name: 'Lutik' };

let grafana: FakeGrafana;
let folder: string;
beforeEach(async () => {
  grafana = await FakeGrafana.start();
  folder = await mkdtemp(join(tmpdir(), 'organisations-'));
  await writeFile(join(folder, 'password'), 'of-the-admin\n');
});
afterEach(async () => {
  await grafana.stop();
  await rm(folder, { recursive: true });
});

/** Runs the command for these clients; options are those of the command. */
async function create(clients: unknown, options: Record<string, string> = {}): Promise<CommandRun> {
  const file = join(folder, 'clients.json');
  await writeFile(file, typeof clients === 'string' ? clients : JSON.stringify(clients));
  const all = { clients: file, url: grafana.url, 'password-file': join(folder, 'password'), ...options };
  return runGrafanaCommand(
    'create-organisations.mjs',
    Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]),
  );
}

const made = (): string[] => grafana.requests.filter((request) => request === 'POST /api/orgs');

describe('organisations of clients', () => {
  test('are made in the order of their numbers, and once', async () => {
    expect(await create([lutik, romashka])).toEqual({
      code: 0,
      out: 'made   2  Ромашка\nmade   3  Lutik\n',
      error: '',
    });
    expect(grafana.organisations.slice(1)).toEqual([
      { id: 2, name: 'Ромашка' },
      { id: 3, name: 'Lutik' },
    ]);
    expect(await create([lutik, romashka])).toEqual({
      code: 0,
      out: 'there  2  Ромашка\nthere  3  Lutik\n',
      error: '',
    });
    expect(made()).toHaveLength(2);
  });

  test('that are there already are found among many', async () => {
    grafana.organisations = Array.from({ length: 2001 }, (_, index) => ({
      id: index + 1,
      name: `Client ${index + 1}`,
    }));
    expect(await create([{ org: 2001, name: 'Client 2001' }])).toMatchObject({
      code: 0,
      out: 'there  2001  Client 2001\n',
    });
  });

  test('whose number Grafana gives differently are told it, and no further ones are made', async () => {
    grafana.nextOrg = 7;
    const { code, out, error } = await create([romashka, lutik]);
    expect({ code, out }).toEqual({ code: 1, out: 'made   7  Ромашка\n' });
    expect(error).toBe('The organisation of Ромашка has the number 7. Write "org": 7 into clients.json.\n');
    expect(
      await create([
        { ...romashka, org: 7 },
        { ...lutik, org: 8 },
      ]),
    ).toMatchObject({
      code: 0,
      out: 'there  7  Ромашка\nmade   8  Lutik\n',
    });
  });

  test('without a number are made and told theirs', async () => {
    const { code, out, error } = await create([{ name: 'Ромашка' }]);
    expect({ code, out }).toEqual({ code: 1, out: 'made   2  Ромашка\n' });
    expect(error).toContain('Write "org": 2 into clients.json.');
  });

  test('are not made while anything contradicts what is there', async () => {
    grafana.organisations.push({ id: 2, name: 'Somebody' }, { id: 5, name: 'Lutik' });
    const { code, out, error } = await create([romashka, lutik, { org: 9, name: 'New' }]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error.trim().split('\n')).toEqual([
      'Organisation 2 is called Somebody in Grafana, clients.json calls it Ромашка.',
      'The organisation of Lutik has the number 5. Write "org": 5 into clients.json.',
    ]);
    expect(made()).toEqual([]);
  });

  test('that somebody else makes at the same moment are taken for made', async () => {
    grafana.instead = (method) => {
      if (method === 'POST') grafana.organisations.push({ id: 2, name: 'Ромашка' });
      return null;
    };
    expect(await create([romashka])).toMatchObject({ code: 0, out: 'made   2  Ромашка\n' });
  });

  test('of nobody need no Grafana', async () => {
    expect(await create([])).toEqual({
      code: 0,
      out: 'clients.json names no client: there is nothing to make.\n',
      error: '',
    });
    expect(grafana.requests).toEqual([]);
  });
});

describe('refused in one sentence', () => {
  test.each<[string, string, () => Record<string, string>]>([
    ['a wrong name', 'does not know nobody with this password', () => ({ user: 'nobody' })],
    [
      'a password that would travel in clear',
      'would go to grafana.example.com in clear',
      () => ({ url: 'http://grafana.example.com' }),
    ],
    [
      'a password in the address',
      'carries a password',
      () => ({ url: grafana.url.replace('//', '//admin:of-the-admin@') }),
    ],
    ['what is no address', 'is no address', () => ({ url: 'grafana' })],
    [
      'a password file that is not there',
      '/nowhere/password cannot be read (ENOENT)',
      () => ({ 'password-file': '/nowhere/password' }),
    ],
    [
      'clients that are not there',
      '/nowhere/clients.json cannot be read (ENOENT)',
      () => ({ clients: '/nowhere/clients.json' }),
    ],
    ['an option that is none', "Unknown option '--nonsense'. See --help.", () => ({ nonsense: 'x' })],
  ])('%s', async (_title, sentence, options) => {
    expectRefusal(await create([romashka], options()), sentence);
  });

  test('a Grafana that is not there', async () => {
    const gone = await FakeGrafana.start();
    const { url } = gone;
    await gone.stop();
    expectRefusal(await create([romashka], { url }), `does not answer at ${url} (ECONNREFUSED)`);
  });

  test('somebody who is no administrator of the server', async () => {
    grafana.users.set('viewer', { password: 'of-the-admin', orgId: 1 });
    expectRefusal(await create([romashka], { user: 'viewer' }), 'viewer may not ask Grafana for /api/orgs');
  });

  test.each<[string, string, FakeGrafana['instead']]>([
    ['something that is no Grafana', 'is no Grafana', () => 'html'],
    ['an address that leads elsewhere', 'leads elsewhere', () => 'redirect'],
    [
      'a Grafana in trouble',
      'answers 500 to GET /api/orgs',
      () => ({ status: 500, body: { message: 'Failed to search orgs' } }),
    ],
    ['a list that is none', 'lists no organisations', () => ({ status: 200, body: {} })],
    [
      'a name that Grafana does not take',
      'made no organisation for Ромашка: 400, bad request data',
      (method) => (method === 'POST' ? { status: 400, body: { message: 'bad request data' } } : null),
    ],
    [
      'organisations that may not be made',
      'it is no administrator of the server',
      (method) => (method === 'POST' ? { status: 403, body: { message: 'Access denied' } } : null),
    ],
  ])('%s', async (_title, sentence, instead) => {
    grafana.instead = instead;
    expectRefusal(await create([romashka]), sentence);
  });

  test.each<[string, unknown]>([
    ['holds no list', {}],
    ['is no JSON', '[{'],
    ['Client 1 of clients.json needs a name', [{ org: 2 }]],
    ['Client 2 of clients.json needs a name', [romashka, null]],
    ['needs a name without blanks around it', [{ org: 2, name: 'Romashka ' }]],
    ['is no number of an organisation', [{ org: 1, name: 'Staff' }]],
    ['is no number of an organisation', [{ org: '2', name: 'Romashka' }]],
    ['have name Ромашка', [romashka, { ...romashka, org: 3 }]],
    ['have org 2', [romashka, { ...lutik, org: 2 }]],
  ])('clients.json, because it %s', async (sentence, clients) => {
    expectRefusal(await create(clients), sentence);
    expect(grafana.requests).toEqual([]);
  });

  function expectRefusal({ code, out, error }: CommandRun, sentence: string): void {
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain(sentence);
    expect(error.trim().split('\n')).toHaveLength(1);
    expect(error).not.toContain('of-the-admin');
    expect(made().length).toBeLessThan(2);
  }
});

test('the password comes from the environment too, and is said nowhere', async () => {
  const clients = join(folder, 'clients.json');
  await writeFile(clients, JSON.stringify([romashka]));
  const argv = ['--clients', clients];
  const there = { GRAFANA_URL: grafana.url };
  const byFile = await runGrafanaCommand('create-organisations.mjs', argv, {
    ...there,
    GRAFANA_PASSWORD_FILE: join(folder, 'password'),
  });
  const byValue = await runGrafanaCommand('create-organisations.mjs', argv, {
    ...there,
    GRAFANA_PASSWORD: 'of-the-admin',
  });
  const wrong = await runGrafanaCommand('create-organisations.mjs', argv, { ...there, GRAFANA_PASSWORD: 'hunter2' });
  expect([byFile.code, byValue.code, wrong.code]).toEqual([0, 0, 1]);
  expect(JSON.stringify([byFile, byValue, wrong])).not.toMatch(/of-the-admin|hunter2/);
});

test('help says what the command does', async () => {
  const { code, out } = await runGrafanaCommand('create-organisations.mjs', ['--help']);
  expect(code).toBe(0);
  expect(out).toContain('--password-file');
});
