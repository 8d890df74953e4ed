import { expect, it } from '@jest/globals';
import { allowedSeller, sellerOf } from './funnel-frame.js';

it('whoever sees everybody asks as the address says', () => {
  expect(allowedSeller(undefined, null)).toBe('all');
  expect(allowedSeller('9', null)).toBe('9');
  expect(allowedSeller('unknown', null)).toBe('unknown');
});

it('a seller asks for their own figures, whatever the address says', () => {
  for (const asked of [undefined, 'all', 'unknown', '9']) expect(allowedSeller(asked, ['7', '8'])).toBe('7');
  expect(allowedSeller('8', ['7', '8'])).toBe('8');
  expect(allowedSeller(undefined, [])).toBeNull();
});

it('so does a number of another seller', () => {
  const frame = { seller: '8', ownUserIds: ['7', '8'] };
  expect(sellerOf(frame, { figure: 'now.open' })).toBe('8');
  expect(sellerOf(frame, { figure: 'now.open', of: '8' })).toBe('8');
  expect(sellerOf(frame, { figure: 'now.open', of: '9' })).toBe('7');
  expect(sellerOf({ ...frame, ownUserIds: null }, { figure: 'now.open', of: 'all' })).toBe('all');
});
