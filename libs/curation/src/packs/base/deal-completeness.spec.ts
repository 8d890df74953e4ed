import type { Chronicle } from '../../chronicle/chronicle.spec-fixture.js';
import { dateOf } from '../../chronicle/instants.spec-fixture.js';
import { dealCompletenessRules } from './deal-completeness.js';
import { type ExpectedCase, specify } from './specify.spec-fixture.js';

const made = (portal: Chronicle, fields = {}, stage = 'FRESH') =>
  portal.appears('deal:1', 'Mon 10:00', { fields, stage });
const closing = (portal: Chronicle, at: string, day: string) =>
  portal.changes('deal:1', at, { fields: { expectedCloseDate: dateOf(`${day} 00:00`) } });

const voided = (given: (portal: Chronicle) => Chronicle, expected: ExpectedCase) => [
  {
    says: 'deleted',
    given: (portal: Chronicle) => given(portal).deleted('deal:1', 'Fri7 12:00'),
    cases: [{ ...expected, void: 'Fri7 12:00' }],
  },
];

specify(dealCompletenessRules, {
  F01: {
    on: 'deal:1',
    fires: [
      {
        says: 'four hours without a next step, from when the last one was done',
        given: (portal) => made(portal).todo('activity:1', 'deal:1', 'Mon 10:00').done('activity:1', 'Mon 17:00'),
        cases: [{ from: 'Mon 17:00', opens: 'Tue 12:00' }],
      },
      {
        says: 'from the creation, when nothing was ever planned',
        given: (portal) => made(portal).letter('activity:1', 'deal:1', 'Mon 10:00', 'incoming'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 14:00' }],
      },
    ],
    below: [
      {
        says: 'planned at the last instant, and won when that was done',
        given: (portal) =>
          made(portal)
            .meeting('activity:1', 'deal:1', 'Mon 14:00', 'Tue 14:00')
            .done('activity:1', 'Tue 15:00')
            .moves('deal:1', 'WON', 'Tue 15:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when something is planned',
        given: (portal) => made(portal).todo('activity:1', 'deal:1', 'Mon 14:00:01'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 14:00', resolved: 'Mon 14:00:01', by: 'activity:1 Appeared' }],
      },
      {
        says: 'when a plan of a contact becomes one of the deal',
        given: (portal) =>
          made(portal)
            .todo('activity:1', 'contact:1', 'Mon 09:00')
            .changes('activity:1', 'Mon 15:00', { fields: { ownerKind: 'deal', ownerObjectId: '1' } }),
        cases: [{ from: 'Mon 10:00', opens: 'Mon 14:00', resolved: 'Mon 15:00', by: 'activity:1 Changed' }],
      },
    ],
    void: voided((portal) => made(portal), { from: 'Mon 10:00', opens: 'Mon 14:00' }),
  },
  F02: {
    on: 'deal:1',
    fires: [
      {
        says: 'the day of the expected close is over',
        given: (portal) => made(portal, { expectedCloseDate: dateOf('Wed 00:00') }),
        cases: [{ from: 'Mon 10:00', opens: 'Thu 00:00' }],
      },
      {
        says: 'two days more, by setting',
        settings: { days: 2 },
        given: (portal) => made(portal, { expectedCloseDate: dateOf('Wed 00:00') }),
        cases: [{ from: 'Mon 10:00', opens: 'Sat 00:00' }],
      },
    ],
    below: [
      {
        says: 'won at midnight, or no day at all',
        given: (portal) => made(portal, { expectedCloseDate: dateOf('Wed 00:00') }).moves('deal:1', 'WON', 'Thu 00:00'),
        cases: [],
      },
      { says: 'no day at all', given: (portal) => made(portal), cases: [] },
    ],
    resolves: [
      {
        says: 'when the date is moved, from which the clock runs anew, and when the deal is closed',
        given: (portal) =>
          closing(made(portal, { expectedCloseDate: dateOf('Wed 00:00') }), 'Thu 11:00', 'Mon2').moves(
            'deal:1',
            'LOSE',
            'Fri2 11:00',
          ),
        cases: [
          { from: 'Mon 10:00', opens: 'Thu 00:00', resolved: 'Thu 11:00', by: 'deal:1 Changed' },
          { from: 'Thu 11:00', opens: 'Tue2 00:00', resolved: 'Fri2 11:00', by: 'deal:1 StageMoved#2' },
        ],
      },
    ],
    void: voided((portal) => made(portal, { expectedCloseDate: dateOf('Wed 00:00') }), {
      from: 'Mon 10:00',
      opens: 'Thu 00:00',
    }),
  },
  F03: {
    on: 'deal:1',
    fires: [
      {
        says: 'moved later for the third time; moves back do not count',
        given: (portal) => {
          made(portal, { expectedCloseDate: dateOf('Wed 00:00') });
          closing(portal, 'Tue 10:00', 'Thu');
          closing(portal, 'Tue 11:00', 'Tue');
          closing(portal, 'Tue 12:00', 'Fri');
          return closing(portal, 'Wed 12:00', 'Sat');
        },
        cases: [{ from: 'Wed 12:00', opens: 'Thu 12:00' }],
      },
      {
        says: 'moved by thirty-one days in two steps',
        given: (portal) => {
          made(portal, { expectedCloseDate: dateOf('Mon 00:00') });
          closing(portal, 'Tue 10:00', 'Mon3');
          return closing(portal, 'Wed 10:00', 'Thu5');
        },
        cases: [{ from: 'Wed 10:00', opens: 'Thu 10:00' }],
      },
    ],
    below: [
      {
        says: 'thirty days in two steps, a first date, and what changed with the closing',
        given: (portal) => {
          closing(made(portal), 'Mon 11:00', 'Mon');
          closing(portal, 'Tue 10:00', 'Mon3');
          closing(portal, 'Wed 10:00', 'Wed5');
          return closing(portal.moves('deal:1', 'LOSE', 'Thu 10:00'), 'Thu 10:00', 'Wed6').moves(
            'deal:1',
            'NEED',
            'Fri 10:00',
          );
        },
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the deal is closed',
        settings: { times: 1 },
        given: (portal) =>
          closing(made(portal, { expectedCloseDate: dateOf('Wed 00:00') }), 'Tue 10:00', 'Thu').moves(
            'deal:1',
            'WON',
            'Wed 11:00',
          ),
        cases: [{ from: 'Tue 10:00', opens: 'Wed 10:00', resolved: 'Wed 11:00', by: 'deal:1 StageMoved#2' }],
      },
    ],
    void: [
      {
        says: 'deleted',
        settings: { times: 1 },
        given: (portal) =>
          closing(made(portal, { expectedCloseDate: dateOf('Wed 00:00') }), 'Tue 10:00', 'Thu').deleted(
            'deal:1',
            'Wed 11:00',
          ),
        cases: [{ from: 'Tue 10:00', opens: 'Wed 10:00', void: 'Wed 11:00' }],
      },
    ],
  },
  F04: {
    on: 'deal:1',
    fires: [
      {
        says: 'no amount beyond the first stage',
        given: (portal) => made(portal, { amountKopecks: '0' }).moves('deal:1', 'NEED', 'Tue 10:00'),
        cases: [{ from: 'Tue 10:00', opens: 'Wed 10:00' }],
      },
    ],
    below: [
      { says: 'in the first stage', given: (portal) => made(portal, { amountKopecks: '0' }), cases: [] },
      {
        says: 'filled at the last instant',
        given: (portal) =>
          made(portal, { amountKopecks: '0' }, 'NEED').changes('deal:1', 'Tue 10:00', {
            fields: { amountKopecks: '1' },
          }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the amount is filled',
        given: (portal) =>
          made(portal, { amountKopecks: '0' }, 'NEED').changes('deal:1', 'Tue 11:00', {
            fields: { amountKopecks: '1' },
          }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 11:00', by: 'deal:1 Changed' }],
      },
    ],
    void: voided((portal) => made(portal, { amountKopecks: '0' }, 'NEED'), { from: 'Mon 10:00', opens: 'Tue 10:00' }),
  },
  F05: {
    on: 'deal:1',
    fires: [
      {
        says: 'price times quantity differs from the amount by more than a rouble, also when won',
        given: (portal) =>
          made(portal, {}, 'WON').sells('deal:1', 'Mon 11:00', [{ priceKopecks: '5000051', quantity: '2' }]),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00' }],
      },
    ],
    below: [
      {
        says: 'a rouble less',
        given: (portal) => made(portal).sells('deal:1', 'Mon 11:00', [{ priceKopecks: '9999900' }]),
        cases: [],
      },
      {
        says: 'the amount is by hand, or there are no rows',
        given: (portal) =>
          made(portal, { isAmountManual: true })
            .sells('deal:1', 'Mon 11:00', [{ priceKopecks: '1' }])
            .sells('deal:1', 'Fri 11:00', [])
            .changes('deal:1', 'Fri 11:00', { fields: { isAmountManual: false } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the rows are put right',
        given: (portal) =>
          made(portal)
            .sells('deal:1', 'Mon 11:00', [{ priceKopecks: '1' }])
            .sells('deal:1', 'Tue 12:00', [{}]),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', resolved: 'Tue 12:00', by: 'product-rows:D:1 Changed' }],
      },
    ],
    void: voided((portal) => made(portal).sells('deal:1', 'Mon 10:00', [{ priceKopecks: '1' }]), {
      from: 'Mon 10:00',
      opens: 'Tue 10:00',
    }),
  },
  F06: {
    on: 'deal:1',
    fires: [
      {
        says: 'a discount above ten percent; no approval is known of',
        given: (portal) => made(portal).sells('deal:1', 'Mon 11:00', [{}, { discountRatePercent: '10.5' }]),
        cases: [{ from: 'Mon 11:00', opens: 'Mon 11:00' }],
      },
    ],
    below: [
      {
        says: 'ten percent',
        given: (portal) => made(portal).sells('deal:1', 'Mon 11:00', [{ discountRatePercent: '10' }]),
        cases: [],
      },
      {
        says: 'approved at that very instant',
        settings: { approval_field: 'UF_OK' },
        given: (portal) =>
          made(portal)
            .sells('deal:1', 'Mon 11:00', [{ discountRatePercent: '50' }])
            .changes('deal:1', 'Mon 11:00', { extra: { UF_OK: 'Y' } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it is approved',
        settings: { approval_field: 'UF_OK' },
        given: (portal) =>
          made(portal)
            .sells('deal:1', 'Mon 11:00', [{ discountRatePercent: '50' }])
            .changes('deal:1', 'Mon 12:00', { extra: { UF_OK: 'Y' } }),
        cases: [{ from: 'Mon 11:00', opens: 'Mon 11:00', resolved: 'Mon 12:00', by: 'deal:1 Changed' }],
      },
    ],
    void: voided((portal) => made(portal).sells('deal:1', 'Mon 11:00', [{ discountRatePercent: '50' }]), {
      from: 'Mon 11:00',
      opens: 'Mon 11:00',
    }),
  },
  F07: {
    on: 'deal:1',
    fires: [
      {
        says: 'a big deal with one contact',
        given: (portal) => made(portal, { amountKopecks: '50000001', contactId: '1' }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      {
        says: 'a contact of its own and one of its company',
        given: (portal) =>
          portal
            .appears('contact:2', 'Mon 09:00', { fields: { companyId: '1' } })
            .appears('deal:1', 'Mon 10:00', { fields: { amountKopecks: '90000000', contactId: '1', companyId: '1' } }),
        cases: [],
      },
      {
        says: 'not above 500 000 roubles',
        given: (portal) => made(portal, { amountKopecks: '50000000' }),
        cases: [],
      },
      {
        says: 'two contacts of its own',
        given: (portal) =>
          portal.appears('deal:1', 'Mon 10:00', {
            fields: { amountKopecks: '90000000', contactId: '1' },
            extra: { CONTACT_IDS: ['1', '2'] },
          }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when another contact is added',
        given: (portal) =>
          made(portal, { amountKopecks: '90000000', contactId: '1' }).changes('deal:1', 'Tue 11:00', {
            extra: { CONTACT_IDS: ['1', '2'] },
          }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 11:00', by: 'deal:1 Changed' }],
      },
      {
        says: 'when another contact joins its company',
        given: (portal) =>
          made(portal, { amountKopecks: '90000000', contactId: '1', companyId: '1' })
            .appears('contact:2', 'Mon 10:00')
            .changes('contact:2', 'Tue 11:00', { fields: { companyId: '1' } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 11:00', by: 'contact:2 Changed' }],
      },
    ],
    void: voided((portal) => made(portal, { amountKopecks: '90000000' }), { from: 'Mon 10:00', opens: 'Tue 10:00' }),
  },
  F08: {
    on: 'deal:1',
    fires: [
      {
        says: 'three median cycles, which is later than twenty working days without a touch',
        given: (portal) => made(portal),
        cases: [{ from: 'Mon 10:00', opens: 'Mon7 10:00' }],
      },
      {
        says: 'twenty working days after the last touch, which is later than one short cycle',
        settings: { cycles: 1, days: 5 },
        given: (portal) => made(portal).call('1', 'deal:1', 'Wed2 10:00', 'incoming', 30),
        cases: [{ from: 'Wed2 10:00', opens: 'Wed3 10:00' }],
      },
      {
        says: 'twenty working days are later than one cycle; 1 May is none of them',
        settings: { cycles: 1 },
        given: (portal) => made(portal),
        cases: [{ from: 'Mon 10:00', opens: 'Tue5 10:00' }],
      },
    ],
    below: [
      {
        says: 'closed at the last instant',
        given: (portal) => made(portal).moves('deal:1', 'LOSE', 'Mon7 10:00'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'by a touch',
        until: 'Sun8 00:00',
        given: (portal) => made(portal).letter('activity:1', 'deal:1', 'Tue7 10:00', 'outgoing'),
        cases: [{ from: 'Mon 10:00', opens: 'Mon7 10:00', resolved: 'Tue7 10:00', by: 'activity:1 Appeared' }],
      },
    ],
    void: voided((portal) => made(portal), { from: 'Mon 10:00', opens: 'Mon7 10:00' }),
  },
  F09: {
    on: 'deal:1',
    fires: [
      {
        says: 'neither contact nor company beyond the first stage',
        given: (portal) => made(portal, {}, 'NEED'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      { says: 'in the first stage', given: (portal) => made(portal), cases: [] },
      { says: 'with a company', given: (portal) => made(portal, { companyId: '1' }, 'NEED'), cases: [] },
    ],
    resolves: [
      {
        says: 'when a contact is linked',
        given: (portal) => made(portal, {}, 'NEED').changes('deal:1', 'Tue 11:00', { fields: { contactId: '1' } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 11:00', by: 'deal:1 Changed' }],
      },
    ],
    void: voided((portal) => made(portal, {}, 'NEED'), { from: 'Mon 10:00', opens: 'Tue 10:00' }),
  },
  F10: {
    on: 'deal:1',
    fires: [
      {
        says: 'the title is the one the portal gave',
        given: (portal) =>
          portal.appears('deal:1', 'Mon 10:00', { derived: { title: { length: 9, isDefaultTitle: true } } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
      {
        says: 'an older open deal has the same title',
        on: 'deal:2',
        given: (portal) =>
          made(portal)
            .appears('deal:2', 'Mon 11:00')
            .shares('deal:2', 'Mon 11:05', ['deal:1', 'title'], ['lead:1', 'title']),
        cases: [{ from: 'Mon 11:05', opens: 'Tue 11:05' }],
      },
      {
        says: 'no title at all',
        given: (portal) => portal.appears('deal:1', 'Mon 10:00', { derived: { title: { length: 0 } } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      {
        says: 'the older deal is closed',
        on: 'deal:2',
        given: (portal) =>
          made(portal, {}, 'WON').appears('deal:2', 'Mon 11:00').shares('deal:2', 'Mon 11:05', ['deal:1', 'title']),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when it is renamed',
        given: (portal) =>
          portal
            .appears('deal:1', 'Mon 10:00', { derived: { title: { length: 9, isDefaultTitle: true } } })
            .changes('deal:1', 'Tue 11:00', { texts: { title: { length: 20, isDefaultTitle: false } } }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 11:00', by: 'deal:1 Changed' }],
      },
    ],
    void: voided((portal) => portal.appears('deal:1', 'Mon 10:00', { derived: { title: { length: 0 } } }), {
      from: 'Mon 10:00',
      opens: 'Tue 10:00',
    }),
  },
  F11: {
    on: 'deal:1',
    settings: { products: { '7': 'deal:5' } },
    fires: [
      {
        says: 'a product of another pipeline',
        given: (portal) => made(portal).sells('deal:1', 'Mon 11:00', [{ productId: '8' }, { productId: '7' }]),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00' }],
      },
    ],
    below: [
      {
        says: 'products of no pipeline, and of this one',
        given: (portal) =>
          made(portal, {}, 'C5:FRESH').sells('deal:1', 'Mon 11:00', [{ productId: '8' }, { productId: '7' }]),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the deal is moved there',
        given: (portal) => made(portal).sells('deal:1', 'Mon 11:00', [{}]).moves('deal:1', 'C5:FRESH', 'Tue 12:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', resolved: 'Tue 12:00', by: 'deal:1 StageMoved#2' }],
      },
    ],
    void: voided((portal) => made(portal).sells('deal:1', 'Mon 11:00', [{}]), {
      from: 'Mon 11:00',
      opens: 'Tue 11:00',
    }),
  },
  F12: {
    on: 'deal:1',
    settings: { stages: ['OFFER', 'WON'] },
    fires: [
      {
        says: 'the stage says that an offer was sent, and none was',
        given: (portal) => made(portal, {}, 'OFFER').letter('activity:1', 'deal:1', 'Mon 10:00', 'incoming', 3),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
      {
        says: 'also in a stage of success',
        given: (portal) => made(portal, {}, 'WON'),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
    ],
    below: [
      { says: 'another stage', given: (portal) => made(portal, {}, 'NEED'), cases: [] },
      { says: 'a quote is there', given: (portal) => made(portal, { quoteId: '3' }, 'OFFER'), cases: [] },
      {
        says: 'a file is sent at the last instant',
        given: (portal) => made(portal, {}, 'OFFER').letter('activity:1', 'deal:1', 'Tue 10:00', 'outgoing', 1),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when a file is sent',
        given: (portal) => made(portal, {}, 'OFFER').letter('activity:1', 'deal:1', 'Tue 11:00', 'outgoing', 1),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 11:00', by: 'activity:1 Appeared' }],
      },
    ],
    void: voided((portal) => made(portal, {}, 'OFFER'), { from: 'Mon 10:00', opens: 'Tue 10:00' }),
  },
});
