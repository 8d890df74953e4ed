import { readFile, writeFile } from 'node:fs/promises';
import { withMetricsTable } from './metrics-table.js';

const page = new URL('../../../../docs/operations.md', import.meta.url);
await writeFile(page, withMetricsTable(await readFile(page, 'utf8')));
