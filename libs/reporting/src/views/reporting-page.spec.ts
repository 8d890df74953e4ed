import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { format } from 'prettier';
import { reportingPage } from './reporting-page.js';

test('docs/grafana-views.md is what the views say (npm run -w @funnelwatch/reporting page)', async () => {
  const committed = await readFile(new URL('../../../../docs/grafana-views.md', import.meta.url), 'utf8');
  expect(committed).toBe(await format(reportingPage(), { parser: 'markdown', printWidth: 120, singleQuote: true }));
});
