import { expect, test } from '@jest/globals';
import { createMetrics } from '@funnelwatch/observability';
import { kafkaGuards } from './kafka-guards.js';

test('every reason is shown from 0 on, and the feeds of a program count together', async () => {
  const registry = createMetrics({ app: 'projector' });
  const feeds = [kafkaGuards(registry), kafkaGuards(registry)];
  const shown = async (reason: string) =>
    new RegExp(`^funnelwatch_kafka_guard_total\\{reason="${reason}",app="projector"\\} (\\d+)$`, 'm').exec(
      await registry.metrics(),
    )?.[1];
  for (const reason of ['foreign', 'undecodable', 'wrong digest', 'broken chain', 'stalled', 'crashed']) {
    expect([reason, await shown(reason)]).toEqual([reason, '0']);
  }
  for (const guard of feeds) guard('foreign');
  expect(await shown('foreign')).toBe('2');
});
