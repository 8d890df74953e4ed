import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Program } from './program.js';

type Finding = Record<string, unknown>;

let portal: Program;
let vendor: Program;
let lastId = 0;

beforeAll(async () => {
  portal = await Program.start('apps/portal-sim/src/main.ts', [
    '--company',
    'tiny',
    '--seed',
    '4',
    '--deals',
    '60',
    '--operating-cost',
    '0',
  ]);
  vendor = await Program.start('tests/conformance/src/vendor-process.ts', [], {
    NODE_EXTRA_CA_CERTS: String(portal.ready.caPath),
  });
});
afterEach(async () => {
  await control('/faults', undefined, 'DELETE');
  await control('/settings', { requestBurst: 50, requestsPerSecond: 2, subscription: 'active' });
});
afterAll(async () => {
  await vendor.stop();
  await portal.stop();
});

function ask(scenario: string, webhookUrl = String(portal.ready.tlsWebhookUrl)): Promise<Finding> {
  const id = ++lastId;
  return new Promise((resolve, reject) => {
    const listener = (message: { id?: number; finding?: Finding; error?: string }) => {
      if (message.id !== id) return;
      vendor.process.off('message', listener);
      if (message.finding) resolve(message.finding);
      else reject(new Error(message.error));
    };
    vendor.process.on('message', listener);
    vendor.process.send({ id, scenario, webhookUrl });
  });
}

async function control(route: string, body?: unknown, verb?: string): Promise<Finding> {
  const response = await fetch(`${String(portal.ready.controlUrl)}${route}`, {
    method: verb ?? (body === undefined ? 'GET' : 'POST'),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Finding;
}

async function counters(): Promise<{
  httpRequests: number;
  refusedRequests: number;
  methods: Record<string, { calls: number }>;
}> {
  return (await control('/counters')) as Awaited<ReturnType<typeof counters>>;
}

describe('the vendor’s client against the simulated portal', () => {
  it('learns who it is and that the portal is well', async () => {
    expect(await ask('whoAmI')).toMatchObject({ profile: { ID: '1', ADMIN: true } });
    expect(await ask('healthy')).toEqual({ isHealthy: true });
  });

  it('reads counted pages and the fast walk alike', async () => {
    const counted = await ask('countedPages');
    const ids = counted.ids as string[];
    expect(ids.length).toBeGreaterThan(100);
    expect(counted.total).toBe(ids.length);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await ask('wholeClassicList')).toEqual({ ids });
  });

  it('walks universal items, stage history and tasks by their own keys', async () => {
    const deals = (await ask('wholeItemList')).ids as string[];
    expect(deals.length).toBeGreaterThan(20);
    const { sizes, stages } = (await ask('fetchedHistory')) as { sizes: number[]; stages: string[] };
    expect(sizes.length).toBeGreaterThan(2);
    expect(sizes.slice(0, -1).every((size) => size === 50)).toBe(true);
    expect(stages).toEqual(expect.arrayContaining(['NEW', 'WON', 'C5:NEW']));
    expect(((await ask('fetchedTasks')).ids as string[]).length).toBeGreaterThan(0);
  });

  it('sends batches: named ones with references, failing ones, and more than fifty commands', async () => {
    expect(await ask('namedBatch')).toEqual({
      isSuccess: true,
      deals: expect.any(Number),
      first: '1',
      users: expect.any(Number),
    });
    const partial = await ask('batchWithError');
    expect(partial).toMatchObject({ isSuccess: false, rows: 2 });
    expect(Object.keys(partial.errors as Finding)).toEqual(['1']);
    expect(await ask('batchByChunk')).toEqual({ isSuccess: true, rows: 120 });
  });

  it('writes and reads back what it wrote', async () => {
    expect(await ask('write')).toEqual({ stageId: 'WON', closed: 'Y', opportunity: 1500.5, deleted: true });
  });

  it('understands errors of methods and of the platform', async () => {
    expect(await ask('missingObject')).toMatchObject({ failed: true, status: 400 });
    expect(await ask('missingItem')).toMatchObject({ failed: true, code: 'NOT_FOUND', status: 400 });
    expect(await ask('unknownMethod')).toMatchObject({ failed: true, code: 'ERROR_METHOD_NOT_FOUND', status: 404 });
    const revoked = String(portal.ready.tlsWebhookUrl).replace(/\/rest\/1\/[^/]+\//, '/rest/1/0000000000000000/');
    expect(await ask('anyCall', revoked)).toMatchObject({ failed: true, code: 'NO_AUTH_FOUND', status: 401 });
    await control('/settings', { subscription: 'lapsed' });
    expect(await ask('anyCall')).toMatchObject({ failed: true, code: 'ACCESS_DENIED', status: 403 });
  });

  it('tries again what the limit refused, and gets through', async () => {
    await control('/settings', { requestBurst: 0, requestsPerSecond: 1000 });
    // What earlier specs poured into the bucket has drained by the time this call is answered.
    await ask('whoAmI');
    await control('/settings', { requestsPerSecond: 1 });
    const before = await counters();
    expect(await ask('anyCall')).toEqual({ failed: false });
    expect(await ask('anyCall')).toEqual({ failed: false });
    const after = await counters();
    expect(after.refusedRequests).toBeGreaterThan(before.refusedRequests);
  });

  it('tries again after a passing failure of the server, and gives up at a fatal one at once', async () => {
    await control('/faults', { kind: 'html-502', method: 'crm.deal.list', count: 1 });
    expect(await ask('anyCall')).toEqual({ failed: false });
    await control('/faults', { kind: 'error', method: 'crm.deal.list', code: 'PORTAL_DELETED' });
    const before = (await counters()).httpRequests;
    expect(await ask('anyCall')).toMatchObject({ failed: true, code: 'PORTAL_DELETED' });
    expect((await counters()).httpRequests - before).toBe(1);
  });

  it('refuses plain HTTP, which is why the simulator speaks TLS too', async () => {
    await expect(ask('whoAmI', String(portal.ready.webhookUrl))).rejects.toThrow();
  });
});
