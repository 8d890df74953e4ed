import type { Chronicle } from '../../chronicle/chronicle.spec-fixture.js';
import { clientRules } from './clients.js';
import { type ExpectedCase, specify } from './specify.spec-fixture.js';

const right = { v: 2, length: 1, invalidCount: 0 };
const wrong = { v: 2, length: 2, invalidCount: 1 };
const requisite = (portal: Chronicle, at: string, valid: boolean, id = 1) =>
  portal.appears(`requisite:${id}`, at, { derived: { RQ_INN: { v: 2, length: 10, validInn: valid } } });
const contact = (portal: Chronicle, derived = {}, fields = {}) =>
  portal.appears('contact:1', 'Mon 10:00', { derived, fields });
const company = (portal: Chronicle, fields = {}) => portal.appears('company:1', 'Mon 10:00', { fields });
const deal = (portal: Chronicle, id: number, at: string, ownerId = '5', stage = 'FRESH') =>
  portal.appears(`deal:${id}`, at, { fields: { companyId: '1', contactId: '1', ownerId }, stage });

const dayAfter = { from: 'Mon 10:00', opens: 'Tue 10:00' };
const voided = (given: (portal: Chronicle) => Chronicle, stream: 'contact:1' | 'company:1', expected: ExpectedCase) => [
  {
    says: 'merged into another',
    given: (portal: Chronicle) => given(portal).merged(stream, '9', 'Fri8 12:00'),
    cases: [{ ...expected, void: 'Fri8 12:00', into: stream.replace('1', '9') }],
  },
];

