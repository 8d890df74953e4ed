import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CaptureBench, eventually, SimulatedPortal } from './portal.spec-fixture.js';

describe('connection to a portal', () => {
  let portal: SimulatedPortal;
  let bench: CaptureBench;

  beforeAll(async () => {
    portal = await SimulatedPortal.start('--company', 'tiny', '--seed', '2', '--deals', '10');
  });
  afterAll(() => portal.stop());
  beforeEach(async () => {
    bench = await CaptureBench.create();
  });
  afterEach(async () => {
    await portal.control('faults', null, 'DELETE');
    await bench.close();
  });

  const lastReport = () => bench.reports.at(-1);

  it.each([
    ['a revoked webhook', { kind: 'error', code: 'NO_AUTH_FOUND', status: 401 }, 'WEBHOOK_INVALID'],
    ['a missing scope', { kind: 'error', code: 'insufficient_scope', status: 403 }, 'SCOPE_MISSING'],
    ['a portal that is gone', { kind: 'html-404' }, 'PORTAL_GONE'],
  ])('shows %s and heals by itself', async (_name, fault, code) => {
    await portal.control('faults', fault);
    bench.start(portal.webhookUrl);
    await eventually(async () => lastReport()?.state === 'failed', 'the failure');
    expect(lastReport()).toMatchObject({ state: 'failed', code, message: expect.stringMatching(/\S+ \S+/) });
    expect((await bench.status())?.phase).toBe('failed');
    await portal.control('faults', null, 'DELETE');
    await eventually(async () => lastReport()?.state === 'connected', 'the recovery');
    await eventually(() => bench.certificate(), 'the certificate');
  });

  it('gets through a portal that answers every fourth request with HTML or not at all', async () => {
    await portal.control('faults', {
      faults: [
        { kind: 'html-502', probability: 0.15 },
        { kind: 'empty-503', probability: 0.1 },
        { kind: 'reset-after', probability: 0.05 },
      ],
    });
    bench.start(portal.webhookUrl);
    await eventually(() => bench.certificate(), 'the certificate');
    // Product rows are read owner by owner beside the passes, and may be read after the certificate.
    const isRead = (state: string): boolean => state === 'done' || state === 'unavailable';
    await eventually(async () => (await bench.progress()).every(({ state }) => isRead(state)), 'the whole backfill');
    expect((await bench.progress()).filter(({ done, total }) => done !== total)).toEqual([]);
  });

  it('reads everything else where calls and tasks are not allowed', async () => {
    const { webhooks } = await portal.control<{ webhooks: { code: string; scopes: string[] }[] }>('webhooks');
    const [webhook] = webhooks;
    const scopes = (webhook?.scopes ?? []).filter((scope) => !['telephony', 'call', 'task', 'tasks'].includes(scope));
    await portal.control('webhooks', { code: webhook?.code, scopes }, 'PATCH');
    bench.start(portal.webhookUrl);
    await eventually(() => bench.certificate(), 'the certificate');
    const refused = (await bench.progress()).filter(({ state }) => state === 'unavailable');
    expect(refused.map(({ listing, code }) => [listing, code])).toEqual([
      ['calls', 'SCOPE_MISSING'],
      ['tasks', 'SCOPE_MISSING'],
    ]);
    expect(lastReport()?.state).toBe('connected');
    await portal.control('webhooks', { code: webhook?.code, scopes: webhook?.scopes }, 'PATCH');
  });
});
