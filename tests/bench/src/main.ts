import { mkdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { measureAppend } from './append/append.js';
import { measureBackfill } from './backfill.js';
import { measureDashboards } from './dashboards/dashboards.js';
import { measureKafka } from './kafka/kafka.js';
import { measureLatency } from './latency/latency.js';
import { measureMetrics } from './metrics/metrics.js';
import { measurePay } from './pay/pay.js';
import { measureRebuildMemory } from './memory/rebuild-memory.js';
import { measureRebuild } from './rebuild/rebuild.js';
import { measureRequests } from './requests.js';
import { measureSignIn } from './sign-in.js';
import type { Row } from './row.js';
import { measureConditions } from './rules/conditions.js';
import { measureDeadlines } from './rules/deadlines.js';
import { measureEngineLoad } from './rules/engine-load.js';
import { measureFactToCase } from './rules/fact-to-case.js';
import { measureVerdict } from './rules/verdict.js';
import { measureWalls } from './walls/walls.js';

/**
 * Prints what the product reaches on this machine as a table and writes it as JSON, one file a part. Figures are for
 * reading: no test asserts a time. `npm run bench -- append backfill` runs these parts.
 */
const parts: Record<string, () => Promise<Row[]>> = {
  append: measureAppend,
  rebuild: measureRebuild,
  memory: measureRebuildMemory,
  latency: measureLatency,
  kafka: measureKafka,
  'sign-in': measureSignIn,
  requests: measureRequests,
  backfill: measureBackfill,
  walls: measureWalls,
  conditions: measureConditions,
  'rule-engine': measureEngineLoad,
  deadlines: measureDeadlines,
  'fact-to-case': measureFactToCase,
  verdict: measureVerdict,
  pay: measurePay,
  metrics: measureMetrics,
  dashboards: measureDashboards,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in parts));
if (unknown.length > 0) {
  process.stderr.write(`There is no part ${unknown.join(', ')}; the parts are ${Object.keys(parts).join(', ')}.\n`);
  process.exit(2);
}
const folder = fileURLToPath(new URL('../results', import.meta.url));
await mkdir(folder, { recursive: true });
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`${name} …\n`);
  const rows = await measure();
  for (const row of rows) {
    const verdict =
      row.target === null ? '' : row.reached ? ` (target ${row.target}: reached)` : ` (target ${row.target}: MISSED)`;
    process.stdout.write(`  ${row.work.padEnd(86)} ${row.figure}${verdict}\n`);
  }
  const cores = cpus().length;
  await writeFile(`${folder}/${name}.json`, `${JSON.stringify({ measuredAt: new Date(), cores, rows }, null, 2)}\n`);
}
