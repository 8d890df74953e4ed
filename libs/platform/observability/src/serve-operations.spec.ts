import { afterEach, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { createMetrics } from './metrics.js';
import { type OperationsServer, type Readiness, serveOperations } from './serve-operations.js';

const servers: OperationsServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

async function serve(ready: () => boolean | Readiness, registry = new Registry()): Promise<string> {
  const server = await serveOperations({ port: 0, ready, registry });
  servers.push(server);
  return `http://127.0.0.1:${server.port}`;
}

test('live is always 200, ready follows the program', async () => {
  let isReady = false;
  const address = await serve(() => ({ ready: isReady, checks: { database: isReady ? 'up' : 'down' } }));
  expect((await fetch(`${address}/health/live`)).status).toBe(200);
  const before = await fetch(`${address}/health/ready`);
  expect(before.status).toBe(503);
  expect(await before.json()).toEqual({ status: 'not-ready', checks: { database: 'down' } });
  isReady = true;
  expect((await fetch(`${address}/health/ready`)).status).toBe(200);
});

test('a readiness check that throws is not ready, and unknown paths are 404', async () => {
  const address = await serve(() => {
    throw new Error('no');
  });
  expect((await fetch(`${address}/health/ready`)).status).toBe(503);
  expect((await fetch(`${address}/other`)).status).toBe(404);
});

test('metrics carry the name of the app', async () => {
  const address = await serve(() => true, createMetrics({ app: 'api' }));
  expect(await (await fetch(`${address}/metrics`)).text()).toContain('app="api"');
});

test('a taken port is refused with a sentence', async () => {
  const first = await serveOperations({ port: 0, ready: () => true, registry: new Registry() });
  servers.push(first);
  await expect(
    serveOperations({ port: first.port, ready: () => true, registry: new Registry() }),
  ).rejects.toMatchObject({ code: 'PORT_TAKEN' });
});
