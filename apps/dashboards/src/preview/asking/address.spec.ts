import { expect, test } from '@jest/globals';
import type { ShownField } from '@funnelwatch/dashboards/display';
import { addressOf, filledUrl, type LinkScope } from './address.js';
import type { Choice } from './choices.js';

const choice = (name: string, chosen: Choice['chosen'], isHidden = false): Choice => ({
  name,
  label: name,
  isHidden,
  isMulti: false,
  includesAll: true,
  options: [],
  chosen,
});
const now = new Date('2026-11-30T12:00:00Z');
const scope: LinkScope = {
  choices: [
    choice('portal', ['p&1']),
    choice('seller', ['7', '8']),
    choice('pipeline', 'all'),
    choice('console', ['http://127.0.0.1:4400'], true),
  ],
  range: { name: '7d', from: now, to: now, intervalMs: 1 },
};
const row = { fields: [{ name: 'id', values: ['a/b', null] } as unknown as ShownField], index: 0 };

test('an address says everything that is chosen, as Grafana writes it', () => {
  expect(addressOf(scope)).toBe('from=now-7d&to=now&var-portal=p%261&var-seller=7&var-seller=8&var-pipeline=%24__all');
});

test.each([
  ['/d/fw-plan?var-id=${__data.fields.id}&${__url_time_range}', '/d/fw-plan?var-id=a%2Fb&from=now-7d&to=now'],
  ['/d/fw-plan?${seller:queryparam}', '/d/fw-plan?var-seller=7&var-seller=8'],
  ['${console}/portals/${portal}/funnel', 'http://127.0.0.1:4400/portals/p%261/funnel'],
  ['${console}/${unknown}', null],
  ['/d/fw-plan?var-id=${__data.fields.other}', null],
  ['javascript:alert(1)', null],
  ['//elsewhere.example/d/x', null],
])('%s leads to %s', (url, filled) => {
  expect(filledUrl(url, scope, row)).toBe(filled);
});

test('a link that needs a value which is missing leads nowhere', () => {
  expect(filledUrl('/d/fw-plan?var-id=${__data.fields.id}', scope, { ...row, index: 1 })).toBe(null);
});
