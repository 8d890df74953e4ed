import { expect, it } from '@jest/globals';
import { monthFigures, monthsBetween } from './months.js';

const result = {
  wonOtherCurrencies: [],
  lostAmountKopecks: '0',
  lostOtherCurrencies: [],
  rollbacks: 0,
  reopened: 0,
  left: 0,
};

const matrix = {
  entries: [
    { month: '2026-01', sellerId: '1', stageId: 'NEW', entries: 10, visits: 11 },
    { month: '2026-01', sellerId: '2', stageId: 'NEW', entries: 5, visits: 5 },
    { month: '2026-02', sellerId: '1', stageId: 'WON', entries: 2, visits: 2 },
  ],
  results: [
    { month: '2026-01', sellerId: '1', created: 10, won: 1, wonAmountKopecks: '4000000', lost: 0, ...result },
    { month: '2026-01', sellerId: 'unknown', created: 1, won: 1, wonAmountKopecks: '50', lost: 2, ...result },
  ],
};

it('months are added up over the sellers asked for', () => {
  const months = monthsBetween('2025-12', '2026-03');
  expect(months).toEqual(['2025-12', '2026-01', '2026-02']);
  const all = monthFigures(matrix, months, 'all');
  expect(all[0]).toMatchObject({ month: '2025-12', created: 0, won: 0, wonAmountKopecks: 0n });
  expect(all[1]).toMatchObject({ created: 11, won: 2, lost: 2, wonAmountKopecks: 4000050n });
  expect(all[1]?.entries.get('NEW')).toBe(15);
  const first = monthFigures(matrix, months, '1');
  expect(first[1]).toMatchObject({ created: 10, won: 1, wonAmountKopecks: 4000000n });
  expect(first[2]?.entries.get('WON')).toBe(2);
});
