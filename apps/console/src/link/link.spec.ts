import { expect, it } from '@jest/globals';
import { isToken, lackingCharacters, mayBeEmail } from './token.js';

it('only a token of a link is asked about', () => {
  const token = 'AZaz09_-'.padEnd(43, 'x');
  expect(isToken(token)).toBe(true);
  expect(isToken(`${token}x`)).toBe(false);
  expect(isToken(token.replace('A', '/'))).toBe(false);
  expect(isToken('')).toBe(false);
  expect(isToken(null)).toBe(false);
});

it('a new password has ten characters', () => {
  expect(lackingCharacters('')).toBe(10);
  expect(lackingCharacters('девять би')).toBe(1);
  expect(lackingCharacters('0123456789')).toBe(0);
});

it('an e-mail address is told from a name', () => {
  expect(mayBeEmail('anna@example.com')).toBe(true);
  expect(mayBeEmail('анна')).toBe(false);
  expect(mayBeEmail('anna@example')).toBe(false);
});
