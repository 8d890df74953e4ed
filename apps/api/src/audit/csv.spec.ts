import { expect, test } from '@jest/globals';
import { csvLine } from './csv.js';

test('cells are separated and quoted as RFC 4180 says', () => {
  expect(csvLine(['a', null, 'b "c", d', 'two\nlines'])).toBe('a,,"b ""c"", d","two\nlines"\r\n');
});

test.each(['=1+1', '+7', '-1', '@SUM(A1)', ' =1', '\t=1', '\r=1'])('a formula is made harmless: %j', (cell) => {
  expect(csvLine([cell]).replace(/^"/, '')).toMatch(/^'/);
});
