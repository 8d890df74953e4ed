import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { repositoryFile } from './compose-file.js';
import { type AskedQuery, FakeGrafana, type QueryAnswer } from './fake-grafana.spec-fixture.js';
import { type CommandRun, runGrafanaCommand } from './run-grafana-command.spec-fixture.js';

const portals = {
  a: '018f0000-0000-7000-8000-00000000000a',
  b: '018f0000-0000-7000-8000-00000000000b',
};

const variable = (name: string, query: string, rest: object = {}) => ({ type: 'query', name, query, ...rest });
const panel = (title: string, rawSql: string) => ({
  title,
  datasource: { uid: 'pg-readmodel' },
  targets: [{ refId: 'B', rawSql }],
});
const plan = {
  uid: 'fw-plan',
  time: { from: 'now-30d', to: 'now' },
  templating: {
    list: [
      variable('portal', 'SELECT key AS "__value" FROM grafana.portal_key'),
      variable('month', 'SELECT month AS "__value" FROM grafana.plan_month WHERE portal_id IN (${portal:sqlstring})'),
      variable('seller', 'SELECT seller AS "__value" FROM grafana.seller', { current: { value: ['$__all'] } }),
      variable('stage', 'SELECT stage AS "__value" FROM grafana.stage', {
        current: { value: '$__all' },
        allValue: "'*'",
      }),
      { type: 'constant', name: 'console', query: 'https://funnel.example.com' },
    ],
  },
  panels: [
    panel(
      'Pace',
      'SELECT pace FROM x WHERE portal = ${portal:sqlstring} AND month = ${month:sqlstring} AND $__timeFrom()',
    ),
    // Rows that are folded hold their panels.
    {
      title: 'Folded',
      panels: [panel('Sellers', 'SELECT 1 WHERE s IN (${seller:sqlstring}) AND t IN (${stage:sqlstring})')],
    },
    { title: 'Text', targets: [{ refId: 'A', expr: 'up' }] },
  ],
};
const workers = { uid: 'fw-workers', panels: [panel('Lag', 'SELECT lag FROM grafana.feed_lag')] };

const providers = `# Written by a command.
apiVersion: 1
providers:
  - name: funnelwatch
    orgId: 1
    type: file
    options:
      path: /etc/grafana/dashboards
  - name: funnelwatch-2-sales
    orgId: 2
    folder: Sales
    type: file
`;
const rules = {
  groups: [
    { orgId: 1, name: 'All', rules: [{ uid: 'fw-lag' }, { uid: 'fw-risk' }] },
    { orgId: 2, name: 'All', rules: [{ uid: 'fw-risk' }] },
  ],
};

let grafana: FakeGrafana;
let folder: string;
beforeEach(async () => {
  grafana = await FakeGrafana.start();
  folder = await mkdtemp(join(tmpdir(), 'smoke-'));
  await writeFile(join(folder, 'password'), 'of-the-admin\n');
  await writeFile(join(folder, 'client-password'), 'of-the-client\n');
  await write('dashboards/Operations/fw-workers.json', workers);
  await write('dashboards/Sales/fw-plan.json', plan);
  await write('provisioning/alerting/rules.json', rules);
  await write('provisioning/dashboards/funnelwatch.yml', providers);
  grafana.organisations.push({ id: 2, name: 'Romashka' });
  grafana.users.set('client', { password: 'of-the-client', orgId: 2 });
  grafana.dashboards = [
    { orgId: 1, uid: 'fw-workers', folderTitle: 'Operations' },
    { orgId: 1, uid: 'fw-plan', folderTitle: 'Sales' },
    { orgId: 2, uid: 'fw-plan', folderTitle: 'Sales' },
  ];
  grafana.rules = [
    { orgId: 1, uid: 'fw-lag', provenance: 'file' },
    { orgId: 1, uid: 'fw-risk', provenance: 'file' },
    { orgId: 2, uid: 'fw-risk', provenance: 'file' },
  ];
  grafana.answer = walled;
});
afterEach(async () => {
  await grafana.stop();
  await rm(folder, { recursive: true });
});

async function write(path: string, content: object | string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), typeof content === 'string' ? content : JSON.stringify(content));
}

const column = (name: string, ...values: string[]): QueryAnswer => ({
  columns: [name],
  rows: values.map((value) => [value]),
});

