import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CaptureBench, SimulatedPortal } from '../portal.spec-fixture.js';

describe('backfill of a small company', () => {
  let portal: SimulatedPortal;
  let bench: CaptureBench;

  beforeAll(async () => {
    portal = await SimulatedPortal.start('--company', 'tiny', '--seed', '7', '--deals', '60');
  });
  afterAll(() => portal.stop());
  beforeEach(async () => {
    bench = await CaptureBench.create();
  });
  afterEach(() => bench.close());

  it('reads everything the portal lists, once', async () => {
    await bench.backfill(portal.webhookUrl);
    const progress = await bench.progress();
    console.log(progress);
    expect(progress.every(({ state, done, total }) => state === 'done' && done === total)).toBe(true);
    const events = await bench.events();
    const counts: Record<string, number> = {};
    for (const event of events) counts[event.type] = (counts[event.type] ?? 0) + 1;
    console.log(counts, await portal.control('counters'));
    await bench.backfill(portal.webhookUrl);
    expect(await bench.events()).toHaveLength(events.length);
  });
});
