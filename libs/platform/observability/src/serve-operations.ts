import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Rejection } from '@funnelwatch/kernel';
import type { Registry } from 'prom-client';

export interface Readiness {
  ready: boolean;
  /** What a person looks at when it is not: name of a part → its state. */
  checks?: Record<string, string | number | boolean>;
}

export interface OperationsServer {
  host: string;
  port: number;
  close(): Promise<void>;
}

/**
 * Serves `/health/live` (200 while the process answers), `/health/ready` (200 or 503 by `ready`) and `/metrics`
 * (Prometheus text). Port 0 takes a free one. Throws `Rejection` PORT_TAKEN.
 */
export async function serveOperations(options: {
  port: number;
  host?: string;
  ready: () => boolean | Readiness | Promise<boolean | Readiness>;
  registry: Registry;
}): Promise<OperationsServer> {
  const host = options.host ?? '127.0.0.1';
  const server = createServer((request, response) => void answer(request, response, options));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      reject(
        new Rejection(
          'PORT_TAKEN',
          `Port ${options.port} on ${host} is taken by another program. Stop it, or set PORT to a free port (0 takes any).`,
          { cause: error, details: { port: options.port } },
        ),
      );
    });
    server.listen(options.port, host, resolve);
  });
  return {
    host,
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: Parameters<typeof serveOperations>[0],
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'text/plain', '');
  try {
    switch (path) {
      case '/health/live':
        return sendJson(response, 200, { status: 'live' });
      case '/health/ready': {
        const state = await options.ready();
        const readiness = typeof state === 'boolean' ? { ready: state } : state;
        return sendJson(response, readiness.ready ? 200 : 503, {
          status: readiness.ready ? 'ready' : 'not-ready',
          checks: readiness.checks ?? {},
        });
      }
      case '/metrics':
        return send(response, 200, options.registry.contentType, await options.registry.metrics());
      default:
        return sendJson(response, 404, { status: 'unknown path' });
    }
  } catch (error) {
    sendJson(response, 503, { status: 'not-ready', reason: error instanceof Rejection ? error.code : 'INTERNAL' });
  }
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  send(response, status, 'application/json', JSON.stringify(body));
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(body);
}
