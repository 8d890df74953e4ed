import { expect, test } from '@jest/globals';
import { idOf, lastIdReference, listingCommand, listings, rowsOf } from './listings.js';

const window = { from: '2026-09-01T00:00:00+03:00', to: '2026-09-02T00:00:00+03:00' };

test('deals by id', () => {
  expect(listingCommand(listings.deals, { after: 7 })).toEqual({
    method: 'crm.deal.list',
    params: { order: { ID: 'ASC' }, select: ['*', 'UF_*'], filter: { '>ID': 7 }, start: -1 },
  });
});

test('invoices by id within a window of modified times', () => {
  expect(listingCommand(listings.invoices, { after: 7, modified: window })).toEqual({
    method: 'crm.item.list',
    params: {
      entityTypeId: 31,
      order: { id: 'ASC' },
      select: ['*'],
      filter: { '>id': 7, '>=updatedTime': window.from, '<=updatedTime': window.to },
      start: -1,
    },
  });
});

test('stage history has no modified time and no select', () => {
  expect(listingCommand(listings.dealStageHistory, { after: 0, modified: window })).toEqual({
    method: 'crm.stagehistory.list',
    params: { entityTypeId: 2, order: { ID: 'ASC' }, filter: { '>ID': 0 }, start: -1 },
  });
});

test('calls and tasks are asked without a start', () => {
  expect(listingCommand(listings.calls, { after: 3 })).toEqual({
    method: 'voximplant.statistic.get',
    params: { SORT: 'ID', ORDER: 'ASC', FILTER: { '>ID': 3 } },
  });
  expect(listingCommand(listings.tasks, { after: 3 }).params).not.toHaveProperty('start');
});

test('dismissed users are a listing of their own', () => {
  expect(listingCommand(listings.dismissedUsers).params).toMatchObject({ FILTER: { ACTIVE: false }, start: -1 });
});

test('ids alone, where the method can', () => {
  expect(listingCommand(listings.tasks, { idsOnly: true }).params).toMatchObject({ select: ['ID'] });
  expect(listingCommand(listings.invoices, { idsOnly: true }).params).toMatchObject({ select: ['id'] });
  expect(listingCommand(listings.activeUsers, { idsOnly: true }).params).not.toHaveProperty('select');
});

test('a counted page asks for the total', () => {
  expect(listingCommand(listings.deals, { counted: true }).params).not.toHaveProperty('start');
});

test('rows and ids of every shape', () => {
  expect(rowsOf(listings.deals, [{ ID: '5' }])).toEqual([{ ID: '5' }]);
  expect(rowsOf(listings.invoices, { items: [{ id: 5 }] })).toEqual([{ id: 5 }]);
  expect(rowsOf(listings.tasks, { tasks: { 1: { id: '5' } } })).toEqual([{ id: '5' }]);
  expect(rowsOf(listings.tasks, [])).toEqual([]);
  expect(rowsOf(listings.deals, null)).toEqual([]);
  expect([idOf(listings.deals, { ID: '5' }), idOf(listings.invoices, { id: 5 }), idOf(listings.deals, {})]).toEqual([
    5,
    5,
    Number.NaN,
  ]);
});

test('references follow the nesting of the result', () => {
  expect(lastIdReference(listings.deals, 'c0')).toBe('$result[c0][49][ID]');
  expect(lastIdReference(listings.invoices, 'c1')).toBe('$result[c1][items][49][id]');
  expect(lastIdReference(listings.tasks, 'c2')).toBe('$result[c2][tasks][49][id]');
});
