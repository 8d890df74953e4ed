import { expect, test } from '@jest/globals';
import { configurationOf } from './portal-configuration.js';

const replies = { dealCategories: [], invoiceCategories: null, statuses: [], currencies: [] };
const lists = (fields: Parameters<typeof configurationOf>[0]['fields']) =>
  configurationOf({ ...replies, fields }).dictionaries.filter(({ name }) => name.endsWith('.fields'));

test('the own fields of each kind are listed, whatever their type, and those of every portal are not', () => {
  const fields = {
    deal: {
      TITLE: { type: 'string', title: 'Название' },
      UF_CRM_2: { type: 'string', title: 'UF_CRM_2', formLabel: 'Причина отказа' },
      UF_CRM_1: { type: 'enumeration', items: [{ ID: '5', VALUE: 'Опт' }] },
    },
  };
  expect(lists(fields)).toEqual([
    {
      name: 'deal.fields',
      entries: [
        { id: 'UF_CRM_1', name: 'UF_CRM_1', sort: 0 },
        { id: 'UF_CRM_2', name: 'Причина отказа', sort: 0 },
      ],
    },
  ]);
});

test('a kind that lost its last own field has an empty list; one that the portal does not tell has none', () => {
  expect(lists({ lead: { TITLE: { type: 'string' } } })).toEqual([{ name: 'lead.fields', entries: [] }]);
  expect(lists({})).toEqual([]);
});
