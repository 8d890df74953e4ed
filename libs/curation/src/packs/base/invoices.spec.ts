import type { Chronicle } from '../../chronicle/chronicle.spec-fixture.js';
import { dateOf } from '../../chronicle/instants.spec-fixture.js';
import { invoiceRules } from './invoices.js';
import { type ExpectedCase, specify } from './specify.spec-fixture.js';

const deal = (portal: Chronicle, stage = 'FRESH') => portal.appears('deal:1', 'Mon 09:00', { stage });
const invoice = (portal: Chronicle, fields = {}, stage = 'DRAFT') =>
  portal.appears('invoice:1', 'Mon 10:00', { fields, stage });
const changed = (portal: Chronicle, at: string, fields: Record<string, string | null>) =>
  portal.changes('invoice:1', at, { fields });

const atOnce = { from: 'Mon 10:00', opens: 'Mon 10:00' };
const voided = (
  given: (portal: Chronicle) => Chronicle,
  expected: ExpectedCase,
  stream: 'invoice:1' | 'deal:1' = 'invoice:1',
) => [
  {
    says: 'deleted',
    given: (portal: Chronicle) => given(portal).deleted(stream, 'Fri3 12:00'),
    cases: [{ ...expected, void: 'Fri3 12:00' }],
  },
];

