import { readdir, readFile } from 'node:fs/promises';
import { seriesNames } from '@funnelwatch/observability';
import { beforeAll, expect, test } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { type ComposeFile, readComposeFile, repositoryFile } from './compose-file.js';
import { type AlertRule, readRules, readRuleTests, readYaml, runbookOf } from './prometheus-rules.js';

interface Scrape {
  job_name: string;
  dns_sd_configs?: { names: string[]; type: string; port: number }[];
  static_configs?: { targets: string[] }[];
}

let compose: ComposeFile;
let scrapes: Scrape[];
let rules: AlertRule[];
beforeAll(async () => {
  compose = await readComposeFile();
  const settings = await readYaml<{ scrape_configs: Scrape[]; rule_files: string[] }>(
    'infra/prometheus/prometheus.yml',
  );
  scrapes = settings.scrape_configs;
  expect(settings.rule_files).toEqual(['rules/*.yml']);
  rules = await readRules();
});

test('every app is scraped, all its containers, at the port where it serves metrics', () => {
  const apps = Object.entries(compose.services)
    .filter(([, service]) => service.image === 'funnelwatch:local' && service.restart !== 'no')
    .map(([name]) => name);
  const discovered = scrapes.filter((scrape) => scrape.dns_sd_configs);
  expect(discovered.map((scrape) => scrape.job_name).sort()).toEqual(apps.sort());
  for (const { job_name: job, dns_sd_configs: lookUps = [] } of discovered) {
    expect(lookUps).toMatchObject([{ names: [job], type: 'A', port: 4400 }]);
    expect(compose.services[job]?.networks).toContain('internal');
  }
});

/** Whether the expression is one, and the metrics it selects. */
function readExpression(expression: string): { hasError: boolean; metrics: string[] } {
  let hasError = false;
  const metrics: string[] = [];
  parser.parse(expression).iterate({
    enter: (node) => {
      if (node.type.isError) hasError = true;
      if (node.name === 'VectorSelector') {
        const [metric = ''] = expression.slice(node.from, node.to).split(/[{[ ]/);
        metrics.push(metric);
      }
    },
  });
  return { hasError, metrics };
}

/** Asks for no metric: it is there for its own sake. */
const WATCHDOG = 'Watchdog';

test('an alert asks, in PromQL, for metrics of the contract', () => {
  expect(rules.length).toBeGreaterThan(10);
  const agreed = new Set([...seriesNames(), 'up']);
  for (const { alert, expr } of rules) {
    const { hasError, metrics } = readExpression(expr);
    expect([alert, hasError]).toEqual([alert, false]);
    expect([alert, metrics.length > 0]).toEqual([alert, alert !== WATCHDOG]);
    expect([alert, metrics.filter((metric) => !agreed.has(metric))]).toEqual([alert, []]);
  }
});

test('a broken expression is seen as one', () => {
  expect(readExpression('max by (portal (funnelwatch_x) > 1').hasError).toBe(true);
});

test('an alert has a severity, a team, words, and is there once', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { alert, labels, annotations } of rules) {
    const severity = alert === WATCHDOG ? 'none' : expect.stringMatching(/^(warning|critical)$/);
    expect([alert, labels]).toEqual([alert, { severity, team: 'operations' }]);
    expect([alert, annotations]).toEqual([
      alert,
      {
        summary: expect.any(String),
        description: expect.stringMatching(/\.$/),
        runbook_url: `docs/runbooks/${runbookOf(alert)}`,
      },
    ]);
  }
});

test('an alert has a runbook that says how bad it is, how to check and mend it, and whom to tell', async () => {
  const agreed = seriesNames();
  for (const { alert } of rules) {
    const page = await readFile(repositoryFile(`docs/runbooks/${runbookOf(alert)}`), 'utf8');
    const named = [...page.matchAll(/funnelwatch_[a-z_]+(?![a-z_-])/g)].map(([name]) => name);
    expect([alert, named.filter((name) => !agreed.includes(name))]).toEqual([alert, []]);
    const lines = page.trimEnd().split('\n');
    const headings = lines.filter((line) => line.startsWith('#'));
    expect(headings).toEqual([`# ${alert}`, '## Check', '## Mend', '## Escalate']);
    expect([alert, lines.some((line) => line.startsWith('**How bad.**'))]).toEqual([alert, true]);
    expect([alert, lines.length >= 15 && lines.length <= 40]).toEqual([alert, true]);
  }
});

test('the handbook names the runbook of every alert, and the list of runbooks every page', async () => {
  const read = (path: string) => readFile(repositoryFile(path), 'utf8');
  const linked = (page: string) => [...page.matchAll(/\]\((?:runbooks\/)?([a-z-]+\.md)\)/g)].map(([, name]) => name);
  const handbook = linked((await read('docs/operations.md')).split('## When an alert fires')[1] ?? '');
  expect(handbook).toEqual(expect.arrayContaining(rules.map(({ alert }) => runbookOf(alert))));
  const pages = (await readdir(repositoryFile('docs/runbooks/'))).filter((name) => name !== 'README.md');
  expect(linked(await read('docs/runbooks/README.md')).sort()).toEqual(pages.sort());
});

test('every alert is tested to fire and to be silent', async () => {
  const tests = await readRuleTests();
  const tested = (isFiring: boolean) =>
    new Set(tests.filter((one) => one.exp_alerts.length > 0 === isFiring).map((one) => one.alertname));
  const names = rules.map(({ alert }) => alert).sort();
  expect([...tested(true)].sort()).toEqual(names);
  // The watchdog is never silent.
  expect([...tested(false), WATCHDOG].sort()).toEqual(names);
});
