import { describe, expect, test } from '@jest/globals';
import { type Limits, thresholdsOf } from './thresholds.js';

const steps = (limits?: Limits): [number | null, string][] =>
  thresholdsOf(limits).steps.map(({ value, color }) => [value, color]);

test('without limits nothing but the neutral base is there, so nothing turns green by default', () => {
  expect(steps()).toEqual([[null, 'text']]);
});

test('where higher is worse a figure goes from green through orange to red', () => {
  expect(steps({ worse: 'higher', warnAt: 60, criticalAt: 300 })).toEqual([
    [null, 'text'],
    [0, 'green'],
    [60, 'orange'],
    [300, 'red'],
  ]);
});

test('where lower is worse it goes from red through orange to green', () => {
  expect(steps({ worse: 'lower', warnAt: 1, criticalAt: 0.8 })).toEqual([
    [null, 'text'],
    [0, 'red'],
    [0.8, 'orange'],
    [1, 'green'],
  ]);
});

test('one limit is enough', () => {
  expect(steps({ worse: 'higher', criticalAt: 1 }).slice(1)).toEqual([
    [0, 'green'],
    [1, 'red'],
  ]);
  expect(steps({ worse: 'lower', criticalAt: 1 }).slice(1)).toEqual([
    [0, 'red'],
    [1, 'green'],
  ]);
  expect(steps({ worse: 'lower', warnAt: 2, floor: -5 }).slice(1)).toEqual([
    [-5, 'orange'],
    [2, 'green'],
  ]);
});

describe('refused', () => {
  test.each<[string, Limits]>([
    ['LIMITS_MISSING', { worse: 'higher' }],
    ['LIMITS_UNORDERED', { worse: 'higher', warnAt: 300, criticalAt: 60 }],
    ['LIMITS_UNORDERED', { worse: 'lower', warnAt: 0.5, criticalAt: 0.8 }],
    ['LIMITS_UNORDERED', { worse: 'higher', warnAt: 0 }],
  ])('%s', (code, limits) => {
    expect(() => thresholdsOf(limits)).toThrow(code);
  });
});
