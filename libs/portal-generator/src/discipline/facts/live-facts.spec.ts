import { expect, test } from '@jest/globals';
import { SmallPortal, smallSettings, when } from '../small-portal.spec-fixture.js';
import { breachesOf } from '../account.js';
import { liveFactsOf } from './live-facts.js';

test('a deletion counts when it is noticed, and not at all when it is noticed too late', () => {
  const { operations } = new SmallPortal().deal('01 09:00').remove('01 10:00', 'deal:1');
  const options = { until: when('03 12:00'), zone: 'Europe/Moscow' };
  const voidAt = (noticedAfterHours: number) => {
    const noticed = { vanishingNoticedAt: (at: number) => at + noticedAfterHours * 3_600_000 };
    const breaches = breachesOf(liveFactsOf(operations, { ...options, ...noticed }), smallSettings, options);
    return breaches.filter(({ ruleId }) => ruleId === 'F01').map((breach) => breach.voidAt);
  };
  expect(voidAt(0)).toEqual([]);
  expect(voidAt(30)).toEqual([when('02 16:00')]);
  expect(voidAt(100)).toEqual([null]);
});

test('a call that is under way at the end is known to who watched on until it was written down', () => {
  const { operations } = new SmallPortal().deal('01 09:00').call('02 10:00', 'deal:1', { seconds: 600 });
  const written = operations.map((one) =>
    'entity' in one && one.entity === 'call' ? { ...one, at: one.at + 600_000 } : one,
  );
  const options = { until: when('02 10:05'), zone: 'Europe/Moscow' };
  expect(liveFactsOf(written, options)).toMatchObject({ calls: [], activities: [] });
  const watchedOn = liveFactsOf(written, { ...options, writtenUntil: when('02 10:10') });
  expect(watchedOn.calls.map(({ startedAt }) => startedAt)).toEqual([when('02 10:00')]);
  expect(watchedOn.activities.map(({ createdAt }) => createdAt)).toEqual([when('02 10:00')]);
  const begunLater = liveFactsOf(written, { ...options, until: when('02 09:59'), writtenUntil: when('02 10:10') });
  expect(begunLater.calls).toEqual([]);
});
