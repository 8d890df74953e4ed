import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { documentedApplication } from './documented-application.js';
import { openApiDocument } from './openapi-document.js';

/** Writes apps/api/openapi.json, from which the console's types are generated. */
const application = await documentedApplication();
await writeFile(new URL('../../openapi.json', import.meta.url), JSON.stringify(openApiDocument(application)));
await application.close();
