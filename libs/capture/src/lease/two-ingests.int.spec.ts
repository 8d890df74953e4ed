import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CaptureBench, eventually, SimulatedPortal } from '../portal.spec-fixture.js';
import { CaptureWriter } from '../write/capture-writer.js';
import { acquireLease, LeaseLost, renewLease } from './capture-lease.js';

describe('two ingests of one portal', () => {
  let portal: SimulatedPortal;
  let bench: CaptureBench;

  beforeAll(async () => {
    portal = await SimulatedPortal.start('--company', 'tiny', '--seed', '3', '--deals', '15');
  });
  afterAll(() => portal.stop());
  beforeEach(async () => {
    bench = await CaptureBench.create();
  });
  afterEach(() => bench.close());

  it('add no fact twice; when one stops, the other carries on', async () => {
    const stopFirst = bench.start(portal.webhookUrl);
    const stopSecond = bench.start(portal.webhookUrl);
    await eventually(() => bench.certificate(), 'the first certificate');
    const appeared = (await bench.facts()).filter(({ type }) => /Appeared$/.test(type));
    expect(new Set(appeared.map(({ streamId }) => streamId)).size).toBe(appeared.length);
    const { rows } = await bench.pool.query<{ holder: string }>('SELECT holder FROM capture.lease');
    expect(rows).toHaveLength(1);
    const count = (await bench.facts()).length;
    await stopFirst();
    const id = await portal.call<number>('crm.deal.add', { fields: { TITLE: 'После смены' } });
    await eventually(
      async () => (await bench.facts()).some(({ streamId }) => streamId === `deal:${id}`),
      'the deal in the other ingest',
    );
    await stopSecond();
    const facts = await bench.facts();
    expect(facts.slice(count).every(({ streamId }) => streamId.endsWith(`:${id}`))).toBe(true);
  });

  it('a paused one is fenced: its writing rolls back', async () => {
    const paused = await acquireLease(bench.pool, bench.portal, 'paused', 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const taken = await acquireLease(bench.pool, bench.portal, 'other', 5000);
    expect(taken?.epoch).toBe((paused?.epoch ?? 0) + 1);
    expect(await acquireLease(bench.pool, bench.portal, randomUUID(), 5000)).toBeNull();
    if (!paused) throw new Error('The first lease was not given');
    const writer = new CaptureWriter(bench.pool, bench.log, paused);
    await expect(writer.write(async () => undefined)).rejects.toBeInstanceOf(LeaseLost);
    await expect(renewLease(bench.pool, paused, 5000)).rejects.toBeInstanceOf(LeaseLost);
  });
});