specify(invoiceRules, {
  I01: {
    on: 'invoice:1',
    fires: [{ says: 'of no deal', given: (portal) => invoice(portal, { dealId: null }), cases: [atOnce] }],
    below: [{ says: 'of a deal', given: (portal) => invoice(portal), cases: [] }],
    resolves: [
      {
        says: 'when a deal is linked',
        given: (portal) => changed(invoice(portal, { dealId: null }), 'Mon 11:00', { dealId: '1' }),
        cases: [{ ...atOnce, resolved: 'Mon 11:00', by: 'invoice:1 Changed' }],
      },
    ],
    void: voided((portal) => invoice(portal, { dealId: null }), atOnce),
  },
  I02: {
    on: 'invoice:1',
    fires: [
      {
        says: 'a kopeck more than a rouble apart',
        given: (portal) => invoice(deal(portal), { amountKopecks: '10000101' }),
        cases: [atOnce],
      },
    ],
    below: [
      { says: 'a rouble apart', given: (portal) => invoice(deal(portal), { amountKopecks: '10000100' }), cases: [] },
      {
        says: 'in another currency',
        given: (portal) => invoice(deal(portal), { amountKopecks: '1', currency: 'USD' }),
        cases: [],
      },
      { says: 'lost', given: (portal) => invoice(deal(portal), { amountKopecks: '1' }, 'UNPAID'), cases: [] },
      { says: 'the deal is not there', given: (portal) => invoice(portal, { currency: null }), cases: [] },
    ],
    resolves: [
      {
        says: 'when the deal has the same sum',
        given: (portal) =>
          invoice(deal(portal), { amountKopecks: '500' }).changes('deal:1', 'Mon 12:00', {
            fields: { amountKopecks: '500' },
          }),
        cases: [{ ...atOnce, resolved: 'Mon 12:00', by: 'deal:1 Changed' }],
      },
    ],
    void: voided((portal) => invoice(deal(portal), { amountKopecks: '500' }), atOnce),
  },
  I03: {
    on: 'invoice:1',
    fires: [
      {
        says: 'two working days after the day it was due',
        given: (portal) => invoice(deal(portal), { closeDate: dateOf('Tue 00:00') }),
        cases: [{ from: 'Mon 10:00', opens: 'Fri 09:00' }],
      },
      {
        says: 'a touch of the invoice itself is none of the deal',
        given: (portal) =>
          invoice(deal(portal), { closeDate: dateOf('Tue 00:00') }).letter(
            'activity:1',
            'invoice:1',
            'Thu 10:00',
            'outgoing',
          ),
        cases: [{ from: 'Mon 10:00', opens: 'Fri 09:00' }],
      },
    ],
    below: [
      {
        says: 'paid at the last instant',
        given: (portal) =>
          invoice(deal(portal), { closeDate: dateOf('Tue 00:00') }).moves('invoice:1', 'PAID', 'Fri 09:00'),
        cases: [],
      },
      { says: 'due on no day', given: (portal) => invoice(deal(portal)), cases: [] },
    ],
    resolves: [
      {
        says: 'by a touch of the deal, from which the clock runs anew, and by the payment',
        given: (portal) =>
          invoice(deal(portal), { closeDate: dateOf('Tue 00:00') })
            .call('1', 'deal:1', 'Fri 12:00', 'outgoing', 60)
            .moves('invoice:1', 'PAID', 'Wed2 12:00'),
        cases: [
          { from: 'Mon 10:00', opens: 'Fri 09:00', resolved: 'Fri 12:00', by: 'call:1 Appeared' },
          { from: 'Fri 12:00', opens: 'Tue2 12:00', resolved: 'Wed2 12:00', by: 'invoice:1 StageMoved#2' },
        ],
      },
    ],
    void: voided((portal) => invoice(deal(portal), { closeDate: dateOf('Tue 00:00') }), {
      from: 'Mon 10:00',
      opens: 'Fri 09:00',
    }),
  },
  I04: {
    on: 'invoice:1',
    settings: { own_companies: { 'deal:0': '91' } },
    fires: [{ says: 'from another own company', given: (portal) => invoice(deal(portal)), cases: [atOnce] }],
    below: [
      { says: 'from nobody', given: (portal) => invoice(deal(portal), { myCompanyId: null }), cases: [] },
      { says: 'from the right one', given: (portal) => invoice(deal(portal), { myCompanyId: '91' }), cases: [] },
      { says: 'of a pipeline without one', given: (portal) => invoice(deal(portal, 'C5:FRESH')), cases: [] },
      { says: 'lost', given: (portal) => invoice(deal(portal), {}, 'UNPAID'), cases: [] },
    ],
    resolves: [
      {
        says: 'when it is put right',
        given: (portal) => changed(invoice(deal(portal)), 'Mon 12:00', { myCompanyId: '91' }),
        cases: [{ ...atOnce, resolved: 'Mon 12:00', by: 'invoice:1 Changed' }],
      },
    ],
    void: voided((portal) => invoice(deal(portal)), atOnce),
  },
  I05: {
    on: 'invoice:1',
    fires: [
      {
        says: 'sum and client of a sent invoice change at once: one case',
        given: (portal) =>
          changed(invoice(portal).moves('invoice:1', 'SENT', 'Mon 11:00'), 'Mon 11:00', {
            amountKopecks: '5',
            companyId: '7',
          }),
        cases: [{ from: 'Mon 11:00', opens: 'Mon 11:00' }],
      },
      {
        says: 'product rows of a paid invoice change',
        given: (portal) =>
          invoice(portal, {}, 'PAID')
            .sells('invoice:1', 'Mon 10:00', [{}])
            .sells('invoice:1', 'Tue 11:00', [{ quantity: '2' }]),
        cases: [{ from: 'Tue 11:00', opens: 'Tue 11:00' }],
      },
    ],
    below: [
      {
        says: 'a draft, an invoice that is lost, and rows seen for the first time',
        given: (portal) =>
          changed(invoice(portal), 'Mon 11:00', { amountKopecks: '5' })
            .moves('invoice:1', 'SENT', 'Mon 12:00')
            .sells('invoice:1', 'Mon 12:00', [{}])
            .moves('invoice:1', 'UNPAID', 'Mon 13:00')
            .sells('invoice:1', 'Mon 14:00', []),
        cases: [],
      },
      {
        says: 'another field',
        given: (portal) => changed(invoice(portal, {}, 'SENT'), 'Mon 11:00', { closeDate: '2026-05-01' }),
        cases: [],
      },
    ],
    void: voided((portal) => changed(invoice(portal, {}, 'SENT'), 'Mon 11:00', { contactId: '5' }), {
      from: 'Mon 11:00',
      opens: 'Mon 11:00',
    }),
  },
  I06: {
    on: 'invoice:1',
    fires: [
      {
        says: 'from paid to unpaid',
        given: (portal) => invoice(portal, {}, 'PAID').moves('invoice:1', 'UNPAID', 'Mon 11:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Mon 11:00' }],
      },
    ],
    below: [
      {
        says: 'from sent to unpaid, and from paid to sent',
        given: (portal) =>
          invoice(portal, {}, 'PAID').moves('invoice:1', 'SENT', 'Mon 11:00').moves('invoice:1', 'UNPAID', 'Mon 12:00'),
        cases: [],
      },
    ],
    void: voided((portal) => invoice(portal, {}, 'PAID').moves('invoice:1', 'UNPAID', 'Mon 11:00'), {
      from: 'Mon 11:00',
      opens: 'Mon 11:00',
    }),
  },
  I07: {
    on: 'deal:1',
    fires: [
      {
        says: 'a working day after the payment the deal is open still',
        given: (portal) => invoice(deal(portal)).moves('invoice:1', 'PAID', 'Fri 11:00'),
        cases: [{ from: 'Fri 11:00', opens: 'Mon2 11:00' }],
      },
    ],
    below: [
      {
        says: 'won at the last instant',
        given: (portal) =>
          invoice(deal(portal)).moves('invoice:1', 'PAID', 'Fri 11:00').moves('deal:1', 'WON', 'Mon2 11:00'),
        cases: [],
      },
      {
        says: 'paid for another deal',
        given: (portal) => invoice(deal(portal), { dealId: '2' }, 'PAID'),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when the deal is won; a second payment begins anew',
        given: (portal) =>
          invoice(deal(portal))
            .appears('invoice:2', 'Mon 10:00')
            .moves('invoice:1', 'PAID', 'Wed 11:00')
            .moves('invoice:2', 'PAID', 'Fri 11:00')
            .moves('deal:1', 'WON', 'Tue2 11:00'),
        cases: [
          { from: 'Wed 11:00', opens: 'Thu 11:00', resolved: 'Fri 11:00', by: 'invoice:2 StageMoved#2' },
          { from: 'Fri 11:00', opens: 'Mon2 11:00', resolved: 'Tue2 11:00', by: 'deal:1 StageMoved#2' },
        ],
      },
    ],
    void: voided(
      (portal) => invoice(deal(portal)).moves('invoice:1', 'PAID', 'Fri 11:00'),
      { from: 'Fri 11:00', opens: 'Mon2 11:00' },
      'deal:1',
    ),
  },
  I08: {
    on: 'deal:1',
    fires: [
      {
        says: 'two open invoices of one sum',
        given: (portal) => invoice(deal(portal)).appears('invoice:2', 'Mon 11:00', { stage: 'SENT' }),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00' }],
      },
    ],
    below: [
      {
        says: 'of two sums, of none, or paid',
        given: (portal) =>
          invoice(deal(portal))
            .appears('invoice:2', 'Mon 11:00', { stage: 'PAID' })
            .appears('invoice:3', 'Mon 11:00', { fields: { amountKopecks: '0' } })
            .appears('invoice:4', 'Mon 11:00', { fields: { amountKopecks: '0' } })
            .appears('invoice:5', 'Mon 11:00', { fields: { amountKopecks: '1' } }),
        cases: [],
      },
    ],
    resolves: [
      {
        says: 'when one of them is deleted',
        given: (portal) => invoice(deal(portal)).appears('invoice:2', 'Mon 11:00').deleted('invoice:1', 'Tue 12:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00', resolved: 'Tue 12:00', by: 'invoice:1 Deleted' }],
      },
    ],
    void: voided(
      (portal) => invoice(deal(portal)).appears('invoice:2', 'Mon 11:00'),
      { from: 'Mon 11:00', opens: 'Tue 11:00' },
      'deal:1',
    ),
  },
  I09: {
    on: 'deal:1',
    settings: { stages: ['CONTRACT', 'WON'] },
    fires: [
      {
        says: 'in a stage of contracts without any file',
        given: (portal) => deal(portal).moves('deal:1', 'WON', 'Mon 11:00'),
        cases: [{ from: 'Mon 11:00', opens: 'Mon 11:00' }],
      },
    ],
    below: [
      {
        says: 'the client sent a file',
        given: (portal) =>
          deal(portal).letter('activity:1', 'deal:1', 'Mon 11:00', 'incoming', 1).moves('deal:1', 'WON', 'Mon 11:00'),
        cases: [],
      },
      { says: 'in another stage', given: (portal) => deal(portal), cases: [] },
    ],
    resolves: [
      {
        says: 'when an activity carries a file',
        given: (portal) =>
          deal(portal).moves('deal:1', 'WON', 'Mon 11:00').letter('activity:1', 'deal:1', 'Mon 12:00', 'outgoing', 1),
        cases: [{ from: 'Mon 11:00', opens: 'Mon 11:00', resolved: 'Mon 12:00', by: 'activity:1 Appeared' }],
      },
    ],
    void: voided(
      (portal) => deal(portal).moves('deal:1', 'WON', 'Mon 11:00'),
      { from: 'Mon 11:00', opens: 'Mon 11:00' },
      'deal:1',
    ),
  },
  I10: {
    on: 'invoice:1',
    fires: [
      {
        says: 'dated a day before its deal was made',
        given: (portal) => invoice(deal(portal), { beginDate: '2026-04-05' }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00' }],
      },
      {
        says: 'an older invoice has the same number',
        on: 'invoice:2',
        given: (portal) =>
          invoice(deal(portal))
            .appears('invoice:2', 'Mon 11:00')
            .shares('invoice:2', 'Mon 11:00', ['invoice:1', 'number']),
        cases: [{ from: 'Mon 11:00', opens: 'Tue 11:00' }],
      },
    ],
    below: [{ says: 'dated the same day', given: (portal) => invoice(deal(portal)), cases: [] }],
    resolves: [
      {
        says: 'when the date is put right',
        given: (portal) =>
          changed(invoice(deal(portal), { beginDate: '2026-04-05' }), 'Tue 11:00', { beginDate: '2026-04-06' }),
        cases: [{ from: 'Mon 10:00', opens: 'Tue 10:00', resolved: 'Tue 11:00', by: 'invoice:1 Changed' }],
      },
    ],
    void: voided((portal) => invoice(deal(portal), { beginDate: '2026-04-05' }), {
      from: 'Mon 10:00',
      opens: 'Tue 10:00',
    }),
  },
});
