import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { documentedApplication } from '../openapi/documented-application.js';
import { openApiDocument } from '../openapi/openapi-document.js';
import { rolesPage } from './roles-page.js';

const application = await documentedApplication();
await writeFile(new URL('../../../../docs/roles.md', import.meta.url), rolesPage(openApiDocument(application)));
await application.close();
