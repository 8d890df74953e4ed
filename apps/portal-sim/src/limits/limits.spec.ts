import { describe, expect, it } from '@jest/globals';
import { OperatingTime } from './operating-time.js';
import { RequestBuckets } from './request-bucket.js';

describe('the request bucket', () => {
  const limits = { perSecond: 2, burst: 50, countsRefused: false };

  it('takes a burst, then drains two a second', () => {
    const buckets = new RequestBuckets();
    const taken = Array.from({ length: 60 }, () => buckets.admit('a', limits, 0)).filter(Boolean).length;
    expect(taken).toBe(51);
    expect(buckets.admit('a', limits, 499)).toBe(false);
    expect(buckets.admit('a', limits, 1000)).toBe(true);
    expect(buckets.admit('b', limits, 1000)).toBe(true);
  });

  it('fills up with refused requests when told so', () => {
    const buckets = new RequestBuckets();
    for (let count = 0; count < 60; count++) buckets.admit('a', { ...limits, countsRefused: true }, 0);
    expect(buckets.admit('a', { ...limits, countsRefused: true }, 1000)).toBe(false);
  });
});

describe('operating time', () => {
  it('falls in steps, each ten minutes after the first call of its minute', () => {
    const operating = new OperatingTime();
    operating.charge('m', 100, 30_000);
    operating.charge('m', 50, 59_000);
    operating.charge('m', 25, 61_000);
    expect(operating.seconds('m', 62_000)).toBe(175);
    expect(operating.resetAtMs('m', 62_000)).toBe(630_000);
    expect(operating.seconds('m', 629_999)).toBe(175);
    expect(operating.seconds('m', 630_000)).toBe(25);
    expect(operating.seconds('m', 661_000)).toBe(0);
    expect(operating.resetAtMs('m', 661_000)).toBeNull();
  });
});
