import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { SwaggerModule } from '@nestjs/swagger';
import type { Registry } from '@funnelwatch/observability';
import { ApiModule, type ApiParts } from './api.module.js';
import { PositionWatch } from './changes/position-watch.js';
import { nestLog } from './http/nest-log.js';
import { operations, requestMetrics } from './http/operations.js';
import { loopbackOnly, securityHeaders } from './http/security.js';
import { serveConsole } from './http/serve-console.js';
import { exportHoles } from './operations/hole-metric.js';
import { HoleWatch } from './operations/hole-watch.js';
import { withoutScope } from './scope/portal-scope.guard.js';
import { openApiDocument } from './openapi/openapi-document.js';

export interface ApiOptions {
  metrics: Registry;
  /** Folder of the built console; null for the API alone. */
  consoleFolder: string | null;
}

const bodyLimit = '100kb';

/** The application, ready to listen. `close` on what it returns ends open streams first. */
export async function createApi(parts: ApiParts, options: ApiOptions): Promise<NestExpressApplication> {
  const application = await NestFactory.create<NestExpressApplication>(ApiModule.with(parts), {
    bodyParser: false,
    forceCloseConnections: true,
    logger: nestLog(parts.logger),
    abortOnError: false,
  });
  application.disable('x-powered-by');
  application.disable('etag');
  application.use(requestMetrics(options.metrics), securityHeaders, loopbackOnly, withoutScope);
  application.use(operations(options.metrics, () => readiness(parts)));
  exportHoles(options.metrics, application.get(HoleWatch));
  application.use('/api', noStore);
  application.useBodyParser('json', { limit: bodyLimit, strict: true });
  SwaggerModule.setup('docs', application, openApiDocument(application), {
    jsonDocumentUrl: 'docs/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Funnelwatch API',
  });
  if (options.consoleFolder !== null && !serveConsole(application, options.consoleFolder)) {
    parts.logger.warn({ folder: options.consoleFolder }, 'the console is not built: only the API is served');
  }
  return application;
}

/** Streams never end by themselves and would hold the server open. */
export async function closeApi(application: NestExpressApplication): Promise<void> {
  application.get(PositionWatch).close();
  await application.close();
}

async function readiness({ pool }: ApiParts) {
  try {
    await pool.query('SELECT FROM read.funnel_progress LIMIT 1');
    return { ready: true, checks: { database: true } };
  } catch {
    return { ready: false, checks: { database: false } };
  }
}

function noStore(
  _request: unknown,
  response: { setHeader(name: string, value: string): void },
  next: () => void,
): void {
  response.setHeader('cache-control', 'no-store');
  next();
}
