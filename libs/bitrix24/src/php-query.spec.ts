import { expect, test } from '@jest/globals';
import { encodePhpQuery, type Parameters } from './php-query.js';

const cases: [string, Parameters, string][] = [
  ['maps and operators', { filter: { '>ID': 5 } }, 'filter[>ID]=5'],
  ['lists are numbered', { select: ['ID', 'TITLE'] }, 'select[0]=ID&select[1]=TITLE'],
  [
    'lists inside maps',
    { filter: { '@STAGE_ID': ['NEW', 'C1:NEW'] } },
    'filter[@STAGE_ID][0]=NEW&filter[@STAGE_ID][1]=C1:NEW',
  ],
  ['booleans are 1 and 0', { ACTIVE: true, OPENED: false }, 'ACTIVE=1&OPENED=0'],
  ['null is empty, undefined is nothing', { a: null, b: undefined, c: '' }, 'a=&c='],
  ['empty containers are nothing', { a: [], b: {}, c: 1 }, 'c=1'],
  ['references survive', { filter: { '>ID': '$result[c0][49][ID]' } }, 'filter[>ID]=$result[c0][49][ID]'],
  ['times keep their plus sign', { from: '2026-09-01T00:00:00+03:00' }, 'from=2026-09-01T00:00:00+03:00'],
  ['Russian text and separators', { title: 'Сделка & Ко = 100%' }, 'title=Сделка & Ко = 100%'],
  ['lists of maps', { b: [{ x: 1 }, { x: 2 }] }, 'b[0][x]=1&b[1][x]=2'],
];

test.each(cases)('%s', (_title, parameters, readable) => {
  const encoded = encodePhpQuery(parameters);
  const decoded = encoded.split('&').map((pair) => pair.split('=').map(decodeURIComponent).join('='));
  expect(decoded.join('&')).toBe(readable);
});

test('nothing that could be mistaken for structure stays unencoded', () => {
  expect(encodePhpQuery({ 'a&b': { 'c=d': 'e&f=g[h]+i' } })).toBe('a%26b%5Bc%3Dd%5D=e%26f%3Dg%5Bh%5D%2Bi');
});
