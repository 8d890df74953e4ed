import { describe, expect, test } from '@jest/globals';
import { readPromql } from './read-promql.js';

describe('series of', () => {
  test.each<[string, [string, string[]][]]>([
    ['up', [['up', []]]],
    [
      'sum by (a) (rate(x_total{b="c"}[5m])) / on (a) max(up)',
      [
        ['x_total', ['sum', 'rate']],
        ['up', ['max']],
      ],
    ],
    ['histogram_quantile(0.9, sum(rate(x_bucket[5m])) by (le))', [['x_bucket', ['histogram_quantile', 'sum', 'rate']]]],
    ['max_over_time(rate(x_total[5m])[1h:])', [['x_total', ['max_over_time', 'rate']]]],
    ['foo{x=~"y"} offset 5m', [['foo', []]]],
    ['{__name__="foo", a="b"}', [['foo', []]]],
    ['{"foo.bar", a="b"}', [['foo.bar', []]]],
    ['{a="b"}', [['', []]]],
    ['vector(1)', []],
  ])('%s', (expression, selectors) => {
    expect(readPromql(expression)).toEqual({
      hasError: false,
      selectors: selectors.map(([metric, functions]) => ({ metric, functions })),
    });
  });
});

test.each(['sum(', 'rate(x[5m)', 'max by (portal (x) > 1', 'x{a=b}', 'rate(x[$__rate_interval])'])(
  '%s is no PromQL',
  (expression) => {
    expect(readPromql(expression).hasError).toBe(true);
  },
);
