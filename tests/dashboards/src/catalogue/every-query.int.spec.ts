import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AlertFile, catalogueOf, generateFiles, type Language } from '@funnelwatch/dashboards';
import { executeQueries, rangesUntil, seedFleet } from '@funnelwatch/dashboards/testing';
import { productMigrations } from '@funnelwatch/product-database';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import pg from 'pg';

const settings = { consoleUrl: 'http://127.0.0.1:4400', timeZone: 'Europe/Moscow' };
/** All rules, as the file of them that Grafana reads. */
const rulesOf = (files: ReadonlyMap<string, string>): AlertFile =>
  JSON.parse(files.get('provisioning/alerting/rules.json') ?? '') as AlertFile;

let seeded: TestDatabase;
let empty: TestDatabase;
const now = new Date();

beforeAll(async () => {
  [seeded, empty] = await Promise.all([
    createTestDatabase({ migrations: productMigrations }),
    createTestDatabase({ migrations: productMigrations }),
  ]);
  await asOwner(seeded, (client) => seedFleet(client, { portals: 4, deals: 15_000, until: now }));
  await asOwner(empty, (client) => client.query('ANALYZE'));
}, 300_000);
afterAll(async () => {
  await seeded?.drop();
  await empty?.drop();
});

async function asOwner(database: TestDatabase, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await work(client);
  await client.end();
}

const askedIn = (language: Language) => {
  const catalogue = catalogueOf(language, { D08: { text: `D08 · It's "lost"` } });
  return {
    dashboards: catalogue.dashboards.map(({ json }) => json),
    alerts: [rulesOf(generateFiles(catalogue, [], { ...settings, language }))],
    now,
  };
};

test('every query answers as Grafana needs it, for all ranges and choices of variables, and reads no large table whole', async () => {
  const { problems, executed, scans } = await executeQueries({ ...askedIn('en'), url: seeded.urlAs('grafana') });
  expect(problems).toEqual([]);
  expect(scans).toEqual([]);
  expect(executed).toBeGreaterThan(1000);
}, 300_000);

test('every query answers where nothing is there yet', async () => {
  const { problems, executed } = await executeQueries({ ...askedIn('en'), url: empty.urlAs('grafana') });
  expect(problems).toEqual([]);
  expect(executed).toBeGreaterThan(1000);
}, 300_000);

// Only texts differ: one range shows whether they are quoted.
test('every query answers in Russian as well', async () => {
  const ranges = rangesUntil(now).slice(1, 2);
  const { problems } = await executeQueries({ ...askedIn('ru'), ranges, url: empty.urlAs('grafana') });
  expect(problems).toEqual([]);
}, 300_000);
