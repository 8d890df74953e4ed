import { expect, test } from '@jest/globals';
import { BatchSize } from './batch-size.js';

test('grows to 50 while requests are fast', () => {
  const size = new BatchSize();
  const sizes = [size.commands];
  for (let index = 0; index < 4; index += 1) {
    size.observe(size.commands, 500);
    sizes.push(size.commands);
  }
  expect(sizes).toEqual([10, 20, 40, 50, 50]);
});

test('shrinks so that the next request takes 20 seconds, and begins anew after a failure', () => {
  const size = new BatchSize({ least: 10, most: 50, targetMs: 20_000 });
  size.observe(10, 100);
  size.observe(20, 100);
  size.observe(40, 40_000);
  expect(size.commands).toBe(20);
  size.observe(20, 100);
  size.observeFailure();
  expect(size.commands).toBe(10);
});