specify(clientRules, {
  K01: {
    on: 'contact:1',
    fires: [
      {
        says: 'one of two phones cannot be one',
        given: (portal) => contact(portal, { phones: wrong }),
        cases: [dayAfter],
      },
      {
        says: 'facts of the first version say it only of all phones together',
        given: (portal) => contact(portal, { phones: { v: 1, length: 1, validPhone: false } }),
        cases: [dayAfter],
      },
      {
        says: 'of a company',
        on: 'company:1',
        given: (portal) => portal.appears('company:1', 'Mon 10:00', { derived: { phones: wrong } }),
        cases: [dayAfter],
      },
    ],
    below: [
      { says: 'a right phone, or none', given: (portal) => contact(portal), cases: [] },
      {
        says: 'put right at the last instant',
        given: (portal) =>
          contact(portal, { phones: wrong }).changes('contact:1', 'Tue 10:00', { texts: { phones: right } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it is put right',
        given: (portal) =>
          contact(portal, { phones: wrong }).changes('contact:1', 'Tue 11:00', { texts: { phones: right } }),
        cases: [{ ...dayAfter, resolved: 'Tue 11:00', by: 'contact:1 Changed' }],
      },
    ],
    void: voided((portal) => contact(portal, { phones: wrong }), 'contact:1', dayAfter),
  },
  K02: {
    on: 'contact:1',
    fires: [
      {
        says: 'an e-mail that cannot be one',
        given: (portal) => contact(portal, { emails: wrong }),
        cases: [dayAfter],
      },
      {
        says: 'a dummy of a company',
        on: 'company:1',
        given: (portal) =>
          portal.appears('company:1', 'Mon 10:00', { derived: { emails: { ...right, isDummy: true } } }),
        cases: [dayAfter],
      },
    ],
    below: [
      { says: 'a right one', given: (portal) => contact(portal, { emails: { ...right, isDummy: false } }), cases: [] },
    ],
    resolves: [
      {
        says: 'when it is put right',
        given: (portal) =>
          contact(portal, { emails: wrong }).changes('contact:1', 'Tue 11:00', { texts: { emails: right } }),
        cases: [{ ...dayAfter, resolved: 'Tue 11:00', by: 'contact:1 Changed' }],
      },
    ],
    void: voided((portal) => contact(portal, { emails: wrong }), 'contact:1', dayAfter),
  },
  K03: {
    on: 'company:1',
    fires: [
      {
        says: 'an invoice was made out to wrong requisites',
        given: (portal) =>
          requisite(company(portal), 'Mon 11:00', false).appears('invoice:1', 'Mon 12:00', {
            fields: { companyId: '1' },
          }),
        cases: [{ from: 'Mon 12:00', opens: 'Mon 12:00' }],
      },
    ],
    below: [
      { says: 'no invoice yet', given: (portal) => requisite(company(portal), 'Mon 11:00', false), cases: [] },
      {
        says: 'right requisites, or none',
        given: (portal) =>
          requisite(company(portal), 'Mon 11:00', true).appears('invoice:1', 'Mon 12:00', {
            fields: { companyId: '1' },
          }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when they are put right',
        given: (portal) =>
          requisite(company(portal), 'Mon 11:00', false)
            .appears('invoice:1', 'Mon 12:00', { fields: { companyId: '1' } })
            .changes('requisite:1', 'Mon 13:00', { texts: { RQ_INN: { v: 2, length: 10, validInn: true } } }),
        cases: [{ from: 'Mon 12:00', opens: 'Mon 12:00', resolved: 'Mon 13:00', by: 'requisite:1 Changed' }],
      },
    ],
    void: voided(
      (portal) =>
        requisite(company(portal), 'Mon 10:00', false).appears('invoice:1', 'Mon 12:00', {
          fields: { companyId: '1' },
        }),
      'company:1',
      { from: 'Mon 12:00', opens: 'Mon 12:00' },
    ),
  },
  K04: {
    on: 'company:1',
    settings: { stages: ['CONTRACT'] },
    fires: [
      {
        says: 'a contract is near and the company has no requisites',
        given: (portal) => deal(company(portal), 1, 'Mon 11:00').moves('deal:1', 'CONTRACT', 'Tue 10:00'),
        cases: [{ from: 'Tue 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      {
        says: 'requisites are there, or the deal stands elsewhere',
        given: (portal) => requisite(deal(company(portal), 1, 'Mon 11:00', '5', 'CONTRACT'), 'Mon 11:00', false),
        cases: [],
      },
      { says: 'the deal stands elsewhere', given: (portal) => deal(company(portal), 1, 'Mon 11:00'), cases: [] },
    ],
    resolves: [
      {
        says: 'when requisites are written down',
        given: (portal) => requisite(deal(company(portal), 1, 'Mon 11:00', '5', 'CONTRACT'), 'Mon 12:00', true),
        cases: [{ from: 'Mon 11:00', opens: 'Mon 11:00', resolved: 'Mon 12:00', by: 'requisite:1 Appeared' }],
      },
    ],
    void: voided((portal) => deal(company(portal), 1, 'Mon 11:00', '5', 'CONTRACT'), 'company:1', {
      from: 'Mon 11:00',
      opens: 'Mon 11:00',
    }),
  },
  K05: {
    on: 'contact:2',
    fires: [
      {
        says: 'an older contact has the same phone',
        given: (portal) =>
          contact(portal).appears('contact:2', 'Mon 11:00').shares('contact:2', 'Mon 11:00', ['contact:1', 'phone']),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00' }],
      },
    ],
    below: [
      {
        says: 'only a lead or a company has it',
        given: (portal) =>
          contact(portal)
            .appears('lead:1', 'Mon 09:00')
            .appears('contact:2', 'Mon 11:00')
            .shares('contact:2', 'Mon 11:00', ['lead:1', 'phone']),
        cases: [],
      },
      {
        says: 'nothing in common any more at the last instant',
        given: (portal) =>
          contact(portal)
            .appears('contact:2', 'Mon 11:00')
            .shares('contact:2', 'Mon 11:00', ['contact:1', 'phone'])
            .shares('contact:2', 'Tue 11:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when nothing is in common any more',
        given: (portal) =>
          contact(portal)
            .appears('contact:2', 'Mon 11:00')
            .shares('contact:2', 'Mon 11:00', ['contact:1', 'phone'])
            .shares('contact:2', 'Tue 12:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', resolved: 'Tue 12:00', by: 'contact:2 MatchesFound#2' }],
      },
    ],
    void: [
      {
        says: 'merged into the older one',
        given: (portal) =>
          contact(portal)
            .appears('contact:2', 'Mon 11:00')
            .shares('contact:2', 'Mon 11:00', ['contact:1', 'email'])
            .merged('contact:2', '1', 'Tue 12:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', void: 'Tue 12:00', into: 'contact:1' }],
      },
    ],
  },
  K06: {
    on: 'company:2',
    fires: [
      {
        says: 'an older company has the same name and city',
        given: (portal) =>
          company(portal).appears('company:2', 'Mon 11:00').shares('company:2', 'Mon 11:00', ['company:1', 'company']),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00' }],
      },
      {
        says: 'requisites with the same INN belong to an older company',
        given: (portal) =>
          requisite(company(portal), 'Mon 10:30', true)
            .appears('company:2', 'Mon 11:00')
            .appears('requisite:2', 'Mon 12:00', { fields: { ownerObjectId: '2' } })
            .shares('requisite:2', 'Mon 12:00', ['requisite:1', 'inn']),
        cases: [{ from: 'Mon 12:00', opens: 'Tue 12:00' }],
      },
    ],
    below: [
      {
        says: 'the older of the two',
        on: 'company:1',
        given: (portal) =>
          company(portal).appears('company:2', 'Mon 11:00').shares('company:1', 'Mon 11:00', ['company:2', 'company']),
        cases: [],
      },
      {
        says: 'two requisites of one company',
        given: (portal) =>
          portal
            .appears('company:2', 'Mon 11:00')
            .appears('requisite:1', 'Mon 12:00', { fields: { ownerObjectId: '2' } })
            .appears('requisite:2', 'Mon 12:00', { fields: { ownerObjectId: '2' } })
            .shares('requisite:2', 'Mon 12:00', ['requisite:1', 'inn']),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the requisites are deleted',
        given: (portal) =>
          requisite(company(portal), 'Mon 10:30', true)
            .appears('company:2', 'Mon 11:00')
            .appears('requisite:2', 'Mon 12:00', { fields: { ownerObjectId: '2' } })
            .shares('requisite:2', 'Mon 12:00', ['requisite:1', 'inn'])
            .deleted('requisite:2', 'Tue 13:00'),
        cases: [{ from: 'Mon 12:00', opens: 'Tue 12:00', resolved: 'Tue 13:00', by: 'requisite:2 Deleted' }],
      },
    ],
    void: [
      {
        says: 'merged into the older one',
        given: (portal) =>
          company(portal)
            .appears('company:2', 'Mon 11:00')
            .shares('company:2', 'Mon 11:00', ['company:1', 'company'])
            .merged('company:2', '1', 'Tue 12:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', void: 'Tue 12:00', into: 'company:1' }],
      },
    ],
  },
  K07: {
    on: 'contact:1',
    fires: [
      {
        says: 'the last name is one of a company',
        given: (portal) => contact(portal, { lastName: { v: 2, length: 8, looksLikeCompany: true } }),
        cases: [dayAfter],
      },
      {
        says: 'the name is a placeholder',
        given: (portal) => contact(portal, { name: { v: 2, length: 6, isPlaceholder: true } }),
        cases: [dayAfter],
      },
    ],
    below: [
      {
        says: 'no name is no odd one',
        given: (portal) => contact(portal, { name: { v: 2, length: 0, isPlaceholder: true } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it is written anew',
        given: (portal) =>
          contact(portal, { name: { v: 2, length: 6, isPlaceholder: true } }).changes('contact:1', 'Tue 11:00', {
            texts: { name: { v: 2, length: 4, isPlaceholder: false, looksLikeCompany: false } },
          }),
        cases: [{ ...dayAfter, resolved: 'Tue 11:00', by: 'contact:1 Changed' }],
      },
    ],
    void: voided((portal) => contact(portal, { name: { length: 6, looksLikeCompany: true } }), 'contact:1', dayAfter),
  },
  K08: {
    on: 'contact:1',
    settings: { pipelines: ['deal:0'] },
    fires: [
      {
        says: 'two working days with an open deal of firms and no company',
        given: (portal) => deal(contact(portal), 1, 'Thu 12:00'),
        cases: [{ from: 'Thu 12:00', opens: 'Mon2 12:00' }],
      },
    ],
    below: [
      {
        says: 'linked at the last instant',
        given: (portal) =>
          deal(contact(portal), 1, 'Thu 12:00').changes('contact:1', 'Mon2 12:00', { fields: { companyId: '1' } }),
        cases: [],
      },
      {
        says: 'a deal of another pipeline, or won',
        given: (portal) => deal(deal(contact(portal), 1, 'Mon 12:00', '5', 'C5:FRESH'), 2, 'Mon 12:00', '5', 'WON'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when a company is linked',
        given: (portal) =>
          deal(contact(portal), 1, 'Thu 12:00').changes('contact:1', 'Tue2 12:00', { fields: { companyId: '1' } }),
        cases: [{ from: 'Thu 12:00', opens: 'Mon2 12:00', resolved: 'Tue2 12:00', by: 'contact:1 Changed' }],
      },
    ],
    void: voided((portal) => deal(contact(portal), 1, 'Thu 12:00'), 'contact:1', {
      from: 'Thu 12:00',
      opens: 'Mon2 12:00',
    }),
  },
  K09: {
    on: 'company:1',
    settings: { allowed: ['8'] },
    fires: [
      {
        says: 'two open deals of two owners',
        given: (portal) => deal(deal(company(portal), 1, 'Mon 11:00'), 2, 'Mon 12:00', '6'),
        cases: [{ from: 'Mon 12:00', opens: 'Tue 12:00', items: ['deal:1', 'deal:2'] }],
      },
    ],
    below: [
      {
        says: 'one owner, one who may, and a deal that is closed',
        given: (portal) =>
          deal(
            deal(deal(deal(company(portal), 1, 'Mon 11:00'), 2, 'Mon 12:00'), 3, 'Mon 12:00', '8'),
            4,
            'Mon 12:00',
            '6',
            'LOSE',
          ),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when one owner has them all',
        given: (portal) =>
          deal(deal(company(portal), 1, 'Mon 11:00'), 2, 'Mon 12:00', '6').changes('deal:2', 'Wed 12:00', {
            fields: { ownerId: '5' },
          }),
        cases: [{ from: 'Mon 12:00', opens: 'Tue 12:00', resolved: 'Wed 12:00', by: 'deal:2 Changed' }],
      },
    ],
    void: voided((portal) => deal(deal(company(portal), 1, 'Mon 11:00'), 2, 'Mon 12:00', '6'), 'company:1', {
      from: 'Mon 12:00',
      opens: 'Tue 12:00',
    }),
  },
  K10: {
    on: 'company:1',
    settings: { field: 'typeId' },
    fires: [
      {
        says: 'a key client was not touched for twenty working days from its creation',
        given: (portal) => company(portal, { typeId: 'KEY' }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue5 10:00' }],
      },
    ],
    below: [
      { says: 'no key client', given: (portal) => company(portal), cases: [] },
      {
        says: 'a contact of it was called at the last instant',
        until: 'Fri5 00:00',
        given: (portal) =>
          company(portal, { typeId: 'KEY' })
            .appears('contact:2', 'Mon 11:00', { fields: { companyId: '1' } })
            .call('1', 'contact:2', 'Tue5 10:00', 'outgoing', 20),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'by a touch of a deal of it',
        until: 'Fri5 00:00',
        given: (portal) =>
          deal(company(portal, { typeId: 'KEY' }), 1, 'Mon 11:00').letter(
            'activity:1',
            'deal:1',
            'Wed5 10:00',
            'outgoing',
          ),
        cases: [{ from: 'Mon 10:00', opens: 'Tue5 10:00', resolved: 'Wed5 10:00', by: 'activity:1 Appeared' }],
      },
    ],
    void: voided((portal) => company(portal, { typeId: 'KEY' }), 'company:1', {
      from: 'Mon 10:00',
      opens: 'Tue5 10:00',
    }),
  },
  K11: {
    on: 'contact:1',
    settings: { field: 'UF_CONSENT' },
    fires: [{ says: 'no consent is written down', given: (portal) => contact(portal), cases: [dayAfter] }],
    below: [
      {
        says: 'given at the last instant',
        given: (portal) => contact(portal).changes('contact:1', 'Tue 10:00', { extra: { UF_CONSENT: 'Y' } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it is given',
        given: (portal) => contact(portal).changes('contact:1', 'Tue 11:00', { extra: { UF_CONSENT: 'Y' } }),
        cases: [{ ...dayAfter, resolved: 'Tue 11:00', by: 'contact:1 Changed' }],
      },
    ],
    void: voided((portal) => contact(portal), 'contact:1', dayAfter),
  },
  K12: {
    on: 'contact:1',
    fires: [
      {
        says: 'the phone is one of an employee',
        given: (portal) => contact(portal).shares('contact:1', 'Mon 10:30', ['user:6', 'phone']),
        cases: [{ from: 'Mon 10:30', opens: 'Mon 10:30' }],
      },
      {
        says: 'the e-mail of a company is one of an employee',
        on: 'company:1',
        given: (portal) => company(portal).shares('company:1', 'Mon 10:30', ['user:6', 'email']),
        cases: [{ from: 'Mon 10:30', opens: 'Mon 10:30' }],
      },
    ],
    below: [
      {
        says: 'it is one of another contact',
        given: (portal) => contact(portal).shares('contact:1', 'Mon 10:30', ['contact:6', 'phone']),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it is so no longer',
        given: (portal) =>
          contact(portal).shares('contact:1', 'Mon 10:30', ['user:6', 'phone']).shares('contact:1', 'Mon 12:00'),
        cases: [{ from: 'Mon 10:30', opens: 'Mon 10:30', resolved: 'Mon 12:00', by: 'contact:1 MatchesFound#2' }],
      },
    ],
    void: voided((portal) => contact(portal).shares('contact:1', 'Mon 10:30', ['user:6', 'phone']), 'contact:1', {
      from: 'Mon 10:30',
      opens: 'Mon 10:30',
    }),
  },
});
