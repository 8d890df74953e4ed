import { expect, test } from '@jest/globals';
import { Rejection } from '@funnelwatch/kernel';
import { BucketLost, BucketStopped, isAboutEvent } from './failures.js';

const withCode = (code: string, more = {}) => Object.assign(new Error('text'), { code, ...more });

test.each([
  ['a value out of range', withCode('22003'), true],
  ['a broken constraint', withCode('23514'), true],
  ['a rejection of the projection', new Rejection('PLAN_ODD', 'odd'), true],
  ['a bug that this event brings out', new TypeError('x is undefined'), true],
  ['something thrown that is no error', 'text', true],
  ['a deadlock', withCode('40P01'), false],
  ['a lost connection', withCode('ECONNRESET'), false],
  ['a missing right', withCode('42501'), false],
  ['a missing table', withCode('42P01'), false],
  ['a read-only server', withCode('25006'), false],
  ['a fault of the operating system', withCode('EMFILE', { syscall: 'open', errno: -24 }), false],
  ['a bucket of another worker', new BucketLost(), false],
  ['a hole in the feed', new BucketStopped('FEED_HAS_HOLE', 'hole'), false],
])('%s', (_title, error, expected) => {
  expect(isAboutEvent(error)).toBe(expected);
});
