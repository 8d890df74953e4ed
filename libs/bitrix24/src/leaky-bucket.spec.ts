import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LeakyBucket } from './leaky-bucket.js';
import { limiterProfiles } from './limiter.js';

const { drainPerSecond, capacity } = limiterProfiles.standard.intensity;

/** The portal's own counter: refuses when a request finds more than 50. */
class PortalCounter {
  private level = 0;
  private atMs = 0;
  isRefused(nowMs: number): boolean {
    this.level = Math.max(0, this.level - ((nowMs - this.atMs) / 1000) * 2);
    this.atMs = nowMs;
    if (this.level > 50) return true;
    this.level += 1;
    return false;
  }
}

test('the portal never refuses, whatever the gaps between requests and their time on the way', () => {
  const gapsAndLatencies = fc.array(fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0, max: 1000 })), {
    minLength: 100,
    maxLength: 400,
  });
  fc.assert(
    fc.property(gapsAndLatencies, (requests) => {
      const bucket = new LeakyBucket(drainPerSecond, capacity);
      let nowMs = 0;
      const arrivals: number[] = [];
      for (const [gapMs, latencyMs] of requests) {
        // Gaps far below the drain would never fill the counter: most requests come at once.
        nowMs += gapMs % 7 === 0 ? gapMs : 0;
        nowMs += bucket.waitMs(nowMs);
        bucket.add(nowMs);
        arrivals.push(nowMs + latencyMs);
      }
      const portal = new PortalCounter();
      return arrivals.sort((one, other) => one - other).every((atMs) => !portal.isRefused(atMs));
    }),
    { numRuns: 200 },
  );
});

test('a burst passes at once, then requests go at the drain rate', () => {
  const bucket = new LeakyBucket(2, 45);
  let nowMs = 1_000_000;
  for (let index = 0; index < 45; index += 1) {
    expect(bucket.waitMs(nowMs)).toBe(0);
    bucket.add(nowMs);
  }
  for (let index = 0; index < 20; index += 1) {
    const waitMs = bucket.waitMs(nowMs);
    expect(waitMs).toBeLessThanOrEqual(500);
    nowMs += waitMs;
    bucket.add(nowMs);
  }
  expect(nowMs - 1_000_000).toBe(10_000);
});

test('after a refusal the counter is taken as full', () => {
  const bucket = new LeakyBucket(2, 45);
  bucket.fill(0);
  expect(bucket.waitMs(0)).toBe(1500);
});

test('a clock that jumps back delays and never frees', () => {
  const bucket = new LeakyBucket(2, 2);
  bucket.add(10_000);
  bucket.add(10_000);
  expect(bucket.waitMs(5000)).toBe(500);
  expect(bucket.level(5000)).toBe(2);
});
