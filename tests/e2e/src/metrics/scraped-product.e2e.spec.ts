import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { breachesOf, definitionOf, type MetricName, metricsOfApp, seriesNames } from '@funnelwatch/observability';
import { type RunningPrometheus, startPrometheus, whatPrometheusLacks } from '@funnelwatch/testing/prometheus';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AppProcess } from '../stack/app-process.js';
import { type Stack, startStack } from '../stack/stack.js';

const apps = ['ingest', 'projector', 'curator', 'api'] as const;
type App = (typeof apps)[number];

interface LoadedRule {
  name: string;
  query: string;
  health: string;
  lastError?: string;
  alerts: { state: string }[];
}

const lack = await whatPrometheusLacks();
// On a developer's machine the rest of the suite is of use without it; in CI nothing may be left out.
const mustRun = lack === null || process.env['CI'] !== undefined;
const { skip } = test;

if (mustRun) describe('the running product, scraped by a real Prometheus', scraped);
else skip(`the running product is scraped by a real Prometheus — skipped: ${lack}`, () => undefined);

function scraped(): void {
  let stack: Stack;
  let curator: AppProcess;
  let prometheus: RunningPrometheus | null = null;
  let addresses: Record<App, string>;

  beforeAll(async () => {
    stack = await startStack({ portals: [['--company', 'tiny', '--limits', 'off']], topology: 'embedded' });
    curator = await AppProcess.start({
      app: 'curator',
      environment: {
        DATABASE_URL: stack.database.urlAs('curator'),
        FUNNELWATCH_KEY_FILE: join(stack.folder, 'master.key'),
        PORT: '0',
      },
    });
    const portOf = (name: string): string => {
      const running = stack.processes[name];
      return running instanceof AppProcess ? String(running.ready['port']) : '';
    };
    addresses = {
      ingest: `127.0.0.1:${portOf('ingest')}`,
      projector: `127.0.0.1:${portOf('projector')}`,
      curator: `127.0.0.1:${String(curator.ready['port'])}`,
      api: new URL(stack.apiUrl).host,
    };
    prometheus = await startPrometheus({
      folder: join(stack.folder, 'prometheus'),
      targets: Object.fromEntries(apps.map((app) => [app, [addresses[app]]])),
      ruleFiles: [fileURLToPath(new URL('../../../../infra/prometheus/rules/*.yml', import.meta.url))],
    });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await curator?.stop();
    await stack?.stop();
  });

  const server = (): RunningPrometheus => {
    if (!prometheus) throw new Error('Prometheus does not run');
    return prometheus;
  };

  /** Asks until there is something; a portal takes a moment until it is read. */
  async function eventually(expression: string): Promise<{ labels: Record<string, string>; value: number }[]> {
    for (const endMs = Date.now() + 60_000; ;) {
      const found = await server().query(expression);
      if (found.length > 0) return found;
      if (Date.now() > endMs) throw new Error(`There is nothing by ${expression}`);
      await sleep(200);
    }
  }

  test('every program serves what was agreed, and nothing else', async () => {
    for (const app of apps) {
      const scrape = await (await fetch(`http://${addresses[app]}/metrics`)).text();
      expect([app, breachesOf(app, scrape)]).toEqual([app, []]);
    }
  });

  test('Prometheus reaches all of them, and knows them by the name of their job', async () => {
    await eventually('count(up == 1) == 4');
    const up = await server().query('up');
    expect(up.map(({ labels }) => labels['job']).sort()).toEqual([...apps].sort());
    for (const app of apps) {
      const [own] = await eventually(`process_resident_memory_bytes{job="${app}"}`);
      expect(own?.labels['app']).toBe(app);
    }
  });

  test('every rule is evaluated without an error, its metrics are there, and a healthy product raises nothing', async () => {
    const { groups } = await server().ask<{ groups: { rules: LoadedRule[] }[] }>('rules');
    const rules = groups.flatMap((group) => group.rules);
    expect(rules.length).toBeGreaterThan(10);
    const firing: string[] = [];
    for (const { name, query, health, lastError, alerts } of rules) {
      expect([name, health === 'err', lastError]).toEqual([name, false, undefined]);
      await server().query(query);
      for (const series of seriesNames().filter((known) => new RegExp(`\\b${known}\\b`).test(query))) {
        const metric = series.replace(/_(bucket|sum|count)$/, '') as MetricName;
        // There are no brokers here.
        if (!definitionOf(metric).needsBrokers) await eventually(series);
      }
      if (alerts.some(({ state }) => state === 'firing')) firing.push(name);
    }
    expect(firing).toEqual(['Watchdog']);
  });

  test('what is read of the database tells of the portal, and no reading fails', async () => {
    const [{ portalId } = { portalId: '' }] = stack.portals;
    for (const app of apps) {
      const ofPortal = metricsOfApp(app).filter((name) => definitionOf(name).labels.join() === 'portal');
      for (const name of ofPortal) {
        const { kind } = definitionOf(name);
        // Limits are off: there is no counter of requests, and so neither its level nor its capacity.
        if (name === 'funnelwatch_portal_budget_level' || name === 'funnelwatch_portal_budget_capacity') continue;
        await eventually(`${name}${kind === 'histogram' ? '_count' : ''}{portal="${portalId}"}`);
      }
    }
    expect(await server().query('sum(funnelwatch_scrape_errors_total) > 0')).toEqual([]);
    const [bytes] = await eventually('funnelwatch_log_bytes > 0');
    expect(bytes?.labels['app']).toBe('ingest');
  });
}
