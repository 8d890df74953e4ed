import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { languages } from '@funnelwatch/dashboards';
import { hardNames, seedFleet } from '@funnelwatch/dashboards/testing';
import { productMigrations } from '@funnelwatch/product-database';
import { reportingMigrations } from '@funnelwatch/reporting';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import pg from 'pg';
import { catalogueWithTitles } from '../catalogue-with-titles.js';
import { written } from './panels/panel.spec-fixture.js';
import { openReadModels, type ReadModels } from './read-models.js';
import { type RunningPreview, startPreview } from './server.js';

const now = new Date();
const ofReporting = new Set<unknown>(reportingMigrations);
const clock = { now: () => now };
let seeded: TestDatabase;
let empty: TestDatabase;

beforeAll(async () => {
  [seeded, empty] = await Promise.all([
    createTestDatabase({ migrations: productMigrations }),
    createTestDatabase({ migrations: productMigrations }),
  ]);
  const client = new pg.Client({ connectionString: seeded.url });
  await client.connect();
  await seedFleet(client, { portals: 4, deals: 2_000, until: now });
  await client.end();
}, 300_000);
afterAll(async () => {
  await seeded?.drop();
  await empty?.drop();
});

/** Runs with a preview of a database, as the login of Grafana unless told. */
async function previewing<Result>(
  { url, language = 'ru' }: { url: string; language?: (typeof languages)[number] },
  work: (preview: RunningPreview, readModels: ReadModels) => Promise<Result>,
): Promise<Result> {
  const { dashboards } = catalogueWithTitles(language);
  const readModels = await openReadModels(url);
  const preview = await startPreview({
    readModels,
    dashboards,
    language,
    consoleUrl: 'http://console.test',
    clock,
    port: 0,
  });
  try {
    return await work(preview, readModels);
  } finally {
    await preview.close();
    await readModels.close();
  }
}

const dashboardsIn = (language: (typeof languages)[number]) =>
  catalogueWithTitles(language).dashboards.map(({ uid }) => uid);

/** What failed on a page, in the words of the database. */
const failuresOf = (page: string): string[] =>
  [...page.matchAll(/class="cause">([^<]*)/g)].map(([, message = '']) => message);

async function pageOf(preview: RunningPreview, path: string): Promise<string> {
  const response = await fetch(`${preview.address}${path}`);
  expect(response.status).toBe(200);
  return response.text();
}