/** A database of two portals whose walls stand: organisation 2 sees the first. */
function walled({ orgId, rawSql }: AskedQuery): QueryAnswer {
  if (/SET LOCAL (ROLE|row_security)/.test(rawSql)) return { error: 'pq: permission denied to set role' };
  if (/information_schema/.test(rawSql)) return column('relation', 'grafana.portal', 'read.person');
  const seen = orgId === 1 ? [portals.a, portals.b] : [portals.a];
  if (/portal_key/.test(rawSql)) return column('__value', ...seen);
  const asked = /= ANY \(ARRAY\[(.*?)\]/.exec(rawSql)?.[1];
  if (asked !== undefined) return column('portal_id', ...seen.filter((portal) => asked.includes(portal)));
  if (/plan_month/.test(rawSql)) return column('__value', '2026-03', '2026-02');
  if (/grafana\.seller/.test(rawSql))
    return {
      columns: ['name', '__value'],
      rows: [
        ['Anna', '1'],
        ["O'Neil", `2'"`],
      ],
    };
  return { columns: ['figure'], rows: [[1]] };
}

const smoke = (...argv: string[]): Promise<CommandRun> =>
  runGrafanaCommand('smoke.mjs', [
    ...['--url', grafana.url, '--password-file', join(folder, 'password'), '--files', folder, '--wait', '0'],
    ...argv,
  ]);
const asClient = (...argv: string[]): Promise<CommandRun> =>
  smoke('--client-user', 'client', '--client-password-file', join(folder, 'client-password'), ...argv);
const sql = (): string[] => grafana.queries.map(({ rawSql }) => rawSql);

describe('a Grafana that has made of its provisioning what the files say', () => {
  test('is well, with the figures of what was looked at', async () => {
    const { code, out, error } = await smoke();
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(out.trim().split('\n')).toEqual([
      'ok     Grafana answers',
      'ok     Dashboards of organisation 1: Operations 1, Sales 1',
      'ok     Dashboards of organisation 2: Sales 1',
      'ok     Alert rules of organisation 1: 2, in files 2',
      'ok     Alert rules of organisation 2: 1, in files 1',
      'ok     fw-workers as admin: 1 queries of panels, 1 with rows',
      'ok     fw-plan as admin: 2 queries of panels, 2 with rows',
    ]);
  });

  test('is asked as a browser asks when the dashboard opens: the portal, first options, all of them, the range', async () => {
    await smoke('--portal', portals.b);
    expect(sql()).toEqual(
      expect.arrayContaining([
        `SELECT month AS "__value" FROM grafana.plan_month WHERE portal_id IN ('${portals.b}')`,
        `SELECT pace FROM x WHERE portal = '${portals.b}' AND month = '2026-03' AND $__timeFrom()`,
        // Names are for people, values for SQL; a quote is doubled as Grafana doubles it.
        `SELECT 1 WHERE s IN ('1','2''\\"') AND t IN ('*')`,
      ]),
    );
    expect(grafana.queries.find(({ rawSql }) => rawSql.includes('pace'))).toMatchObject({ from: 'now-30d', to: 'now' });
  });

  test('is waited for', async () => {
    grafana.unhealthy = 2;
    expect(await smoke('--wait', '20')).toMatchObject({ code: 0, error: '' });
    grafana.unhealthy = 100;
    expect(await smoke('--wait', '1')).toMatchObject({
      code: 1,
      error: 'Grafana is not well after 1 s, by its /api/health.\n',
    });
  });

  test('may have dashboards and rules of people besides', async () => {
    grafana.dashboards.push({ orgId: 1, uid: 'mine', folderTitle: 'Mine' });
    grafana.rules.push({ orgId: 1, uid: 'mine' });
    expect((await smoke()).code).toBe(0);
  });
});

describe('the smoke finds', () => {
  test.each<[string, string, () => void]>([
    ['a dashboard that is missing', 'Sales lacks fw-plan', () => grafana.dashboards.splice(1, 1)],
    ['one that is missing for a client', 'Sales lacks fw-plan', () => grafana.dashboards.splice(2, 1)],
    [
      'one that is in no file any more',
      'Sales has fw-old, which is in no file',
      () => grafana.dashboards.push({ orgId: 1, uid: 'fw-old', folderTitle: 'Sales' }),
    ],
    ['a rule that is missing', 'fw-lag is missing', () => grafana.rules.splice(0, 1)],
    [
      'a rule that is in no file any more',
      'fw-gone is in no file any more',
      () => grafana.rules.push({ orgId: 1, uid: 'fw-gone', provenance: 'file' }),
    ],
  ])('%s', async (_title, problem, spoil) => {
    spoil();
    await expectProblem(smoke(), problem);
  });

  test.each<[string, QueryAnswer]>([
    ['fw-plan / Pace / B: 400: pq: column "pace" does not exist', { error: 'pq: column "pace" does not exist' }],
    ['fw-plan / Pace / B: there is no frame in the answer', { frames: [] }],
    ['fw-plan / Pace / B: a frame has no fields', { frames: [{ schema: {} }] }],
    [
      'fw-plan / Pace / B: too many rows',
      { frames: [{ schema: { fields: [], meta: { notices: [{ severity: 'error', text: 'too many rows' }] } } }] },
    ],
  ])('a query of a panel that fails: %s', async (problem, answer) => {
    grafana.answer = (query) => (query.rawSql.includes('pace') ? answer : walled(query));
    await expectProblem(smoke(), problem);
  });

  test('a query of a variable that fails', async () => {
    grafana.answer = (query) => (query.rawSql.includes('plan_month') ? { error: 'no such view' } : walled(query));
    await expectProblem(smoke(), 'fw-plan / $month: 400: no such view');
  });

  test.each([
    ['${portal:csv}', '${portal:csv} is no form in which SQL may have a variable'],
    ['${nobody:sqlstring}', 'nothing is known of the variable nobody'],
  ])('a variable that is written wrongly: %s', async (written, problem) => {
    await write('dashboards/Sales/fw-plan.json', { ...plan, panels: [panel('Wrong', `SELECT ${written}`)] });
    await expectProblem(smoke(), `fw-plan / Wrong / B: ${problem}`);
    expect(sql().join()).not.toContain(written);
  });

  test('a source of the read models that does not answer, and an installation without portals', async () => {
    grafana.answer = () => ({ error: 'connection refused' });
    expect(await smoke()).toMatchObject({ code: 1, error: 'The read models do not answer: 400: connection refused\n' });
    grafana.answer = () => ({ columns: ['key'], rows: [] });
    expect((await smoke()).error).toContain('No portal is connected yet');
  });

  test('files that were not generated', async () => {
    await rm(join(folder, 'provisioning/dashboards'), { recursive: true });
    expect((await smoke()).error).toContain('Generate the files first.');
    await rm(join(folder, 'dashboards'), { recursive: true });
    await mkdir(join(folder, 'dashboards'));
    expect((await smoke()).error).toContain('Generate the files first.');
  });
});

async function expectProblem(run: Promise<CommandRun>, problem: string): Promise<void> {
  const { code, out, error } = await run;
  expect({ code, error }).toEqual({ code: 1, error: '' });
  const wrong = out
    .split('\n')
    .flatMap((line, index, lines) => (line.startsWith('wrong') ? [lines[index + 1]?.trim()] : []));
  expect(wrong).toEqual([problem]);
}

describe('a client', () => {
  test('behind walls that stand sees its portals, and its dashboards answer', async () => {
    const { code, out } = await asClient('--client-portal', portals.a);
    expect({ code, wrong: out.includes('wrong') }).toEqual({ code: 0, wrong: false });
    expect(out).toContain('ok     client is shown no other portal in 2 tables and views\n');
    expect(out).toContain('ok     fw-plan as client: 2 queries of panels, 2 with rows\n');
    const asked = grafana.queries.filter(({ user, rawSql }) => user === 'client' && rawSql.includes('read.person'));
    expect(asked.map(({ rawSql }) => rawSql)).toEqual([
      `SELECT portal_id::text FROM read.person WHERE portal_id = ANY (ARRAY['${portals.b}']::uuid[]) LIMIT 1`,
    ]);
  });

  test.each<[string, string, (query: AskedQuery) => boolean]>([
    ['a table', 'read.person shows rows of another portal', ({ rawSql }) => rawSql.includes('FROM read.person')],
    [
      'another scope',
      'it sees other portals when it tells another scope',
      ({ rawSql }) => rawSql.includes('set_config'),
    ],
    ['another role', 'it sees other portals when it becomes the owner', ({ rawSql }) => rawSql.includes('_migrate')],
    [
      'the walls',
      'it sees other portals when it switches the walls off',
      ({ rawSql }) => rawSql.includes('row_security'),
    ],
  ])('to whom other portals come through by %s is found', async (_title, problem, isHole) => {
    grafana.answer = (query) =>
      query.user === 'client' && isHole(query) ? column('portal', portals.a, portals.b) : walled(query);
    await expectProblem(asClient(), problem);
  });

  test.each<[string, string, () => void]>([
    [
      'into the organisation of the staff',
      'Grafana lets it ask in the organisation of the staff',
      () => (grafana.isOpen = true),
    ],
    ['to metrics', 'Grafana lets it ask for metrics, which know no clients', () => grafana.withMetrics.add(2)],
    [
      'to the list of all clients',
      'Grafana tells it all organisations',
      () =>
        (grafana.instead = (_method, path) =>
          path === '/api/orgs' ? { status: 200, body: grafana.organisations } : null),
    ],
  ])('whom Grafana lets %s is found', async (_title, problem, open) => {
    open();
    await expectProblem(asClient(), problem);
  });

  test('that sees a portal more or fewer than told is found', async () => {
    await expectProblem(
      asClient('--client-portal', portals.a, '--client-portal', portals.b),
      `it does not see ${portals.b}`,
    );
    const { out } = await asClient('--client-portal', portals.b);
    expect(out).toContain(`it sees ${portals.a}, which is not its own`);
  });

  test('proves nothing where there is nothing else to see', async () => {
    grafana.answer = (query) => walled({ ...query, orgId: 2 });
    await expectProblem(asClient(), 'the staff sees no portal that the client does not: nothing is proven');
    grafana.answer = (query) => (query.rawSql.includes('= ANY (') ? column('portal_id') : walled(query));
    await expectProblem(asClient(), 'no other portal has a row anywhere: nothing is proven');
  });

  test('that belongs to the staff is no client', async () => {
    grafana.users.set('client', { password: 'of-the-client', orgId: 1 });
    expect(await asClient()).toMatchObject({ code: 1, error: 'client belongs to the staff and is no client.\n' });
  });

  test('needs its password', async () => {
    expect((await smoke('--client-user', 'client')).error).toContain('--client-password-file');
    await writeFile(join(folder, 'client-password'), 'hunter2');
    const { error } = await asClient();
    expect(error).toBe('Grafana does not know client with this password.\n');
  });
});

describe('a restart', () => {
  /** Commands that were run in place of Docker's. */
  const ran = (): Promise<string> => readFile(join(folder, 'ran'), 'utf8').catch(() => '');

  const withDocker = async (script: string, ...argv: string[]): Promise<CommandRun> => {
    await write('bin/docker', `#!/bin/sh\necho "$@" >>'${join(folder, 'ran')}'\n${script}\n`);
    await chmod(join(folder, 'bin/docker'), 0o755);
    return runGrafanaCommand(
      'smoke.mjs',
      ['--url', grafana.url, '--password-file', join(folder, 'password'), '--files', folder, '--wait', '5', ...argv],
      { PATH: `${join(folder, 'bin')}:${process.env['PATH']}` },
    );
  };

  test('is made only when it is asked for, and nothing drifts', async () => {
    await withDocker('');
    expect(await ran()).toBe('');
    const { code, out } = await withDocker('', '--restart');
    expect(await ran()).toBe('compose restart grafana\n');
    expect(code).toBe(0);
    expect(out).toContain('ok     The same dashboards and rules after a restart\n');
  });

  test('after which something is missing is found', async () => {
    let searches = 0;
    grafana.instead = (_method, path) => {
      searches += Number(path.startsWith('/api/search'));
      // The third and fourth come after the restart.
      return path.startsWith('/api/search') && searches === 4 ? { status: 200, body: [] } : null;
    };
    const { code, out } = await withDocker('', '--restart');
    expect(code).toBe(1);
    expect(out).toContain('wrong  The same dashboards and rules after a restart\n         2 Sales fw-plan\n');
  });

  test('that Docker refuses is told', async () => {
    const { code, error } = await withDocker('echo "no such service: grafana" >&2; exit 1', '--restart');
    expect({ code, error }).toEqual({ code: 1, error: 'docker compose restart grafana: no such service: grafana\n' });
  });
});

test('every file of this repository is understood, and no variable is left in what is sent', async () => {
  await rm(join(folder, 'dashboards'), { recursive: true });
  for (const part of ['dashboards', 'provisioning']) {
    await cp(fileURLToPath(repositoryFile(`infra/grafana/${part}`)), join(folder, part), { recursive: true });
  }
  const files = (await readdir(join(folder, 'dashboards'), { recursive: true })).filter((file) =>
    file.endsWith('.json'),
  );
  grafana.dashboards = files.map((file) => ({ orgId: 1, uid: basename(file, '.json'), folderTitle: dirname(file) }));
  const { groups } = JSON.parse(await readFile(join(folder, 'provisioning/alerting/rules.json'), 'utf8')) as {
    groups: { orgId: number; rules: { uid: string }[] }[];
  };
  grafana.rules = groups.flatMap(({ orgId, rules: all }) => all.map(({ uid }) => ({ orgId, uid, provenance: 'file' })));
  const { code, out } = await smoke('--portal', portals.b);
  expect({ code, wrong: /wrong[^]*/.exec(out) }).toEqual({ code: 0, wrong: null });
  expect(out.match(/queries of panels/g)).toHaveLength(files.length);
  expect(files.length).toBeGreaterThan(8);
  expect(grafana.queries.length).toBeGreaterThan(90);
  expect(sql().filter((text) => /\$\{|\[\[/.test(text))).toEqual([]);
  expect(sql().filter((text) => text.includes(portals.b)).length).toBeGreaterThan(50);
});
