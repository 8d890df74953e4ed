import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import { openApiDocument } from './openapi-document.js';
import { documentedApplication } from './documented-application.js';

/** Writes apps/api/openapi.json, from which the console's types are generated. */
const application = await documentedApplication();
const text = await format(JSON.stringify(openApiDocument(application)), { parser: 'json' });
await writeFile(new URL('../../openapi.json', import.meta.url), text);
await application.close();
