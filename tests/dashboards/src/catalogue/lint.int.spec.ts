import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  type AlertFile,
  catalogueOf,
  generateFiles,
  languages,
  lintAlerts,
  lintDashboard,
  type LintContext,
} from '@funnelwatch/dashboards';
import { definitionOf, metricContract, type MetricName } from '@funnelwatch/observability';
import { productMigrations } from '@funnelwatch/product-database';
import { createTestDatabase, type TestDatabase } from '@funnelwatch/testing';
import pg from 'pg';
import { lintContextOf, readViews } from '../lint/lint-context.js';

let database: TestDatabase;
let views: LintContext['views'];

beforeAll(async () => {
  database = await createTestDatabase({ migrations: productMigrations });
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  views = await readViews(client);
  await client.end();
}, 120_000);
afterAll(() => database?.drop());

const metrics = Object.fromEntries(
  (Object.keys(metricContract) as MetricName[]).map((name) => [name, definitionOf(name).kind]),
);

test.each(languages)('dashboards and alerts in %s keep all rules', (language) => {
  const catalogue = catalogueOf(language);
  const dashboards = catalogue.dashboards.map(({ json }) => json);
  const context = lintContextOf(dashboards, { views, metrics, timezone: 'browser' });
  const settings = { consoleUrl: 'http://127.0.0.1:4400', timeZone: 'Europe/Moscow', language };
  const rules = JSON.parse(
    generateFiles(catalogue, [], settings).get('provisioning/alerting/rules.json') ?? '',
  ) as AlertFile;
  const findings = [
    ...dashboards.flatMap((dashboard) => lintDashboard(dashboard, context)),
    ...lintAlerts([rules], context),
  ];
  expect(findings).toEqual([]);
});
