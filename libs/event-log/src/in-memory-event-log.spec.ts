import { describe, expect, test } from '@jest/globals';
import { eventLogConformance } from './conformance/event-log.spec-fixture.js';
import { groupOf, portalA } from './conformance/events.spec-fixture.js';
import { InMemoryEventLog } from './in-memory-event-log.js';

describe('the log in memory', () => {
  eventLogConformance(async () => new InMemoryEventLog());

  test('tells its listeners what grew', async () => {
    const log = new InMemoryEventLog();
    const told: number[] = [];
    const stop = log.onAppend((bucket) => told.push(bucket));
    await log.append(portalA, [groupOf('deal:1', 'none', 'a')]);
    await log.append(portalA, [groupOf('deal:1', 'none', 'a')]);
    stop();
    await log.append(portalA, [groupOf('deal:1', 'any', 'b')]);
    expect(told).toEqual([3]);
  });
});
