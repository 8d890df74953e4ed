import { definitionOf, metricContract, type MetricName } from './metric-contract.js';

const begin = '<!-- metrics: made by `npm run -w @funnelwatch/observability metrics`; do not edit -->';
const end = '<!-- end of metrics -->';

/** Rows of the table of metrics in the handbook, the heading first. */
export function rowsOfMetrics(): string[][] {
  const rows = (Object.keys(metricContract) as MetricName[]).map((name) => {
    const { labels, help, worry, apps, needsBrokers } = definitionOf(name);
    const label = labels.length === 0 ? '' : `{${labels.join(',')}}`;
    const served = `${apps.join(', ')}${needsBrokers ? ' with Kafka' : ''}`;
    return [`\`${name}${label}\``, help.replace(/\.$/, ''), served, worry ?? '–'];
  });
  return [
    ['Metric', 'Says', 'Served by', 'Worry when'],
    ...rows,
    [
      '`process_resident_memory_bytes`, `nodejs_eventloop_lag_seconds` and others of Node',
      'The process itself',
      'all',
      'memory near the limit of its container',
    ],
  ];
}

/** The page with its table of metrics made anew. Throws when it has no place for one. */
export function withMetricsTable(page: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error('The page does not say where its table of metrics stands');
  const [heading = [], ...rows] = rowsOfMetrics();
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const table = [line(heading), line(heading.map(() => '---')), ...rows.map(line)].join('\n');
  return `${page.slice(0, from)}${begin}\n\n${table}\n\n${page.slice(to)}`;
}

/** Cells of the table of metrics that the page shows. */
export function shownRows(page: string): string[][] {
  const table = page.slice(page.indexOf(begin) + begin.length, page.indexOf(end));
  return table
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));
}
