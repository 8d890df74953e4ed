import type { Row } from '../row.js';
import { measureOverhead } from './overhead.js';
import { measureScrapes } from './scrapes.js';

/** What it costs to be watched: how long a scrape takes, and what counting adds to the work that is counted. */
export async function measureMetrics(): Promise<Row[]> {
  return [...(await measureOverhead()), ...(await measureScrapes())];
}
