import { counterOf, histogramOf, type Registry } from '@funnelwatch/observability';
import type { NextFunction, Request, Response } from 'express';

export type Readiness = () => Promise<{ ready: boolean; checks: Record<string, boolean | string> }>;

/** Health and metrics on the port of the API itself. */
export function operations(registry: Registry, readiness: Readiness) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    switch (request.path) {
      case '/health/live':
        response.set('cache-control', 'no-store').json({ status: 'live' });
        return;
      case '/health/ready': {
        const { ready, checks } = await readiness();
        response.status(ready ? 200 : 503).set('cache-control', 'no-store');
        response.json({ status: ready ? 'ready' : 'not-ready', checks });
        return;
      }
      case '/metrics':
        response.set({ 'content-type': registry.contentType, 'cache-control': 'no-store' });
        response.send(await registry.metrics());
        return;
      default:
        next();
    }
  };
}

/**
 * Counts requests by route pattern and class of the status, never by address: ids and filters stay out of the metrics, and whoever
 * asks for what is not there makes no new series. Health and metrics are asked by machines and are left out.
 */
export function requestMetrics(registry: Registry) {
  const seconds = histogramOf(registry, 'funnelwatch_api_request_seconds');
  const streams = counterOf(registry, 'funnelwatch_api_streams_total');
  return (request: Request, response: Response, next: NextFunction): void => {
    if (request.path === '/metrics' || request.path.startsWith('/health/')) return next();
    const startedAt = performance.now();
    response.once('finish', () => {
      if (response.getHeader('content-type') === 'text/event-stream') return streams.inc();
      const route = (request.route as { path?: unknown } | undefined)?.path;
      seconds.observe(
        {
          method: knownMethods.has(request.method) ? request.method : 'other',
          route: typeof route === 'string' ? route : 'other',
          status: `${Math.floor(response.statusCode / 100)}xx`,
        },
        (performance.now() - startedAt) / 1000,
      );
    });
    next();
  };
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS']);
