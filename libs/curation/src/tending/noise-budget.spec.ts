import { expect, test } from '@jest/globals';
import { overBudget, usualNoiseBudget } from './noise-budget.js';

const noise = { ruleId: 'L01', casesOfDay: 0, falsePositives: 0, verdicts: 0 };

test('twenty cases a day for each curator are within the budget, one more is not', () => {
  expect(overBudget({ ...noise, casesOfDay: 40 }, 2, usualNoiseBudget)).toBeNull();
  expect(overBudget({ ...noise, casesOfDay: 41 }, 2, usualNoiseBudget)).toBe('noise');
  // Nobody has given a verdict yet: somebody will have to.
  expect(overBudget({ ...noise, casesOfDay: 21 }, 0, usualNoiseBudget)).toBe('noise');
});

test('precision counts from fifty verdicts on', () => {
  expect(overBudget({ ...noise, falsePositives: 49, verdicts: 49 }, 1, usualNoiseBudget)).toBeNull();
  expect(overBudget({ ...noise, falsePositives: 15, verdicts: 50 }, 1, usualNoiseBudget)).toBeNull();
  expect(overBudget({ ...noise, falsePositives: 16, verdicts: 50 }, 1, usualNoiseBudget)).toBe('precision');
});
