import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { measureBackfill } from './backfill.js';
import { measureRequests } from './requests.js';
import type { Row } from './row.js';

/**
 * Prints what the product reaches on this machine as a table and writes it as JSON. Figures are for reading: no test
 * asserts a time. `npm run bench -- backfill` runs one part.
 */
const parts: Record<string, () => Promise<Row[]>> = {
  requests: measureRequests,
  backfill: measureBackfill,
};

const wanted = process.argv.slice(2);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`${name} …\n`);
  for (const row of await measure()) {
    rows.push(row);
    const verdict =
      row.target === null ? '' : row.reached ? ` (target ${row.target}: reached)` : ` (target ${row.target}: MISSED)`;
    process.stdout.write(`  ${row.work.padEnd(64)} ${row.figure}${verdict}\n`);
  }
}
const folder = fileURLToPath(new URL('../results', import.meta.url));
await mkdir(folder, { recursive: true });
await writeFile(`${folder}/latest.json`, `${JSON.stringify(rows, null, 2)}\n`);
