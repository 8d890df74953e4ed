import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { documentedApplication } from './documented-application.js';
import { openApiDocument } from './openapi-document.js';

test('apps/api/openapi.json is what the routes say (npm run -w @funnelwatch/api openapi)', async () => {
  const application = await documentedApplication();
  const document: unknown = JSON.parse(JSON.stringify(openApiDocument(application)));
  await application.close();
  const committed: unknown = JSON.parse(await readFile(new URL('../../openapi.json', import.meta.url), 'utf8'));
  expect(document).toEqual(committed);
});
