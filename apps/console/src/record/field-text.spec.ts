import { expect, it } from '@jest/globals';
import { fieldText } from './field-text.js';

const say = (key: string) => key;

it('values are shown as a person reads them', () => {
  const text = (field: string, value: unknown) => fieldText(field, value, 'Europe/Moscow', 'ru', say);
  expect(text('amountKopecks', '4000050')).toBe('40\u202f000,50');
  expect(text('amountKopecks', '4000000')).toBe('40\u202f000');
  expect(text('movedAt', '2026-03-02T07:15:00.000Z')).toContain('10:15:00');
  expect(text('closed', true)).toBe('yes');
  expect(text('title', null)).toBe('—');
  expect(text('phones', ['+7 900', null])).toBe('+7 900, —');
  expect(text('phones', [{ id: '1', type: 'WORK', value: '+7 900' }])).toBe('+7 900');
  expect(text('phones', [])).toBe('—');
  expect(text('extra.UF', { a: 1 })).toBe('{"a":1}');
});
