import { readdir, readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { type ComposeFile, readComposeFile, repositoryFile } from './compose-file.js';

interface Scrape {
  job_name: string;
  dns_sd_configs?: { names: string[]; type: string; port: number }[];
  static_configs?: { targets: string[] }[];
}

interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity?: string };
  annotations: { summary?: string; description?: string; runbook_url?: string };
}

const readYaml = async <Shape>(path: string): Promise<Shape> =>
  parse(await readFile(repositoryFile(path), 'utf8')) as Shape;

let compose: ComposeFile;
let scrapes: Scrape[];
let rules: Rule[];
beforeAll(async () => {
  compose = await readComposeFile();
  const settings = await readYaml<{ scrape_configs: Scrape[]; rule_files: string[] }>(
    'infra/prometheus/prometheus.yml',
  );
  scrapes = settings.scrape_configs;
  expect(settings.rule_files).toEqual(['rules/*.yml']);
  const files = await readdir(repositoryFile('infra/prometheus/rules/'));
  const groups = await Promise.all(
    files.map((name) => readYaml<{ groups: { rules: Rule[] }[] }>(`infra/prometheus/rules/${name}`)),
  );
  rules = groups.flatMap((found) => found.groups).flatMap((group) => group.rules);
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

/** Node names of the expression's tree and the metrics it selects. */
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

test('an alert asks, in PromQL, for metrics that the programs have', async () => {
  expect(rules.length).toBeGreaterThan(5);
  const served = await namesOfMetrics();
  for (const { alert, expr } of rules) {
    const { hasError, metrics } = readExpression(expr);
    expect([alert, hasError]).toEqual([alert, false]);
    expect(metrics.length).toBeGreaterThan(0);
    expect([alert, metrics.filter((metric) => metric !== 'up' && !served.has(metric))]).toEqual([alert, []]);
  }
});

test('a broken expression is seen as one', () => {
  expect(readExpression('max by (portal (funnelwatch_x) > 1').hasError).toBe(true);
});

test('an alert has a severity, words, and a section that says what to do', async () => {
  const handbook = await readFile(repositoryFile('docs/operations.md'), 'utf8');
  const sections = [...handbook.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title);
  for (const { alert, labels, annotations } of rules) {
    expect([alert, labels.severity]).toEqual([alert, expect.stringMatching(/^(warning|critical)$/)]);
    expect([alert, annotations.summary, annotations.description]).toEqual([
      alert,
      expect.any(String),
      expect.any(String),
    ]);
    expect(annotations.runbook_url).toBe(`docs/operations.md#${alert.toLowerCase()}`);
    expect(sections).toContain(alert);
  }
});

/** Names that the built programs register with their metrics. */
async function namesOfMetrics(): Promise<Set<string>> {
  const names = new Set<string>();
  for (const top of ['apps', 'libs', 'libs/platform']) {
    for (const project of await readdir(repositoryFile(top))) {
      const dist = repositoryFile(`${top}/${project}/dist/`);
      const files = await readdir(dist, { recursive: true }).catch(() => [] as string[]);
      for (const path of files.filter((name) => name.endsWith('.js') && !name.startsWith('assets'))) {
        const text = await readFile(new URL(path, dist), 'utf8');
        for (const [, name = ''] of text.matchAll(/['"](funnelwatch_[a-z_]+)['"]/g)) names.add(name);
      }
    }
  }
  return names;
}