describe.each(languages)('in %s', (language) => {
  const cases = dashboardsIn(language).flatMap((uid) => ['24h', '90d'].map((range) => [uid, range] as const));

  test.each(cases)('%s over %s is shown without a panel that failed', async (uid, range) => {
    const page = await previewing({ url: seeded.urlAs('grafana'), language }, (preview) =>
      pageOf(preview, `/d/${uid}?from=now-${range}`),
    );
    expect(failuresOf(page)).toEqual([]);
    expect(page).not.toContain('class="failed"');
    expect(page).toMatch(/<td|class="chart"|class="figure/);
  });
});

test.each(dashboardsIn('ru'))('%s is shown where nothing is there yet', async (uid) => {
  const page = await previewing({ url: empty.urlAs('grafana') }, (preview) => pageOf(preview, `/d/${uid}`));
  expect(page).not.toContain('class="failed"');
  expect(page).not.toMatch(/NaN|undefined|Infinity|\[object/);
});

test('what was read is shown: figures of the database, charts, names as they are', async () => {
  await previewing({ url: seeded.urlAs('grafana') }, async (preview, readModels) => {
    const [counted] = await readModels.ask(
      `SELECT count(*) AS n FROM grafana.portal WHERE status = 'active' AND connection_state <> 'failed' AND phase = 'live'`,
    );
    const fleet = await pageOf(preview, '/d/fw-fleet');
    expect(fleet).toMatch(new RegExp(`<span>Читаются</span>[^]*?title="${String(counted?.values[0])}"`));
    expect(fleet).toContain(written(hardNames[0]));
    const funnel = await pageOf(preview, '/d/fw-funnel');
    expect(funnel).toContain('<span>выиграно</span>');
    expect(funnel.match(/<picture class="chart">/g)).toHaveLength(1);
    expect(funnel).toContain('href="http://console.test/portals/');
    expect(funnel).toContain(written(`Анна ${hardNames[1]}`));
  });
});

test('a funnel opens on the default pipeline of deals, as in the console, though that of leads comes first in the portal', async () => {
  const page = await previewing({ url: seeded.urlAs('grafana') }, (preview) => pageOf(preview, '/d/fw-funnel'));
  expect(page).toMatch(/<option value="deal:0"\s+selected>/);
  expect(page).toMatch(/<option value="lead:0"\s*>/);
});

describe('a session', () => {
  test('of the owner asks as Grafana would, and changes nothing', async () => {
    await previewing({ url: seeded.url }, async (_preview, { ask }) => {
      const [role] = await ask('SELECT current_user::text AS role');
      expect(role?.values).toEqual(['funnelwatch_grafana']);
      await expect(ask('CREATE TABLE grafana.x (y int)')).rejects.toThrow(/read-only|permission denied/);
    });
  });
  test('of a login that may not become Grafana asks as itself, and changes nothing', async () => {
    await previewing({ url: seeded.urlAs('operator') }, async (_preview, { ask }) => {
      const [role] = await ask('SELECT current_user::text AS role');
      expect(role?.values).toEqual(['funnelwatch_operator']);
      await expect(ask(`UPDATE registry.portal SET name = 'x'`)).rejects.toThrow('read-only transaction');
      expect((await ask('SHOW statement_timeout'))[0]?.values).toEqual(['15s']);
    });
  });
});

describe('a database that cannot be shown is refused in words', () => {
  test('of an earlier version', async () => {
    const beforeReporting = productMigrations.filter((migration) => !ofReporting.has(migration));
    const earlier = await createTestDatabase({ migrations: beforeReporting });
    try {
      await expect(openReadModels(earlier.url)).rejects.toMatchObject({ code: 'DATABASE_NOT_PREPARED' });
    } finally {
      await earlier.drop();
    }
  });
  test('that is not there', async () => {
    const nowhere = 'postgres://nobody@127.0.0.1:1/none';
    await expect(openReadModels(nowhere)).rejects.toMatchObject({ code: 'DATABASE_UNREACHABLE' });
    const unknown = new URL(seeded.url);
    unknown.pathname = '/no_such_database';
    await expect(openReadModels(unknown.href)).rejects.toMatchObject({ code: 'DATABASE_LOGIN_REFUSED' });
  });
});

describe('the server', () => {
  const asked = (preview: RunningPreview, path: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<{ status: number; policy: string }>((resolve, reject) => {
      request(`${preview.address}${path}`, { method, headers }, (response) => {
        response.resume();
        const policy = String(response.headers['content-security-policy']);
        response.on('end', () => resolve({ status: response.statusCode ?? 0, policy }));
      })
        .on('error', reject)
        .end();
    });

  test('lets pages run nothing and load nothing but its stylesheet', async () => {
    await previewing({ url: empty.urlAs('grafana') }, async (preview) => {
      for (const path of ['/', '/d/fw-fleet', '/style.css', '/nothing']) {
        const { policy } = await asked(preview, path);
        expect(policy).toContain("default-src 'none'; style-src 'self'; img-src data:");
        expect(policy).not.toContain('unsafe');
      }
      expect((await fetch(`${preview.address}/style.css`)).headers.get('content-type')).toContain('text/css');
    });
  });
  test('answers for what it has, by names of this machine, and takes nothing', async () => {
    await previewing({ url: empty.urlAs('grafana') }, async (preview) => {
      expect((await asked(preview, '/d/fw-nothing')).status).toBe(404);
      expect((await asked(preview, '/../package.json')).status).toBe(404);
      expect((await asked(preview, '/', { host: 'rebound.example' })).status).toBe(421);
      expect((await asked(preview, '/', { host: 'localhost:1' })).status).toBe(200);
      expect((await asked(preview, '/', {}, 'POST')).status).toBe(405);
    });
  });
  test('says so when the database goes away, and when its port is taken', async () => {
    const { dashboards } = catalogueWithTitles('en');
    const readModels = { ask: () => Promise.reject(new Error('gone')), close: () => Promise.resolve() };
    const options = { readModels, dashboards, language: 'en' as const, consoleUrl: null, clock };
    const preview = await startPreview({ ...options, port: 0 });
    expect((await asked(preview, '/d/fw-fleet')).status).toBe(503);
    const port = Number(new URL(preview.address).port);
    await expect(startPreview({ ...options, port })).rejects.toMatchObject({ code: 'PORT_TAKEN' });
    await preview.close();
  });
});
