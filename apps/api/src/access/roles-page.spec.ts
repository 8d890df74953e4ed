import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { format } from 'prettier';
import { documentedApplication } from '../openapi/documented-application.js';
import { openApiDocument } from '../openapi/openapi-document.js';
import { rolesPage } from './roles-page.js';

test('docs/roles.md is what the policy table and the routes say (npm run -w @funnelwatch/api roles)', async () => {
  const application = await documentedApplication();
  const page = rolesPage(openApiDocument(application));
  await application.close();
  const committed = await readFile(new URL('../../../../docs/roles.md', import.meta.url), 'utf8');
  expect(committed).toBe(await format(page, { parser: 'markdown', printWidth: 120, singleQuote: true }));
});
