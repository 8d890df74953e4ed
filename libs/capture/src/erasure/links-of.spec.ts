import { expect, test } from '@jest/globals';
import type { EntityKind } from '@funnelwatch/capture-contracts';
import { linksOf, type NamedValues } from './links-of.js';

test.each<[string, EntityKind, NamedValues, NamedValues, string[]]>([
  [
    'a deal its contacts, company and lead',
    'deal',
    { contactId: '12', companyId: '7', leadId: '5' },
    { CONTACT_IDS: ['12', '13'] },
    ['contact:12', 'company:7', 'lead:5', 'contact:13'],
  ],
  [
    'an invoice its deal and contacts',
    'invoice',
    { contactId: null, dealId: '4', companyId: '7' },
    { contactIds: [12] },
    ['company:7', 'deal:4', 'contact:12'],
  ],
  ['a lead its contact, not the company it came from', 'lead', { contactId: '12', companyId: '7' }, {}, ['contact:12']],
  ['a contact the lead it was made of, not its company', 'contact', { leadId: '5', companyId: '7' }, {}, ['lead:5']],
  ['a company nothing', 'company', { leadId: '5' }, { CONTACT_ID: ['12'] }, []],
  [
    'an activity its owner and bindings',
    'activity',
    { ownerKind: 'deal', ownerObjectId: '4', responsibleId: '9' },
    {
      BINDINGS: [
        { OWNER_TYPE_ID: '3', OWNER_ID: '12' },
        { OWNER_TYPE_ID: '77', OWNER_ID: '1' },
      ],
    },
    ['deal:4', 'contact:12'],
  ],
  [
    'a call its object and activity',
    'call',
    { crmKind: 'contact', crmObjectId: '12', activityId: '8', userId: '9' },
    {},
    ['activity:8', 'contact:12'],
  ],
  [
    'a task what it is bound to',
    'task',
    { crmBindings: ['D_4', 'CO_7', 'C_12', 'L_5', 'X_1', 'nonsense'], responsibleId: '9' },
    {},
    ['deal:4', 'company:7', 'contact:12', 'lead:5'],
  ],
  ['a requisite its owner', 'requisite', { ownerKind: 'contact', ownerObjectId: '12' }, {}, ['contact:12']],
  ['nothing where there is none', 'deal', { contactId: null, companyId: '0' }, { CONTACT_IDS: null }, []],
])('%s', (_title, kind, fields, extra, links) => {
  expect(linksOf(kind, fields, extra).sort()).toEqual([...links].sort());
});
