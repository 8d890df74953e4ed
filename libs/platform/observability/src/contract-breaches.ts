import { metricContract, type MetricName, definitionOf, metricsOfApp } from './metric-contract.js';
import type { MetricsApp } from './metric-definition.js';
import { processMetrics } from './process-metrics.js';

const ownLabels: Readonly<Record<string, string>> = { counter: '', gauge: '', histogram: 'le' };
const known = new Set<string>(processMetrics);

/**
 * How a scrape of a program differs from the contract: a metric that is not in it or not of this program, one of another
 * kind, help or labels, and one that is missing. Empty when all is as agreed. `hasBrokers` for a program that works with Kafka.
 */
export function breachesOf(app: MetricsApp, scrape: string, options: { hasBrokers?: boolean } = {}): string[] {
  const breaches: string[] = [];
  const served = new Set<string>();
  let help = '';
  let current: MetricName | null = null;
  for (const line of scrape.split('\n')) {
    if (line.startsWith('# HELP ')) help = line;
    if (line.startsWith('# TYPE ')) {
      const [, , name = '', kind = ''] = line.split(' ');
      current = name in metricContract ? (name as MetricName) : null;
      served.add(name);
      if (current) breaches.push(...differencesOf(app, current, kind, help));
      else if (!known.has(name)) breaches.push(`${name} is not in the contract`);
    } else if (current && line !== '' && !line.startsWith('#')) {
      breaches.push(...labelBreach(current, line));
    }
  }
  const isWanted = (name: MetricName): boolean => options.hasBrokers === true || !definitionOf(name).needsBrokers;
  const missing = metricsOfApp(app).filter((name) => isWanted(name) && !served.has(name));
  return [...new Set([...breaches, ...missing.map((name) => `${name} is missing`)])];
}

function differencesOf(app: MetricsApp, name: MetricName, kind: string, help: string): string[] {
  const agreed = definitionOf(name);
  return [
    ...(agreed.apps.includes(app) ? [] : [`${name} is not a metric of ${app}`]),
    ...(agreed.kind === kind ? [] : [`${name} is a ${kind}`]),
    ...(help === `# HELP ${name} ${agreed.help}` ? [] : [`${name} has another help`]),
  ];
}

function labelBreach(name: MetricName, sample: string): string[] {
  const { kind, labels } = definitionOf(name);
  const found = [...(/\{(.*)\}/.exec(sample)?.[1] ?? '').matchAll(/(\w+)="(?:[^"\\]|\\.)*"/g)].map(
    ([, label]) => label,
  );
  const wanted = [...labels, 'app'].sort().join();
  const actual = found.filter((label) => label !== ownLabels[kind]).sort();
  return actual.join() === wanted ? [] : [`${name} has the labels ${actual.join()} instead of ${wanted}`];
}
