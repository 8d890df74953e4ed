import { expect, test } from '@jest/globals';
import { KNOWN_UNITS } from '../lint/known-units.js';
import { UNITS } from './units.js';

test.each(UNITS)('Grafana knows the unit %s', (unit) => {
  expect([...KNOWN_UNITS]).toContain(unit);
});
