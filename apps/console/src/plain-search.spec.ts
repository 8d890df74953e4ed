import { expect, it } from '@jest/globals';
import { parsePlainSearch, stringifyPlainSearch } from './plain-search.js';

it('an address survives being written and read', () => {
  const search = { view: 'flow', pipeline: 'deal:0', seller: '4', stage: 'C1:В работе & ?', month: undefined };
  const text = stringifyPlainSearch(search);
  expect(text).toContain('pipeline=deal:0');
  expect(parsePlainSearch(text)).toEqual({ view: 'flow', pipeline: 'deal:0', seller: '4', stage: 'C1:В работе & ?' });
  expect(stringifyPlainSearch({})).toBe('');
});
