import { expect, test } from '@jest/globals';
import { runsOf } from './time-line.js';

test.each([
  [[], []],
  [[4], [{ first: 4, length: 1 }]],
  [
    [7, 5, 6, 1, 5],
    [
      { first: 1, length: 1 },
      { first: 5, length: 3 },
    ],
  ],
])('the runs of %j', (versions, runs) => {
  expect(runsOf(versions)).toEqual(runs);
});
