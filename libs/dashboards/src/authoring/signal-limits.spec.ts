import { signalNames, signals } from '@funnelwatch/reporting-contracts';
import { expect, test } from '@jest/globals';
import { limitsOf } from './signal-limits.js';
import { thresholdsOf } from './thresholds.js';

test('a figure changes colour at the bounds of its signal', () => {
  const { warnAt, criticalAt } = signals.read_model_lag;
  expect(limitsOf('read_model_lag')).toEqual({ worse: 'higher', warnAt, criticalAt });
});

test('nothing is not above a bound of nothing: 0 stays green', () => {
  expect(thresholdsOf(limitsOf('quarantine_age')).steps).toMatchObject([
    { color: 'text' },
    { value: 0, color: 'green' },
    { value: 0.001, color: 'orange' },
    { color: 'red' },
  ]);
  expect(limitsOf('read_model_stopped')).toMatchObject({ criticalAt: 1 });
});

test.each(signalNames)('the bounds of %s make steps', (signal) => {
  expect(() => thresholdsOf(limitsOf(signal))).not.toThrow();
});
