import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { rowsOfMetrics, shownRows, withMetricsTable } from './metrics-table.js';

const handbook = (): Promise<string> => readFile(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');

test('the handbook tells every metric of the contract, and no other', async () => {
  expect(shownRows(await handbook())).toEqual(rowsOfMetrics());
});

test('the table is made anew where it stands, and the rest of the page stays', async () => {
  const page = await handbook();
  const stale = page.replace(/\| `funnelwatch_log_holes`.*\n/, '');
  expect(shownRows(stale)).not.toEqual(rowsOfMetrics());
  const anew = withMetricsTable(stale);
  expect(shownRows(anew)).toEqual(rowsOfMetrics());
  const around = (text: string) => text.split(/<!-- (?:metrics|end of metrics)[^]*?-->/);
  expect([around(anew)[0], around(anew)[2]]).toEqual([around(page)[0], around(page)[2]]);
  expect(() => withMetricsTable('# Another page')).toThrow('where its table');
});
